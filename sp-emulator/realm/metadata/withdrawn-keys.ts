import type { IdpMetadata } from '#saml/metadata/idp-metadata'
import { signingKeysOf } from '#saml/metadata/role'
import type { TrustedKey } from '#saml/signature/trusted-key'
import type { Clock } from '#server/clock'

/** A signing key that earlier metadata named and the present one does not. */
export interface WithdrawnKey {
  readonly key: TrustedKey
  /** When the metadata was first read without it, in epoch milliseconds. */
  readonly until: number
}

/** An IdP that changes its key each day is remembered for a week. */
const MOST_KEYS = 7

/** Remembers the signing keys of the metadata that a realm had before. They explain a refusal, and nothing is ever accepted by them. */
export class WithdrawnKeys {
  readonly #clock: Clock
  #named: readonly TrustedKey[] = []
  #withdrawn: readonly WithdrawnKey[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The newest first, at most seven. */
  readonly list = (): readonly WithdrawnKey[] => this.#withdrawn

  /** Passes the metadata that stands from now on. */
  note(metadata: IdpMetadata): IdpMetadata {
    const until = this.#clock.now()
    const named = signingKeysOf(metadata)
    const isNamed = ({ key }: WithdrawnKey) => named.some((each) => each.key.equals(key.key))
    const before = [...this.#named.map((key) => ({ key, until })), ...this.#withdrawn]
    this.#withdrawn = before.filter((key) => !isNamed(key)).slice(0, MOST_KEYS)
    this.#named = named
    return metadata
  }
}
