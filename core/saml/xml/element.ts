import { NAMESPACE } from '../names.ts'

export interface XmlAttribute {
  /** The empty string when the attribute stands in no namespace. */
  readonly namespace: string
  readonly local: string
  readonly value: string
}

/** An element as it was read: comments dropped, character data and CDATA merged, namespace declarations resolved. */
export interface XmlElement {
  /** Namespace and local name in short form, independent of the prefix that was written: `saml:Issuer`, or `{urn:x}y`. */
  readonly key: string
  readonly namespace: string
  readonly local: string
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlElement[]
  /** All character data that stands directly in this element. */
  readonly text: string
}

const shortNames: ReadonlyMap<string, string> = new Map([
  [NAMESPACE.protocol, 'samlp'],
  [NAMESPACE.assertion, 'saml'],
  [NAMESPACE.metadata, 'md'],
  [NAMESPACE.signature, 'ds'],
  [NAMESPACE.encryption, 'xenc'],
  [NAMESPACE.encryption11, 'xenc11'],
  [NAMESPACE.exclusiveC14n, 'ec'],
])

export function elementKey(namespace: string, local: string): string {
  const short = shortNames.get(namespace)
  return short === undefined ? `{${namespace}}${local}` : `${short}:${local}`
}

/** The value of an attribute in no namespace, undefined when absent. */
export function attributeOf(element: XmlElement, local: string): string | undefined {
  return element.attributes.find((attribute) => attribute.local === local && attribute.namespace === '')?.value
}

/** The first direct child with this key. */
export function childOf(element: XmlElement, key: string): XmlElement | undefined {
  return element.children.find((child) => child.key === key)
}

/** All direct children with this key, in document order. */
export function childrenOf(element: XmlElement, key: string): readonly XmlElement[] {
  return element.children.filter((child) => child.key === key)
}

/** The elements of a document in document order, the given one first. */
export function* elementsOf(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* elementsOf(child)
}
