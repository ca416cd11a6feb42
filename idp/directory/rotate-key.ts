import { type Credential, generateCredential, keyKindOf } from '#saml/credentials'
import type { Clock } from '#server/clock'
import type { KeyRing, Publish } from './key-ring.ts'

export interface Rotation {
  /** Default: `both`. */
  readonly publish?: Publish | undefined
  /** The new key. Default: the announced one where one is to sign, else one that is made, of the kind of the one that signs. */
  readonly credential?: Credential | undefined
}

const ways: readonly Publish[] = ['both', 'newOnly', 'announce']

/**
 * Introduces a new key as `spec/contract.md` §2.10 says, and answers it. It takes effect at once, for the next message and the next who reads the metadata.
 * @throws TypeError for another way to publish.
 */
export async function rotateKey(
  { keys, clock }: { readonly keys: KeyRing; readonly clock: Clock },
  { publish = 'both', credential }: Rotation,
): Promise<Credential> {
  if (!ways.includes(publish)) throw new TypeError(`publish: expected ${ways.join(', ')}, found [${publish}]`)
  const next = credential ?? (publish === 'announce' ? undefined : keys.announced()) ?? (await makeNext(keys, clock))
  keys.rollOver(next, publish)
  return next
}

function makeNext(keys: KeyRing, clock: Clock): Promise<Credential> {
  return generateCredential('sloop idp', clock.now(), { kind: keyKindOf(keys.signing()) })
}
