import type { RedirectMessage } from '#saml/bindings/redirect'
import { SamlError } from '#saml/errors'
import { signingKeysOf } from '#saml/metadata/role'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { strictPolicy } from '#saml/signature/policy'
import { verifyQuerySignature } from '#saml/signature/query-signature'

export interface RedirectContext {
  /** Whom the message names as its Issuer. */
  readonly sp: SpMetadata
  readonly signature: RedirectMessage['signature']
}

/**
 * saml-profiles-2.0 §4.4.4.1, §4.4.4.2: a logout message by redirect is signed by its issuer. Unsigned is never good enough.
 * @throws SamlError SAML_UNSIGNED, SAML_ALGORITHM or SAML_SIGNATURE.
 */
export function signedBySp({ id }: { readonly id: string }, { sp, signature }: RedirectContext): void {
  if (signature.kind === 'signed') {
    verifyQuerySignature(signature, signingKeysOf(sp), strictPolicy)
    return
  }
  throw new SamlError('SAML_UNSIGNED', `the message ${id} of ${sp.entityId} is not signed`, {
    expected: 'SigAlg and Signature',
    actual: 'neither',
  })
}
