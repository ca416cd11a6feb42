import type { Client } from '../../tokens/token-pair.ts'
import type { Caller } from '../node-context.ts'

/** The caller as the token service remembers who asked for a pair. */
export function clientOf({ authentication }: Pick<Caller, 'authentication'>): Client {
  return { username: authentication.username, realm: authentication.realm.name }
}
