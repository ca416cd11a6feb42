import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { quantileOf } from './measure.ts'

const sloop = fileURLToPath(new URL('../harness/cli/main.js', import.meta.url))
const runs = 9

/** Milliseconds from the start of a process to its first octet of output: of `sloop up` when it is ready, and of a bare Node. */
export async function measureStartUp(): Promise<{ ready: number; bareNode: number }> {
  const up = [sloop, 'up', '--json', '--idp-port', '0', '--es-port', '0', '--app-port', '0']
  const bare = ['--eval', 'console.log("ready"); setInterval(() => undefined, 1000)']
  const ready: number[] = []
  const bareNode: number[] = []
  for (let run = 0; run < runs; run++) {
    ready.push(await untilFirstOutput(up))
    bareNode.push(await untilFirstOutput(bare))
  }
  return { ready: quantileOf(ready, 0.5), bareNode: quantileOf(bareNode, 0.5) }
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
