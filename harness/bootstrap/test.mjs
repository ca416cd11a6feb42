import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, headlessShell } from './chromium.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { runBeside, runMain, SetupError } from './repository.mjs'
import { installPackages, missingPeers, missingTools } from './system-packages.mjs'
import { outcome, testSteps } from './test-steps.mjs'

const nothing = { passed: 0, failed: 0, failures: [] }

await runMain(async () => {
  ensureDependencies()
  const chromium = ensureTools()
  const withPeers = process.env.SLOOP_PEERS === '1'
  if (withPeers) installPackages(missingPeers(), 'SLOOP_PEERS=1 needs the software of other makers')
  const reports = mkdtempSync(join(tmpdir(), 'sloop-test-'))
  try {
    const { passed, failed, failures } = await runSteps(testSteps(reports, { withPeers }), { SLOOP_CHROMIUM: chromium })
    process.exitCode = failed === 0 ? 0 : 1
    // At the end, since between two runners' lines nobody finds it, and of a long log often only the end is kept.
    for (const failure of failures) process.stdout.write(`failed: ${failure}\n`)
    process.stdout.write(`${passed} passed, ${failed} failed\n`)
  } finally {
    rmSync(reports, { recursive: true })
  }
})

function ensureTools() {
  const found = findChromium()
  const browser = found === undefined ? [headlessShell] : []
  const need = 'the tests need a browser and real tools to judge what is signed and sent'
  installPackages([...missingTools(), ...browser], need)
  const chromium = found ?? findChromium()
  if (chromium === undefined) throw new SetupError('no Chromium: name one in SLOOP_CHROMIUM')
  return chromium
}

/** Begins nothing behind a step that failed. One that is not run says why, and counts for nothing. */
async function runSteps(steps, env) {
  const total = { passed: 0, failed: 0, failures: [] }
  for (const step of steps) {
    const results = await Promise.all([step].flat().map((each) => runStep(each, env)))
    for (const { says, passed, failed, failures } of results) {
      process.stdout.write(`${says}\n`)
      total.passed += passed
      total.failed += failed
      total.failures.push(...failures)
    }
    if (total.failed > 0) break
  }
  return total
}

async function runStep({ name, args, env = {}, report, notRun }, sharedEnv) {
  if (notRun !== undefined) return { says: `not run: ${name}: ${notRun}`, ...nothing }
  const start = performance.now()
  const code = await runBeside(process.execPath, args, { env: { ...sharedEnv, ...env } })
  const result = outcome(code, reported(report))
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  return { says: `${result.failed === 0 ? 'ok' : 'FAILED'}: ${name} (${seconds} s)`, ...result }
}

/** A runner that crashed leaves no report; its exit code says so. */
function reported(report) {
  try {
    return report?.() ?? nothing
  } catch {
    return nothing
  }
}
