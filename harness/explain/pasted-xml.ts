import { readSoap } from '#saml/bindings/soap'
import { readXml } from '#saml/xml/read'
import type { FoundMessage } from './found-message.ts'
import { unescapeHtml } from './html-escapes.ts'

const root = /<((?:[\w.-]+:)?(?:AuthnRequest|Response|LogoutRequest|LogoutResponse|Envelope))[\s/>]/
const escapedRoot = /&lt;(?:[\w.-]+:)?(?:AuthnRequest|Response|LogoutRequest|LogoutResponse|Envelope)[\s/&]/

/**
 * The message that stands in a text as XML: alone, in an envelope of SOAP, or among other text.
 * @throws SamlError when it is no XML that can be read: a DOCTYPE, an entity, an element that does not end
 */
export function readPastedXml(text: string): FoundMessage[] | undefined {
  const isEscaped = !root.test(text) && escapedRoot.test(text)
  const written = isEscaped ? unescapeHtml(text) : text
  const xml = xmlIn(written)
  if (xml === undefined) return undefined
  const { document, notes } = messageIn(xml)
  const undone = isEscaped ? ['unescaped HTML', ...notes] : notes
  return [{ presented: { carrier: 'document', document }, notes: undone }]
}

/** The message itself; an envelope is taken off. */
export function messageIn(xml: string): { readonly document: string; readonly notes: readonly string[] } {
  const element = readXml(Buffer.from(xml))
  if (element.local !== 'Envelope') return { document: xml, notes: [] }
  return { document: readSoap(Buffer.from(xml)).toString(), notes: ['took it out of its SOAP envelope'] }
}

/** From its declaration, if it has one, to where its root ends. */
function xmlIn(text: string): string | undefined {
  const found = root.exec(text)
  if (found === null) return undefined
  const close = `</${found[1]}`
  const end = text.lastIndexOf(close)
  const last = text.indexOf('>', end === -1 ? found.index : end)
  const prolog = /<\?xml|<!DOCTYPE/.exec(text.slice(0, found.index))
  return text.slice(prolog?.index ?? found.index, last === -1 ? undefined : last + 1)
}
