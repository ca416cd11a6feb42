import { type DecryptedElement, decryptElement } from '#saml/encryption/decrypt-element'
import { SamlError } from '#saml/errors'
import type { XmlElement } from '#saml/xml/element'
import { refuse } from '../refusals.ts'
import { abridgedText } from './message.ts'
import { known, type Receiver } from './receiver.ts'

/**
 * Opens an encrypted element with the keys of the realm.
 * @throws SamlError SAML_ENCRYPTED in the words of a node: one sentence when there is no key at all, another for every other reason.
 */
export function openEncrypted(
  encrypted: XmlElement,
  name: 'assertion' | 'EncryptedID',
  receiver: Receiver,
): DecryptedElement {
  const keys = decryptionKeys(receiver)
  if (keys.length === 0) {
    const text = abridgedText(encrypted, 32)
    throw refuse('SAML_ENCRYPTED', `SAML ${name} [${text}] is encrypted, but no decryption key is available`, {
      expected: 'a key to decrypt it with',
      actual: 'none',
    })
  }
  try {
    return decryptElement(encrypted, keys)
  } catch (error) {
    throw error instanceof SamlError ? failedToDecrypt(encrypted, name) : error
  }
}

/** The refusal of what cannot be opened, or is something else than it should be. */
export function failedToDecrypt(encrypted: XmlElement, name: 'assertion' | 'EncryptedID'): SamlError {
  return refuse('SAML_ENCRYPTED', `Failed to decrypt SAML ${name} ${abridgedText(encrypted, 32)}`, {
    causedBy: { type: 'decryption_exception', reason: 'Failed to decrypt EncryptedData' },
  })
}

/** The attribute in an EncryptedAttribute; undefined when it cannot be opened, and then a node does without it (spec §6.2, step 14). */
export function openAttribute(encrypted: XmlElement, receiver: Receiver): XmlElement | undefined {
  try {
    const { element } = decryptElement(encrypted, decryptionKeys(receiver))
    return element.key === 'saml:Attribute' ? element : undefined
  } catch (error) {
    if (error instanceof SamlError) return undefined
    throw error
  }
}

function decryptionKeys({ config }: Receiver) {
  known(config.spEntityId, 'who the receiver is, and what its keys are')
  return (config.encryption ?? []).map(({ privateKey }) => privateKey)
}
