import { deflate } from '#saml/bindings/deflate'
import { type EscapeName, escaped, type SpaceName } from '#saml/bindings/escaped'
import { addRedirectQuery } from '#saml/bindings/redirect-query'
import type { Parameter } from './parameter.ts'

/** How a message becomes parameters of a query. */
export interface Encoder {
  readonly compress: (document: string) => Uint8Array
  readonly toText: (octets: Uint8Array) => string
  readonly escapes: TwoForms<EscapeName>
  /** How a blank is written; as the escapes do when undefined. */
  readonly space: TwoForms<SpaceName | undefined>
}

/** As it is signed, and as it is sent. */
export interface TwoForms<T> {
  readonly signed: T
  readonly sent: T
}

/** More than many limits for a message. */
export const padding = ' '.repeat(32 * 1024)

export const inBothForms = <T>(form: T): TwoForms<T> => ({ signed: form, sent: form })

/** What the binding says (saml-bindings-2.0 §3.4.4.1). */
export const rightEncoder: Encoder = {
  compress: deflate,
  toText: (octets) => Buffer.from(octets).toString('base64'),
  escapes: inBothForms('upper'),
  space: inBothForms(undefined),
}

/** A parameter with this value. */
export function encodeParameter(
  { escapes, space }: Pick<Encoder, 'escapes' | 'space'>,
  { role, name, value }: { readonly role: Parameter['role']; readonly name: string; readonly value: string },
): Parameter {
  const write = (form: keyof TwoForms<unknown>) => `${name}=${escaped(value, escapes[form], space[form])}`
  return { role, signed: write('signed'), sent: write('sent') }
}

/** The address with these parameters behind it. */
export const addressWith = (address: string, parameters: readonly Parameter[]): string =>
  addRedirectQuery(address, parameters.map(({ sent }) => sent).join('&'))
