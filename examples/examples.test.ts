import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installInto } from './install.test-support.ts'
import { npm, repository, run } from './npm.test-support.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const builds = "import('./harness/bootstrap/build.mjs').then(({ ensureBuild }) => ensureBuild())"
const finds =
  "import('./harness/bootstrap/chromium.mjs').then(({ findChromium }) => process.stdout.write(findChromium()))"

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

let folder = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sloop-examples-'))
  await run(process.execPath, ['--eval', builds], { cwd: repository })
  await installInto(folder)
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000)

/** What the tests of an example print, at an application port of its own. */
async function testsOf(example: string): Promise<string> {
  const cwd = join(folder, 'examples', example)
  const port = await freePort()
  const manifest = readFileSync(join(cwd, 'package.json'), 'utf8')
  writeFileSync(join(cwd, 'package.json'), manifest.replaceAll('localhost:3000', `localhost:${port}`))
  const CHROMIUM =
    process.env['SLOOP_CHROMIUM'] ?? (await run(process.execPath, ['--eval', finds], { cwd: repository }))
  return npm(['test'], { cwd, env: { PORT: String(port), XDG_CACHE_HOME: join(folder, 'cache'), CHROMIUM } })
}

test('the tests of the web application pass with the packed product installed', async () => {
  const summary = await testsOf('custom-web-application')
  const counts = [...summary.matchAll(/^\S+ (pass|fail) (\d+)$/gm)].map(([, what, count]) => [what, Number(count) > 0])
  expect(counts.length).toBeGreaterThan(0)
  expect(counts.filter(([what, some]) => (what === 'pass') !== some)).toEqual([])
}, 180_000)

test('a shell script and a Python script test an application with the packed product installed', async () => {
  const summary = await testsOf('contract-test-in-any-language')
  expect(summary.match(/^ok: .*/gm)).toEqual(['ok: You are signed in as alice.', 'ok: Nobody is signed in.'])
  expect(summary).toMatch(/^Ran 1 test in .*\s+OK$/m)
}, 60_000)

test('a suite of vitest passes with the packed product installed', async () => {
  expect(stripVTControlCharacters(await testsOf('vitest-suite'))).toMatch(/^ *Tests +5 passed \(5\)$/m)
}, 120_000)

test('a suite of Playwright passes with the packed product installed', async () => {
  expect(stripVTControlCharacters(await testsOf('playwright-suite'))).toMatch(/^ +3 passed \(.*\)$/m)
}, 120_000)

test('every example is tested', () => {
  const examples = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  expect(examples.map(({ name }) => name).sort()).toEqual([
    ...['contract-test-in-any-language', 'custom-web-application', 'playwright-suite', 'vitest-suite'],
  ])
})
