import type { RoleOptions } from '../roles/role-options.ts'
import { given } from './given.ts'

/** What `--keys` says: a folder, or `memory` for new keys at every start; else they are kept in the user's cache. */
export function keyPlace(
  keys: string | undefined,
  cache: string | undefined,
): Pick<RoleOptions, 'keysFolder' | 'keysCache'> {
  if (keys === 'memory') return {}
  return given({ keysFolder: keys, keysCache: keys === undefined ? cache : undefined })
}
