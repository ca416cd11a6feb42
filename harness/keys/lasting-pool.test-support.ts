import type { Credential } from '#saml/credentials'
import { makeLasting } from '../../core/saml/lent-keys.test-support.ts'
// Under its long name: vitest.config.ts puts this file in the place of ./pooled.ts.
import { pooledCredential as pooled } from '../keys/pooled.ts'
import type { WantedCredential } from './wanted.ts'

/** The credentials of the process outlive the test that is the first to ask. */
export function pooledCredential(wanted: WantedCredential): Promise<Credential> {
  return makeLasting(() => pooled(wanted))
}
