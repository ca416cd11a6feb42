import { type SaxesAttributeNS, type SaxesAttributeNSIncomplete, SaxesParser, type SaxesTagNS } from 'saxes'
import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'
import { elementKey, type XmlAttribute, type XmlElement } from './element.ts'
import { checkDoctype, checkEncoding, checkInstructions, checkNamespaceName, checkVersion } from './markup.ts'

/** How far a document may go; beyond that reading stops (`spec/security.md` A36). */
export interface XmlLimits {
  readonly bytes: number
  readonly depth: number
  readonly elements: number
  readonly attributesPerElement: number
  /** In characters. One name may be used by every element, and then whoever writes or compares them multiplies its length. */
  readonly namespaceName: number
}

/** What is asked of one kind of document. */
export interface XmlKind extends XmlLimits {
  /** Whether signatures in it are verified. Then it may hold nothing about which two readers could disagree. */
  readonly isSigned: boolean
}

/** As long as SAML lets an entity id be, the longest address that it limits (saml-core-2.0 §8.3.6). */
const NAMESPACE_NAME = 1_024

/** For protocol messages. */
export const messageLimits: XmlKind = {
  isSigned: true,
  bytes: 256 * 1024,
  depth: 64,
  elements: 5_000,
  attributesPerElement: 64,
  namespaceName: NAMESPACE_NAME,
}

/** For metadata documents, which may hold many entities; whoever names the file or the address vouches for them, and a signature in them is not looked at unless somebody names a key. */
export const metadataLimits: XmlKind = {
  isSigned: false,
  bytes: 64 * 1024 * 1024,
  depth: 64,
  elements: 1_000_000,
  attributesPerElement: 64,
  namespaceName: NAMESPACE_NAME,
}

/** For metadata documents whose signature is verified: of those a DOM is made, which takes more room. */
export const signedMetadataLimits: XmlKind = { ...metadataLimits, isSigned: true, bytes: 16 * 1024 * 1024 }

type Draft = { -readonly [Property in keyof XmlElement]: XmlElement[Property] } & {
  attributes: XmlAttribute[]
  children: Draft[]
}

/**
 * Reads a document into a tree and guarantees: UTF-8 without a malformed sequence, XML 1.0, well-formed with namespaces, exactly one root, no DOCTYPE,
 * within the limits; and where signatures in it are verified, nothing but white space and comments around the root, no processing instruction, no two equal
 * identifiers (`ID`, `Id`, `id` in any namespace), no namespace name but absolute URIs, no comment or CDATA in a signature. A text may declare any encoding
 * where they are not: it has been decoded.
 * @throws SamlError SAML_ENCODING, SAML_TOO_LARGE or SAML_XML, naming what was found.
 */
