import type { Rule } from '#saml/rules/rule'
import type { RawMessage } from './raw-message.ts'

/** A message in what carried it. What can be had of it depends on which of the rules about its carrier hold. */
export interface Parcel<Parts> {
  readonly rules: readonly Rule<Parts>[]
  readonly parts: Parts
  /** Each property throws Unaskable while it cannot be had. */
  readonly raw: RawMessage
}
