import { NAMESPACE } from '../names.ts'

export interface XmlAttribute {
  /** The empty string when the attribute stands in no namespace. */
  readonly namespace: string
  readonly local: string
  readonly value: string
  /** Of `xsi:type`: the key of the type that its value names, undefined when its prefix is bound to nothing. */
  readonly names?: string | undefined
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
  [NAMESPACE.schema, 'xs'],
  [NAMESPACE.soap, 'soap'],
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

/** Whether two elements say the same: names, attributes in whatever order, text and children. Prefixes do not count. */
export function isSameElement(a: XmlElement, b: XmlElement): boolean {
  if (a.key !== b.key || a.text !== b.text) return false
  if (a.attributes.length !== b.attributes.length || a.children.length !== b.children.length) return false
  const hasSame = (one: XmlAttribute) => b.attributes.some((other) => isSameAttribute(one, other))
  const isSameAsItsTwin = (child: XmlElement, index: number) => {
    const twin = b.children[index]
    return twin !== undefined && isSameElement(child, twin)
  }
  return a.attributes.every(hasSame) && a.children.every(isSameAsItsTwin)
}

function isSameAttribute(a: XmlAttribute, b: XmlAttribute): boolean {
  return a.local === b.local && a.namespace === b.namespace && a.value === b.value
}
