import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** A reason to stop that a person can do something about: printed as one sentence, without a stack. */
export class SetupError extends Error {}

/** Runs a program in the repository and returns its exit code. What it prints goes to `output`: a stream's file descriptor. */
function run(command, args, { output = 1, env = {} } = {}) {
  const stdio = ['ignore', output, 2]
  const { status, error } = spawnSync(command, args, { cwd: repository, stdio, env: { ...process.env, ...env } })
  if (error !== undefined) throw new SetupError(`cannot run ${command}: ${error.message}`)
  return status ?? 1
}

/** The same for several programs at a time: settles with the exit code. */
export async function runBeside(command, args, { env = {} } = {}) {
  const stdio = ['ignore', 1, 2]
  const child = spawn(command, args, { cwd: repository, stdio, env: { ...process.env, ...env } })
  const [code] = await once(child, 'exit')
  return code ?? 1
}

/** Runs a program that prepares something: its output goes to standard error, since standard output may be machine-read. */
export function prepareWith(command, args, purpose) {
  process.stderr.write(`sloop: ${purpose}\n`)
  const code = run(command, args, { output: 2, env: { DEBIAN_FRONTEND: 'noninteractive' } })
  if (code !== 0) throw new SetupError(`${purpose} failed: ${command} ${args.join(' ')} ended with code ${code}`)
}

/** Runs `main`; a SetupError becomes one sentence and exit code 1. */
export async function runMain(main) {
  try {
    requireNode()
    await main()
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    process.stderr.write(`sloop: ${error.message}\n`)
    process.exitCode = 1
  }
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new SetupError(`Node 20.19 or later is needed, this is ${process.versions.node}`)
}
