import { decryptElement } from '#saml/encryption/decrypt-element'
import { SamlError } from '#saml/errors'
import type { LogoutRequest } from '#saml/messages/logout-request'
import { type NameId, readNameId } from '#saml/messages/name-id'
import type { XmlElement } from '#saml/xml/element'
import type { KeyRing } from '../directory/key-ring.ts'
import { attempt } from '../inbox/attempt.ts'

/**
 * Whom an acceptable request names (saml-core-2.0 §3.7.1). An EncryptedID is opened with every key that the metadata offers for that, and only under a
 * signature: whoever can change the ciphertext and send it again learns from the answers what is in it (`spec/security.md` A58).
 * @throws SamlError SAML_ENCRYPTED, the same for every reason there is.
 */
export function openNameId(request: LogoutRequest, { signed }: { readonly signed: boolean }, keys: KeyRing): NameId {
  const { id, nameId, encryptedId } = request
  const opened = nameId ?? (signed && encryptedId ? decrypted(encryptedId, keys) : undefined)
  if (opened !== undefined) return opened
  throw new SamlError('SAML_ENCRYPTED', `LogoutRequest ${id} names its principal in a form that cannot be opened`, {
    expected: 'NameID, or EncryptedID for an encryption key of our metadata',
  })
}

function decrypted(encryptedId: XmlElement, keys: KeyRing): NameId | undefined {
  const privateKeys = keys.encryption().map(({ privateKey }) => privateKey)
  const opened = attempt(() => decryptElement(encryptedId, privateKeys))
  if (opened instanceof SamlError) return undefined
  return opened.element.key === 'saml:NameID' ? readNameId(opened.element) : undefined
}
