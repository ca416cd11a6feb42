import { type KeyObject, randomBytes } from 'node:crypto'
import { SamlError } from '../errors.ts'
import { readMessage } from '../schema/message.ts'
import type { XmlElement } from '../xml/element.ts'
import { decryptContent } from './content-cipher.ts'
import { unwrapKey } from './key-transport.ts'
import { readSealed, type Sealed, type WrappedKey } from './sealed.ts'

/** An element that was encrypted: its octets, for a signature in it, and what was read from them. */
export interface DecryptedElement {
  readonly document: Buffer
  readonly element: XmlElement
}

/**
 * Decrypts an EncryptedID, EncryptedAssertion or EncryptedAttribute with any of the keys. What comes out is read as a document of its own and held to
 * the limits and the grammar of messages.
 * @throws SamlError SAML_ENCRYPTED, the same for every reason there is: a reason would tell an attacker something about the plaintext
 * (`spec/security.md` A58).
 */
export function decryptElement(encrypted: XmlElement, privateKeys: readonly KeyObject[]): DecryptedElement {
  const sealed = orNothing(() => readSealed(encrypted))
  for (const wrapped of sealed?.wrappedKeys ?? []) {
    for (const privateKey of privateKeys) {
      const opened = sealed && open(sealed, wrapped, privateKey)
      if (opened !== undefined) return opened
    }
  }
  throw new SamlError('SAML_ENCRYPTED', `the ${encrypted.local} cannot be decrypted`)
}

function open({ cipher, content }: Sealed, wrapped: WrappedKey, privateKey: KeyObject): DecryptedElement | undefined {
  // With a key that is not ours the content is decrypted all the same, to nothing: the time taken tells less.
  const key = orNothing(() => unwrapKey(wrapped.value, privateKey, wrapped.transport)) ?? randomBytes(cipher.keyBytes)
  const decrypted = orNothing(() => decryptContent(cipher, key, content))
  const element = decrypted && orNothing(() => readMessage(decrypted.plaintext, 'passed over'))
  return decrypted?.isSound && element ? { document: decrypted.plaintext, element } : undefined
}

// Errors end here without a trace on purpose: what they say could quote the plaintext.
function orNothing<T>(step: () => T): T | undefined {
  try {
    return step()
  } catch {
    return undefined
  }
}
