import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { quantileOf } from './measure.ts'

const sloop = fileURLToPath(new URL('../harness/cli/main.js', import.meta.url))
const runs = 11

export interface StartUp {
  /** With keys that an earlier start has kept. */
  readonly ready: number
  /** With keys that are made. */
  readonly readyWithNewKeys: number
  readonly bareNode: number
}

/** Milliseconds from the start of a process to its first octet of output: of `sloop up` when it is ready, and of a bare Node. In turn, medians. */
export async function measureStartUp(): Promise<StartUp> {
  const keys = mkdtempSync(join(tmpdir(), 'sloop-bench-keys-'))
  const up = [sloop, 'up', '--json', '--idp-port', '0', '--es-port', '0', '--app-port', '0', '--keys']
  const contenders = {
    ready: [...up, keys],
    readyWithNewKeys: [...up, 'memory'],
    bareNode: ['--eval', 'console.log("ready"); setInterval(() => undefined, 1000)'],
  }
  const seen = { ready: [] as number[], readyWithNewKeys: [] as number[], bareNode: [] as number[] }
  const names = Object.keys(contenders) as (keyof StartUp)[]
  await untilFirstOutput(contenders.ready)
  for (let run = 0; run < runs; run++) {
    for (const name of names) seen[name].push(await untilFirstOutput(contenders[name]))
  }
  rmSync(keys, { recursive: true })
  const median = (name: keyof StartUp) => quantileOf(seen[name], 0.5)
  return { ready: median('ready'), readyWithNewKeys: median('readyWithNewKeys'), bareNode: median('bareNode') }
}

async function untilFirstOutput(args: readonly string[]): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  const elapsed = performance.now() - start
  child.kill('SIGTERM')
  await once(child, 'exit')
  return elapsed
}
