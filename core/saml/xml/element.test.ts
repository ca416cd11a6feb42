import { expect, test } from 'vitest'
import { attributeOf, childOf, childrenOf, elementKey, elementsOf, isSameElement } from './element.ts'
import { readXml } from './read.ts'

const tree = readXml('<a xmlns:x="urn:x" x:ID="other" ID="_1"><b ID="_2"><c/></b><d/><b ID="_3"/></a>')

test('a key is short for the namespaces of SAML and long for all others', () => {
  expect(elementKey('urn:oasis:names:tc:SAML:2.0:protocol', 'Response')).toBe('samlp:Response')
  expect(elementKey('urn:x', 'Response')).toBe('{urn:x}Response')
})

test('an attribute in a namespace does not pose as one without', () => {
  expect(attributeOf(tree, 'ID')).toBe('_1')
  expect(attributeOf(tree, 'x:ID')).toBeUndefined()
})

test('children are direct children in document order', () => {
  expect(childrenOf(tree, '{}b').map((child) => attributeOf(child, 'ID'))).toEqual(['_2', '_3'])
  expect(childOf(tree, '{}c')).toBeUndefined()
})

test('the elements of a document come in document order, its root first', () => {
  expect([...elementsOf(tree)].map(({ local }) => local)).toEqual(['a', 'b', 'c', 'd', 'b'])
})

test.each([
  ['other prefixes', '<p:a xmlns:p="urn:a" x="1" y="2">t<p:b/></p:a>', true],
  ['attributes in another order', '<a xmlns="urn:a" y="2" x="1">t<b/></a>', true],
  ['another name', '<c xmlns="urn:a" x="1" y="2">t<b/></c>', false],
  ['another text', '<a xmlns="urn:a" x="1" y="2">u<b/></a>', false],
  ['another value', '<a xmlns="urn:a" x="1" y="3">t<b/></a>', false],
  ['an attribute more', '<a xmlns="urn:a" x="1" y="2" z="">t<b/></a>', false],
  ['a child less', '<a xmlns="urn:a" x="1" y="2">t</a>', false],
  ['another child', '<a xmlns="urn:a" x="1" y="2">t<b>u</b></a>', false],
])('two elements are the same when they say the same: %s', (_case, other, same) => {
  const element = readXml('<a xmlns="urn:a" x="1" y="2">t<b/></a>')
  expect([isSameElement(element, readXml(other)), isSameElement(readXml(other), element)]).toEqual([same, same])
})
