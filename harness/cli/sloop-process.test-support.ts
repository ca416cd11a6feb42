import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export type Sloop = ChildProcess & { readonly stdout: Readable; readonly stderr: Readable }

export const anyPorts = ['--idp-port', '0', '--es-port', '0', '--app-port', '0', '--partner-port', '0'] as const

/** What `npm start` runs: it builds first when sources are newer, so that this tests the sources as they are. */
export const startCommand = [
  process.execPath,
  fileURLToPath(new URL('../bootstrap/start.mjs', import.meta.url)),
] as const

/** Where the keys are of all processes that need none of their own: making them takes longer than all else at a start. */
const sharedCache = fileURLToPath(new URL('../../node_modules/.sloop-test-cache', import.meta.url))

/** A process with `npm start` in it, whose log goes to us or to a file. */
export function npmStart(args: readonly string[], log: 'pipe' | number = 'pipe', cache = sharedCache): Sloop {
  const [node, script] = startCommand
  return spawnSloop(node, [script, ...args], log, cache)
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const builtProgram = `import('${root}harness/bootstrap/build.mjs').then(({ ensureBuild }) => ensureBuild()).then(() => import('${root}dist/harness/cli/main.js'))`

/** What the installed `sloop` runs, built first when sources are newer, so that this tests the sources as they are. */
export const builtCommand = [process.execPath, '--eval', builtProgram, 'sloop'] as const

/** A process with `sloop` in it, as it is installed. */
export function builtSloop(args: readonly string[]): Sloop {
  const [node, ...words] = builtCommand
  return spawnSloop(node, [...words, ...args])
}

/** A cache that nobody else uses. */
export function cacheFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-cache-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A process that does not outlive the test. */
export function spawnSloop(
  program: string,
  args: readonly string[],
  log: 'pipe' | number = 'pipe',
  cache = sharedCache,
): Sloop {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', log],
    env: { ...process.env, XDG_CACHE_HOME: cache },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child as Sloop
}

/** The first line of what a process says; with `--json`, where its roles are. */
export async function firstLine(output: Readable): Promise<string> {
  for await (const line of createInterface({ input: output })) return line
  throw new Error('it ended without a word')
}

/** How a process ends: its exit code, null when a signal killed it. */
export async function exitCode(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null]
  return code
}
