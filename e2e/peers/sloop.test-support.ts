import { fileURLToPath } from 'node:url'
import type { World } from 'sloop'
import { ask } from './ask.test-support.ts'
import type { Place } from './place.test-support.ts'
import { eventually, type Program, startProgram } from './program.test-support.ts'

const sloop = fileURLToPath(new URL('../../dist/harness/cli/main.js', import.meta.url))

interface Run {
  /** Has `tls.crt`, the certificate of every peer. */
  readonly place: Place
  readonly world: World
  /** `idp` or `up`, and flags. */
  readonly args: readonly string[]
  /** It runs once this is answered. */
  readonly url: string
}

/** Our program as a person starts it. It answers at once, also while its peers are not there yet. */
export async function startSloop({ place, world, args, url }: Run): Promise<Program> {
  return startProgram({
    command: process.execPath,
    args: [sloop, ...args, '--config', place.write('sloop.yml', JSON.stringify(world)), '--keys', 'memory', '--json'],
    env: { NODE_EXTRA_CA_CERTS: place.path('tls.crt') },
    folder: place.folder,
    isReady: async () => (await ask(url))?.status === 200,
  })
}

/** Answers once the role has everybody's metadata. */
export function becomesReady(program: Program, url: string): Promise<void> {
  return eventually(`${url} is ready`, async () => (await ask(`${url}/_sloop/ready`))?.status === 200, program)
}
