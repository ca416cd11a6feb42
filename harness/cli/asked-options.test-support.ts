import type { RoleOptions } from '../roles/role-options.ts'
import { createProgram } from './program.ts'

/** What a command line asks for, by the words behind `sloop`. */
export async function askedOptions(argv: readonly string[]): Promise<Partial<RoleOptions>> {
  const stop = new AbortController()
  let asked: Partial<RoleOptions> = {}
  const startRoles = async ({ log, signal, ...options }: RoleOptions) => {
    asked = options
    setImmediate(() => stop.abort())
    return { close: async () => undefined }
  }
  const program = await createProgram([...argv], { print: () => undefined, stop: stop.signal, startRoles })
  await program.parseAsync([...argv], { from: 'user' })
  return asked
}
