import { SamlError } from '../errors.ts'
import type { XmlElement } from '../xml/element.ts'
import { readXml } from '../xml/read.ts'
import { assertionSchema } from './assertion.ts'
import { compileGrammar } from './declaration.ts'
import { encryptionSchema } from './encryption.ts'
import { checkStructure, type NamedTypes } from './grammar.ts'
import { protocolSchema } from './protocol.ts'
import { signatureSchema } from './signature.ts'

const grammar = compileGrammar(assertionSchema, protocolSchema, signatureSchema, encryptionSchema)

/**
 * Reads a protocol message or an Assertion and guarantees what `readXml` does and that its structure is the one of the OASIS schemas.
 * Types that it names itself are asked for in a document as it came, not in a canonical form or in what was decrypted.
 * @throws SamlError as `readXml`; SAML_SCHEMA when the structure is another, or the root is no element of the SAML schemas.
 */
export function readMessage(document: Uint8Array | string, namedTypes: NamedTypes = 'asked'): XmlElement {
  const root = readXml(document)
  checkMessage(root, namedTypes)
  return root
}

/**
 * Guarantees that the structure of what was read is the one of the OASIS schemas.
 * @throws SamlError SAML_SCHEMA when it is another, or the root is no element of the SAML schemas.
 */
export function checkMessage(root: XmlElement, namedTypes: NamedTypes = 'asked'): void {
  if (!grammar.elements.has(root.key)) {
    throw new SamlError('SAML_SCHEMA', `the root element ${root.key.slice(0, 256)} is not declared in the SAML schemas`)
  }
  checkStructure(root, grammar, namedTypes)
}
