import type { Credential } from '#saml/credentials'

/** The keys of the IdP as they are now. */
export interface KeyRing {
  /** Signs everything that leaves. */
  signing(): Credential
  /** What the metadata lists for signatures: the one that signs first of all. */
  published(): readonly Credential[]
  /** What peers may encrypt for: what was named for that, else every published key that can. */
  encryption(): readonly Credential[]
}

/**
 * A ring with one key. It decrypts as well unless others are named for that: a second key would cost every start the second that it takes to make one, and
 * nobody asked for it. An elliptic key alone decrypts nothing.
 */
export function createKeyRing(credential: Credential, encryption?: readonly Credential[]): KeyRing {
  const published = [credential]
  return {
    signing: () => credential,
    published: () => published,
    encryption: () => encryption ?? published.filter(isRsa),
  }
}

/** Whether content keys can be wrapped for it: RSA-OAEP is the only way there is here. */
export const isRsa = ({ privateKey }: Credential): boolean => privateKey.asymmetricKeyType === 'rsa'
