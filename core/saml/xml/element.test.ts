import { expect, test } from 'vitest'
import { attributeOf, childOf, childrenOf, elementKey, elementsOf } from './element.ts'
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
