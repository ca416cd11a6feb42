import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const repository = fileURLToPath(new URL('..', import.meta.url))

interface Place {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

/** What a program prints on both of its outputs; one that fails is an error. */
export async function run(program: string, args: readonly string[], { cwd, env }: Place): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, timeout: 150_000 }
  const { stdout, stderr } = await promisify(execFile)(program, args, options)
  return `${stdout}${stderr}`
}

/** The same for the npm that runs us. */
export function npm(args: readonly string[], place: Place): Promise<string> {
  const path = process.env['npm_execpath']
  return path === undefined ? run('npm', args, place) : run(process.execPath, [path, ...args], place)
}
