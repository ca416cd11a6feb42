import { type Credential, generateCredential, keyKindOf } from '#saml/credentials'
import type { IdpConfig } from '../config.ts'

type OddKey = 'previous' | 'next' | 'foreign' | 'expired'

/** Of this process: nobody publishes or trusts them, so that labs may share what takes longest to make. */
const pool = new Map<string, Promise<Credential>>()

/** Ten years from here are over at every clock that shows a year of this product. */
const longAgo = Date.UTC(2000, 0)

/** A key that nobody publishes, of the kind of the one that signs; made when it is first asked for, and the same ever after. */
export function getOddKey({ keys, clock }: Pick<IdpConfig, 'keys' | 'clock'>, name: OddKey): Promise<Credential> {
  const kind = keyKindOf(keys.signing())
  const pooled = `${kind} ${name}`
  const at = name === 'expired' ? longAgo : clock.now()
  const key = pool.get(pooled) ?? generateCredential(`sloop idp ${name}`, at, { kind })
  pool.set(pooled, key)
  return key
}
