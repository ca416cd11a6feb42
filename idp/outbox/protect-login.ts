import { encryptInDocument } from '#saml/encryption/encrypt-in-document'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import type { IdpConfig } from '../config.ts'
import type { LoginDraft } from './draft.ts'

/**
 * From document to the signed and encrypted document of a login, from the inside out: the name of the user is encrypted before its Assertion is signed, an
 * Assertion before the Response around it (saml-core-2.0 §5.4, §6.2). Whoever opens an Assertion finds its signature good.
 */
export async function protectLogin(
  document: string,
  { fields, signedParts, encryption }: LoginDraft,
  { keys }: Pick<IdpConfig, 'keys'>,
): Promise<string> {
  const credential = keys.signing()
  const encrypt = (text: string, name: 'NameID' | 'Assertion') =>
    encryption?.elements.includes(name) ? encryptInDocument(text, name, encryption.choice) : text
  let protectedSoFar = encrypt(document, 'NameID')
  const areSigned = signedParts === 'assertion' || signedParts === 'both'
  for (const { id } of areSigned ? fields.assertions : []) {
    protectedSoFar = await signEnveloped(protectedSoFar, id, credential)
  }
  protectedSoFar = encrypt(protectedSoFar, 'Assertion')
  const isSigned = signedParts === 'response' || signedParts === 'both'
  return !isSigned ? protectedSoFar : signEnveloped(protectedSoFar, fields.id, credential)
}
