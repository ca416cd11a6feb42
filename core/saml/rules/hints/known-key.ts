import type { TrustedKey } from '../../signature/trusted-key.ts'

/** A key that somebody could have signed with by mistake. */
export interface KnownKey extends Pick<TrustedKey, 'key'> {
  /** As it stands in a sentence: `the next key of https://idp.test/`, `the encryption key of urn:my-app`. */
  readonly label: string
}
