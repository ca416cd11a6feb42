import type { NodeContext } from '../node-context.ts'
import { findRealm } from './find-realm.ts'

/** The metadata document of the realm's service provider (spec §1.11). */
export function describeSamlServiceProvider(realm: string, { realms }: NodeContext): string {
  return findRealm(realms, { realm }, `for [${realm}]`).spMetadata()
}
