import { parseXml2JsFromString } from '@node-saml/node-saml/lib/xml.js'

/** An element as node-saml's own reader has it: names without prefixes. */
export interface XmlElement {
  readonly [name: string]: unknown
}

/** The document around its root element. @throws Error when it is no XML */
export async function readXml(text: string): Promise<XmlElement> {
  return elementOf(await parseXml2JsFromString(text))
}

/** The elements of this name directly below. */
export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  const found = element?.[name]
  return (Array.isArray(found) ? found : found === undefined ? [] : [found]).map(elementOf)
}

export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  const value = elementOf(element?.['$'])[name]
  return typeof value === 'string' ? value : undefined
}

/** The text of an element; empty when it has none. */
export function textOf(element: XmlElement | undefined): string {
  const text = element?.['_']
  return typeof text === 'string' ? text.trim() : ''
}

const elementOf = (value: unknown): XmlElement =>
  typeof value === 'object' && value !== null ? (value as XmlElement) : {}
