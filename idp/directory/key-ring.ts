import { type Credential, readCredential } from '#saml/credentials'
import type { Store } from '#server/store/store'

/**
 * How a new key is introduced (`spec/contract.md` §2.10): it signs and the old one stays published (`both`) or is withdrawn (`newOnly`), or it is published
 * and does not sign yet (`announce`).
 */
export type Publish = 'both' | 'newOnly' | 'announce'

/** The keys of the IdP as they are now. */
export interface KeyRing {
  /** Signs everything that leaves. */
  signing(): Credential
  /** What the metadata lists for signatures: the one that signs first of all. The same list until the next roll-over. */
  published(): readonly Credential[]
  /** What peers may encrypt for: what was named for that, else every published key that can. */
  encryption(): readonly Credential[]
  /** The key that signed before the last roll-over, published still or withdrawn by it. */
  previous(): Credential | undefined
  /** The key that was announced and does not sign yet. */
  announced(): Credential | undefined
  /** Introduces a key. An announced one that is not this one is withdrawn. */
  rollOver(credential: Credential, publish: Publish): void
  /** The one key of the start. */
  reset(): void
}

interface Keys {
  readonly signing: Credential
  readonly previous?: Credential | undefined
  readonly hasWithdrawn?: boolean | undefined
  readonly announced?: Credential | undefined
}

/**
 * A ring with one key. It decrypts as well unless others are named for that: a second key would cost every start the second that it takes to make one, and
 * nobody asked for it. An elliptic key alone decrypts nothing.
 */
export function createKeyRing(store: Store, credential: Credential, encryption?: readonly Credential[]): KeyRing {
  const atStart: Keys = { signing: credential }
  const map = store.sharedMap<Keys>({
    ...{ name: 'keys', atStart: [['ring', atStart]] },
    write: writeKeys,
    read: (written) => readKeys(written as WrittenKeys),
  })
  const keys = () => map.get('ring') ?? atStart
  let last = { of: atStart, published: publishedOf(atStart) }
  const published = () => {
    const of = keys()
    if (last.of !== of) last = { of, published: publishedOf(of) }
    return last.published
  }
  return {
    signing: () => keys().signing,
    published,
    encryption: () => encryption ?? published().filter(isRsa),
    previous: () => keys().previous,
    announced: () => keys().announced,
    rollOver: (next, publish) => void map.put('ring', rolledOver(keys(), next, publish)),
    reset: map.reset,
  }
}

type WrittenKey = Pick<Credential, 'privateKeyPem' | 'certificatePem'>

/** The keys as JSON has them: in PEM. */
interface WrittenKeys extends Pick<Keys, 'hasWithdrawn'> {
  readonly signing: WrittenKey
  readonly previous?: WrittenKey | undefined
  readonly announced?: WrittenKey | undefined
}

function writeKeys({ signing, previous, announced, hasWithdrawn }: Keys): WrittenKeys {
  const write = ({ privateKeyPem, certificatePem }: Credential) => ({ privateKeyPem, certificatePem })
  return {
    signing: write(signing),
    previous: previous && write(previous),
    announced: announced && write(announced),
    hasWithdrawn,
  }
}

/** A key that has two parts is one key again. */
function readKeys({ signing, previous, announced, hasWithdrawn }: WrittenKeys): Keys {
  const known = new Map<string, Credential>()
  const read = (written: WrittenKey): Credential => {
    const credential = known.get(written.certificatePem) ?? readCredential(written)
    known.set(written.certificatePem, credential)
    return credential
  }
  return {
    signing: read(signing),
    previous: previous && read(previous),
    announced: announced && read(announced),
    hasWithdrawn,
  }
}

function publishedOf({ signing, previous, hasWithdrawn, announced }: Keys): readonly Credential[] {
  return [...new Set([signing, hasWithdrawn ? undefined : previous, announced])].filter((key) => key !== undefined)
}

function rolledOver(keys: Keys, next: Credential, publish: Publish): Keys {
  if (publish === 'announce') return { ...keys, announced: next }
  return { signing: next, previous: keys.signing, hasWithdrawn: publish === 'newOnly' }
}

/** Whether content keys can be wrapped for it: RSA-OAEP is the only way there is here. */
export const isRsa = ({ privateKey }: Credential): boolean => privateKey.asymmetricKeyType === 'rsa'