export function readXml(document: Uint8Array | string, limits: XmlKind = messageLimits): XmlElement {
  const size = typeof document === 'string' ? Buffer.byteLength(document) : document.byteLength
  if (size > limits.bytes) throw tooLarge('bytes', limits.bytes)
  const text = typeof document === 'string' ? document : decodeUtf8(document)
  return new TreeReader(limits).read(text)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function decodeUtf8(octets: Uint8Array): string {
  try {
    return utf8.decode(octets)
  } catch (cause) {
    throw new SamlError('SAML_ENCODING', 'the document is not UTF-8', {}, { cause })
  }
}

/** Stops at the first error, in place of a handler for it. */
class StrictParser extends SaxesParser<{ xmlns: true; position: false }> {
  override fail(message: string): never {
    throw new SamlError('SAML_XML', `the document is not well-formed: ${message.slice(0, 256)}`)
  }
}

class TreeReader {
  readonly #parser = new StrictParser({ xmlns: true, position: false })
  readonly #limits: XmlKind
  readonly #open: Draft[] = []
  readonly #identifiers = new Set<string>()
  #elements = 0
  #attributes = 0
  #root: Draft | undefined

  constructor(limits: XmlKind) {
    this.#limits = limits
  }

  read(text: string): XmlElement {
    checkDoctype(text)
    if (this.#limits.isSigned) checkInstructions(text)
    // Six handlers at most: with a seventh, V8 turns the parser into a dictionary, which is four times slower.
    const parser = this.#parser
    parser.on('attribute', (attribute) => this.#attribute(attribute))
    parser.on('opentag', (tag) => this.#openTag(tag))
    parser.on('closetag', () => this.#open.pop())
    parser.on('text', (characters) => this.#characters(characters))
    parser.on('cdata', (characters) => {
      this.#refuseInSignature('a CDATA section')
      this.#characters(characters)
    })
    parser.on('comment', () => this.#refuseInSignature('a comment'))
    parser.write(text)
    checkVersion(parser.xmlDecl)
    if (this.#limits.isSigned) checkEncoding(parser.xmlDecl)
    parser.close()
    if (this.#root === undefined) throw new SamlError('SAML_XML', 'the document has no root element')
    return this.#root
  }

  // Before the parser compares the attributes of an element with each other, by namespace name and local name.
  #attribute({ name, prefix, value }: SaxesAttributeNSIncomplete): void {
    const { attributesPerElement, namespaceName, isSigned } = this.#limits
    if (++this.#attributes > attributesPerElement) throw tooLarge('attributes on one element', attributesPerElement)
    if (prefix !== 'xmlns' && name !== 'xmlns') return
    if (value.length > namespaceName) throw tooLarge('characters in a namespace name', namespaceName)
    if (isSigned) checkNamespaceName(value)
  }

  #openTag(tag: SaxesTagNS): void {
    const { depth, elements } = this.#limits
    if (this.#open.length >= depth) throw tooLarge('nested elements', depth)
    if (++this.#elements > elements) throw tooLarge('elements', elements)
    this.#attributes = 0
    const element: Draft = {
      key: elementKey(tag.uri, tag.local),
      namespace: tag.uri,
      local: tag.local,
      attributes: this.#readAttributes(Object.values(tag.attributes)),
      children: [],
      text: '',
    }
    const parent = this.#open.at(-1)
    if (parent === undefined) this.#root = element
    parent?.children.push(element)
    this.#open.push(element)
  }

  #readAttributes(written: readonly SaxesAttributeNS[]): XmlAttribute[] {
    const { isSigned } = this.#limits
    const attributes: XmlAttribute[] = []
    for (const { uri: namespace, local, value } of written) {
      if (namespace === NAMESPACE.xmlns) continue
      if (isSigned && local.length === 2 && local.toLowerCase() === 'id') this.#claimIdentifier(value)
      if (namespace === NAMESPACE.schemaInstance && local === 'type') {
        attributes.push({ namespace, local, value, names: this.#typeNamed(value) })
      } else attributes.push({ namespace, local, value })
    }
    return attributes
  }

  #typeNamed(value: string): string | undefined {
    const [, prefix = '', local] = /^\s*(?:([^\s:]+):)?([^\s:]+)\s*$/.exec(value) ?? []
    const namespace = this.#parser.resolve(prefix) ?? (prefix === '' ? '' : undefined)
    return local === undefined || namespace === undefined ? undefined : elementKey(namespace, local)
  }

  #claimIdentifier(written: string): void {
    const value = written.trim()
    if (this.#identifiers.has(value)) {
      throw new SamlError('SAML_XML', `the identifier [${value.slice(0, 64)}] occurs twice`)
    }
    this.#identifiers.add(value)
  }

  // Two readers may disagree about what a digest with a comment in it is (`spec/security.md` A21).
  #refuseInSignature(what: string): void {
    if (this.#limits.isSigned && this.#open.some(({ key }) => key === 'ds:Signature')) {
      throw new SamlError('SAML_XML', `the signature has ${what} in it`)
    }
  }

  #characters(characters: string): void {
    const element = this.#open.at(-1)
    if (element !== undefined) element.text += characters
  }
}

function tooLarge(what: string, limit: number): SamlError {
  return new SamlError('SAML_TOO_LARGE', `the document has more than ${limit} ${what}`, { limit })
}
