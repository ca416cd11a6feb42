import { type Credential, generateCredential, keyKindOf } from '#saml/credentials'
import type { IdpConfig } from '../config.ts'
import type { KeyRing } from '../directory/key-ring.ts'

type OddKey = 'previous' | 'next' | 'foreign' | 'expired'

const made = new WeakMap<KeyRing, Map<OddKey, Promise<Credential>>>()

/** Longer ago than a certificate of ours is valid. */
const elevenYearsMs = 11 * 366 * 86_400_000

/** A key that nobody publishes, made when it is first asked for; the same ever after. */
export function getOddKey({ keys, clock }: Pick<IdpConfig, 'keys' | 'clock'>, name: OddKey): Promise<Credential> {
  const ofRing = made.get(keys) ?? new Map<OddKey, Promise<Credential>>()
  made.set(keys, ofRing)
  const at = name === 'expired' ? clock.now() - elevenYearsMs : clock.now()
  const key = ofRing.get(name) ?? generateCredential(`sloop idp ${name}`, at, { kind: keyKindOf(keys.signing()) })
  ofRing.set(name, key)
  return key
}
