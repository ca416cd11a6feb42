import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'

const longestWaitMs = 20_000
const betweenLooksMs = 50

/** A process of our own, which is ended by its id. */
export interface Program {
  /** Everything that it wrote. */
  said(): string
  stop(): Promise<void>
}

interface Start {
  readonly command: string
  readonly args: readonly string[]
  /** Beside what it inherits. */
  readonly env?: Readonly<Record<string, string>>
  readonly folder: string
  /** Asked again until it says yes. */
  readonly isReady: () => Promise<boolean>
}

/** Starts a program and answers once it is ready. @throws Error with what it wrote when it ends before, or is not ready within 20 s */
export async function startProgram({ command, args, env = {}, folder, isReady }: Start): Promise<Program> {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  // `env` becomes the program, so its id is the program's. An Apache that stops ends its whole process group, so it is not to be ours.
  const child = spawn('env', [...variables, command, ...args], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text) => {
      said += text
    })
  }
  const program = { said: () => said, stop: () => stop(child) }
  const isThere = async () => !isRunning(child) || (await isReady())
  await eventually(`${command} is ready`, isThere, program).catch(async (error: unknown) => {
    await program.stop()
    throw error
  })
  if (!isRunning(child)) throw new Error(`${command} ended; it said:\n${said}`)
  return program
}

/** Looks until something holds. @throws Error with what the program said when it does not within 20 s */
export async function eventually(what: string, holds: () => Promise<boolean>, { said }: Program): Promise<void> {
  const deadline = performance.now() + longestWaitMs
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${longestWaitMs} ms until ${what}; it said:\n${said()}`)
    await delay(betweenLooksMs)
  }
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

async function stop(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
