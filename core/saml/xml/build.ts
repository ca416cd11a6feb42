import { NAMESPACE } from '../names.ts'

/** The prefixes that we write, after the habit of OpenSAML; a namespace is declared where its prefix is first needed. */
const namespaceOf: Readonly<Record<string, string>> = {
  saml2p: NAMESPACE.protocol,
  saml2: NAMESPACE.assertion,
  md: NAMESPACE.metadata,
  ds: NAMESPACE.signature,
  xenc: NAMESPACE.encryption,
  xenc11: NAMESPACE.encryption11,
  xs: NAMESPACE.schema,
  xsi: NAMESPACE.schemaInstance,
  soap: NAMESPACE.soap,
  xml: NAMESPACE.xml,
}

export type XmlAttributes = Readonly<Record<string, string | number | boolean | undefined>>
export type XmlContent = XmlNode | string | undefined | false | readonly XmlContent[]

/** An element to be written. Attributes and children that are undefined are left out. */
export interface XmlNode {
  readonly name: string
  readonly attributes: XmlAttributes
  readonly children: readonly XmlContent[]
}

/** Describes an element by its prefixed name, for instance `saml2:Issuer`. */
export function xml(name: string, attributes: XmlAttributes = {}, ...children: readonly XmlContent[]): XmlNode {
  return { name, attributes, children }
}

/**
 * Writes a document without white space between elements: namespace declarations first, then attributes in alphabetical order,
 * empty elements self-closed (the form in which Elasticsearch writes, spec §3.13). Every value is escaped, so no value can add markup.
 * @throws TypeError when a value holds a character that XML 1.0 cannot carry, or a prefix is unknown.
 */
export function writeXml(root: XmlNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>${writeFragment(root)}`
}

/** Writes an element that can stand in any document: without a declaration, and every prefix that it uses declared in it. */
export function writeFragment(element: XmlNode): string {
  return writeElement(element, ['xml'])
}

function writeElement(node: XmlNode, declaredAbove: readonly string[]): string {
  const { name, attributes } = node
  const written = Object.keys(attributes).filter((each) => attributes[each] !== undefined)
  written.sort()
  let declared = declaredAbove
  let open = `<${name}`
  for (const prefix of prefixesOf(name, written)) {
    if (declared.includes(prefix)) continue
    declared = [...declared, prefix]
    open += ` xmlns:${prefix}="${namespaceFor(prefix)}"`
  }
  for (const each of written) open += ` ${each}="${escapeAttribute(String(attributes[each]))}"`
  const content = writeContent(node.children, declared)
  return content === '' ? `${open}/>` : `${open}>${content}</${name}>`
}

function writeContent(content: XmlContent, declared: readonly string[]): string {
  if (content === undefined || content === false) return ''
  if (typeof content === 'string') return escapeText(content)
  if (isList(content)) return content.map((part) => writeContent(part, declared)).join('')
  return writeElement(content, declared)
}

const isList = (content: XmlNode | readonly XmlContent[]): content is readonly XmlContent[] => Array.isArray(content)

function prefixesOf(name: string, attributes: readonly string[]): string[] {
  return [name, ...attributes].filter((each) => each.includes(':')).map((each) => each.slice(0, each.indexOf(':')))
}

function namespaceFor(prefix: string): string {
  const namespace = namespaceOf[prefix]
  if (namespace === undefined) throw new TypeError(`no namespace is known for the prefix [${prefix}]`)
  return namespace
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

/** Text as element content. A carriage return is escaped, since a parser would turn it into a line feed (XML 1.0 §2.11). */
export function escapeText(text: string): string {
  return checkCharacters(text).replace(/[&<>\r]/g, (character) => escapes[character] ?? character)
}

/** Text as a double-quoted attribute value. White space is escaped, since a parser would turn it into blanks (XML 1.0 §3.3.3). */
export function escapeAttribute(text: string): string {
  return checkCharacters(text).replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? character)
}

// What XML 1.0 §2.2 does not count as a character; with the u flag a surrogate matches only when it stands alone.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/u

function checkCharacters(text: string): string {
  if (notXml.test(text)) throw new TypeError(`XML cannot carry every character of ${JSON.stringify(text.slice(0, 64))}`)
  return text
}
