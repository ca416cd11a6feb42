import { createRequire } from 'node:module'
import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'

const require = createRequire(import.meta.url)
let loaded: ReturnType<typeof loadLibraries> | undefined

/** Loads the libraries that canonicalise, too large a part of a start to be in it. Whoever needs them first waits for it if nobody has called this. */
export function warmUpSignatures(): void {
  libraries()
}

function libraries() {
  loaded ??= loadLibraries()
  return loaded
}

function loadLibraries() {
  const { DOMParser } = require('@xmldom/xmldom') as typeof import('@xmldom/xmldom')
  const { C14nCanonicalization, ExclusiveCanonicalization } = require('xml-crypto') as typeof import('xml-crypto')
  const exclusive = new ExclusiveCanonicalization()
  const inclusive = new C14nCanonicalization()
  // The library sorts declarations as a dictionary does, where upper case does not come first (xml-c14n §2.2).
  exclusive.nsCompare = (a: { prefix: string }, b: { prefix: string }) => (a.prefix < b.prefix ? -1 : 1)
  inclusive.nsCompare = exclusive.nsCompare
  return { DOMParser, exclusive, inclusive }
}

/**
 * Parses a document with its prefixes and declarations, which `readXml` drops and canonicalisation needs.
 * @throws SamlError SAML_XML when the document would have to be repaired: what is repaired here, `readXml` has read otherwise.
 */
export function parseDom(document: string): Document {
  const { DOMParser } = libraries()
  const complaints: string[] = []
  const errorHandler = (_level: string, message: unknown) => complaints.push(String(message))
  // The library's typings do not know `normalizeLineEndings`.
  const options = { errorHandler, normalizeLineEndings }
  const dom = new DOMParser(options).parseFromString(document, 'text/xml')
  if (complaints.length > 0) throw readDifferently({ complaints: complaints.slice(0, 4) })
  return dom
}

/** Writes a document or an element of one so that it is read again as it is. xmldom leaves carriage returns bare, which a reader takes for line feeds (XML 1.0 §2.11). */
export function writeDom(node: Document | Element): string {
  return String(node).replaceAll('\r', '&#xD;')
}

/** As XML 1.0 §2.11 has it. Left to itself, xmldom takes U+0085 and U+2028 for line ends too, as XML 1.1 does. */
function normalizeLineEndings(document: string): string {
  return document.replace(/\r\n?/g, '\n')
}

/** What is thrown when the parser that canonicalises and the one that everything else relies on contradict each other. */
export function readDifferently(facts: object = {}): SamlError {
  return new SamlError('SAML_XML', 'two parsers read the document differently', { ...facts })
}

/**
 * The exclusive canonical form of an element, without comments, as a reference to an ID has none (xmldsig-core1 §4.4.3.3). The namespaces of
 * `inclusivePrefixes` are declared as inclusive canonicalisation does (xml-exc-c14n §4): for that the element is given those of its ancestors.
 */
export function canonicalForm(element: Element, inclusivePrefixes: readonly string[]): string {
  const ancestorNamespaces = inclusivePrefixes.flatMap((prefix) => {
    const namespaceURI = element.lookupNamespaceURI(prefix)
    return namespaceURI ? [{ prefix, namespaceURI }] : []
  })
  return libraries().exclusive.process(element, {
    inclusiveNamespacesPrefixList: [...inclusivePrefixes],
    ancestorNamespaces,
  })
}

/**
 * The inclusive canonical form of an element without comments, with the namespaces of its ancestors (xml-c14n §2.4): they are declared on the
 * element itself for that. Of `xml:` attributes nothing is inherited; whoever asks must know that no ancestor has any.
 */
export function inclusiveForm(element: Element): string {
  declareInherited(element)
  return libraries().inclusive.process(element, {})
}

/** Declares on the element the namespaces that its ancestors declare. What it says and what was signed of it stay the same, and it can stand alone. */
export function declareInherited(element: Element): void {
  for (let ancestor = element.parentNode; ancestor !== null; ancestor = ancestor.parentNode) {
    for (const { name, value } of declarationsOf(ancestor)) {
      if (!element.hasAttribute(name)) element.setAttributeNS(NAMESPACE.xmlns, name, value)
    }
  }
}

function declarationsOf(node: Node): Attr[] {
  const attributes = node.nodeType === node.ELEMENT_NODE ? Array.from((node as Element).attributes) : []
  return attributes.filter(({ namespaceURI }) => namespaceURI === NAMESPACE.xmlns)
}
