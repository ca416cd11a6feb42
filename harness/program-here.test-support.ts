import { onTestFinished } from 'vitest'
import { silentLog } from '#server/logging'
import { listen } from '#server/serve'
import type { Cli } from './cli/cli.ts'
import { endingOf } from './cli/failure.ts'
import { createProgram } from './cli/program.ts'
import type { RunningRoles } from './roles/role-options.ts'
import { startRoles } from './roles/roles.ts'

/** Runs a line that begins with `sloop up` in this process, at free ports, until the test is over. @throws Error with what it says instead of starting */
export function startUp(line: string): Promise<RunningRoles> {
  const stop = new AbortController()
  const words = [...line.split(' ').slice(1), '--idp-port', '0', '--es-port', '0']
  return new Promise((resolve, reject) => {
    const startQuietly: Cli['startRoles'] = async (options) => {
      const roles = await startRoles({ ...options, log: silentLog })
      resolve(roles)
      return roles
    }
    const ended = run(words, { stop: stop.signal, startRoles: startQuietly })
    void ended.then((said) => reject(new Error(`${line}: ${said}`)))
    onTestFinished(async () => {
      stop.abort()
      await ended
    })
  })
}

/** Serves the program for a shell, until the test is over: the words of a call, one a line, are answered with what it prints for a server at an address. */
export async function serveProgram(at: string): Promise<string> {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  listener.mount(async (request) => {
    const words = (await request.text()).trimEnd().split('\n')
    const startNothing = () => Promise.reject(new TypeError(`${words[0]} starts nothing`))
    return new Response(await run([...words, '--at', at], { stop: request.signal, startRoles: startNothing }))
  })
  return listener.origin('127.0.0.1')
}

/** All that the program prints, a refusal too. */
async function run(words: readonly string[], cli: Omit<Cli, 'print'>): Promise<string> {
  const printed: string[] = []
  try {
    const program = await createProgram(words, { ...cli, print: (text) => void printed.push(text) })
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    printed.push(endingOf(error).message)
  }
  return printed.join('')
}
