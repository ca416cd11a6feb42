import fc from 'fast-check'
import { NAMESPACE } from '../names.ts'
import { elementsOf, type XmlElement } from '../xml/element.ts'
import { readXml } from '../xml/read.ts'

/** What becomes of one element: the elements that stand in its place. */
type Change = (target: XmlElement) => readonly XmlElement[]

const stranger = (namespace: string, local: string): XmlElement => {
  return { key: '', namespace, local, attributes: [], children: [], text: 'x' }
}

const strangers = fc.constantFrom(
  stranger('urn:x', 'x'),
  stranger('', 'x'),
  stranger(NAMESPACE.assertion, 'Issuer'),
  stranger(NAMESPACE.assertion, 'Unknown'),
  stranger(NAMESPACE.protocol, 'SessionIndex'),
  stranger(NAMESPACE.signature, 'KeyName'),
  stranger(NAMESPACE.exclusiveC14n, 'InclusiveNamespaces'),
)
const words = fc.constantFrom(
  ...['', ' ', 'x', '_x', ' _x ', '1x', 'a b', '0', '1', '65535', '65536', '-1', 'true', 'TRUE', 'exact', 'Permit'],
  ...['AAAA', 'AA==', 'AB==', 'AAA=', 'AAB=', 'A', 'AA A\nA'],
)
const instants = fc.constantFrom(
  '2031-05-04',
  '2031-02-31T12:00:00Z',
  '2031-05-04T12:00:00+14:01',
  ' 2031-05-04T12:00:00.5 ',
)
const attributeNames = fc.constantFrom<readonly [string, string]>(
  ...['ID', 'Id', 'Format', 'Value', 'Unknown', 'NotOnOrAfter'].map((local) => ['', local] as const),
  ['urn:x', 'x'],
  [NAMESPACE.assertion, 'x'],
  [NAMESPACE.xml, 'lang'],
)

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>(() => []),
  fc.constant<Change>((target) => [target, target]),
  fc.constant<Change>((target) => [{ ...target, children: target.children.toReversed() }]),
  strangers.map<Change>((added) => (target) => [added, target]),
  strangers.map<Change>((added) => (target) => [{ ...target, children: [...target.children, added] }]),
  words.map<Change>((text) => (target) => [{ ...target, text }]),
  fc.nat(9).map<Change>((index) => (target) => [{ ...target, attributes: target.attributes.toSpliced(index, 1) }]),
  fc.tuple(attributeNames, words).map<Change>(([name, value]) => (target) => [withAttribute(target, name, value)]),
  fc.tuple(fc.nat(9), words, instants).map<Change>(([index, word, instant]) => {
    return (target) => [withOtherValue(target, index, word, instant)]
  }),
)

/** Documents that differ from the given one by one small change at the root or somewhere below it. */
export function mutationsOf(document: string): fc.Arbitrary<string> {
  const root = readXml(document)
  return fc.tuple(fc.constantFrom(...elementsOf(root)), changes).map(([target, change]) => {
    const [changed = root] = applyAt(root, target, change)
    return serialize(changed)
  })
}

function applyAt(current: XmlElement, target: XmlElement, change: Change): readonly XmlElement[] {
  if (current === target) return change(current)
  return [{ ...current, children: current.children.flatMap((child) => applyAt(child, target, change)) }]
}

function withAttribute(target: XmlElement, [namespace, local]: readonly [string, string], value: string): XmlElement {
  const others = target.attributes.filter((each) => each.namespace !== namespace || each.local !== local)
  return { ...target, attributes: [...others, { namespace, local, value }] }
}

function withOtherValue(target: XmlElement, index: number, word: string, instant: string): XmlElement {
  const chosen = target.attributes[index % target.attributes.length]
  if (chosen === undefined) return target
  const value = chosen.value.startsWith('2031') ? instant : word
  return withAttribute(target, [chosen.namespace, chosen.local], value)
}

function serialize({ namespace, local, attributes, children, text }: XmlElement): string {
  const written = attributes.map(({ namespace: of, local: name, value }, index) => {
    if (of === '') return ` ${name}="${escaped(value)}"`
    if (of === NAMESPACE.xml) return ` xml:${name}="${escaped(value)}"`
    return ` xmlns:n${index}="${of}" n${index}:${name}="${escaped(value)}"`
  })
  const content = children.map(serialize).join('') + escaped(text)
  return `<${local} xmlns="${namespace}"${written.join('')}>${content}</${local}>`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
