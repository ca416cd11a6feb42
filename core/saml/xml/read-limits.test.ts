import { expect, test } from 'vitest'
import { refusal } from '../refusals.test-support.ts'
import { messageLimits, metadataLimits, readXml, type XmlLimits } from './read.ts'

const times = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => one(i)).join('')
const nested = (depth: number) => '<é>'.repeat(depth) + '</é>'.repeat(depth)
const wide = (elements: number) => `<a>${'<é/>'.repeat(elements - 1)}</a>`
const attributed = (count: number) => `<a ${times(count, (index) => `é${index}="" `)}/>`
const declared = (count: number) => `<a ${times(count, (index) => `xmlns:é${index}="urn:${index}" `)}/>`
const named = (length: number) => `<x:a xmlns:x="u:${'é'.repeat(length - 2)}"/>`
const namedByDefault = (length: number) => `<a xmlns="u:${'é'.repeat(length - 2)}"/>`
// An octet more than the bound is still fewer characters than it.
const sized = (bytes: number) => `<a>${'é'.repeat((bytes - 8) >> 1)}${bytes % 2 === 0 ? 'x' : 'é'}</a>`

const bounds: readonly [what: string, property: keyof XmlLimits, document: (size: number) => string][] = [
  ['nested elements', 'depth', nested],
  ['elements', 'elements', wide],
  ['attributes on one element', 'attributesPerElement', attributed],
  ['attributes on one element', 'attributesPerElement', declared],
  ['characters in a namespace name', 'namespaceName', named],
  ['characters in a namespace name', 'namespaceName', namedByDefault],
  ['bytes', 'bytes', sized],
]
const documents = [
  ['message', messageLimits],
  ['metadata document', metadataLimits],
] as const

test.each(
  documents.flatMap(([kind, limits]) =>
    bounds.map(([what, property, document]) => [kind, limits[property], what, document, limits] as const),
  ),
)(
  'a %s has no more than %i %s',
  (_kind, limit, what, document, limits) => {
    expect(() => readXml(document(limit), limits)).not.toThrow()
    expect(() => readXml(document(limit + 1), limits)).toThrow(
      refusal('SAML_TOO_LARGE', `the document has more than ${limit} ${what}`),
    )
    // A million elements, twice: how fast that is core/linear-time.test.ts asks.
  },
  60_000,
)

test('every limit has a bound in this file', () => {
  expect(new Set(bounds.map(([, property]) => property))).toEqual(
    new Set(Object.keys(messageLimits).filter((name) => name !== 'isSigned')),
  )
})

test('bytes are counted as they are sent', () => {
  expect(Buffer.byteLength(sized(messageLimits.bytes))).toBe(messageLimits.bytes)
  expect(() => readXml(Buffer.from(sized(messageLimits.bytes + 1)))).toThrow(
    refusal('SAML_TOO_LARGE', 'the document has more than 262144 bytes'),
  )
})

test.each([
  ['100 000 nested elements', nested(100_000)],
  ['20 000 attributes', attributed(20_000)],
  ['5 000 namespaces', declared(5_000)],
  ['entities that grow', `<!DOCTYPE a [<!ENTITY b "bbb">${'<!ENTITY c "&b;&b;">'.repeat(1_000)}]><a>&c;</a>`],
])('hostile documents are refused before they cost anything: %s', (_case, document) => {
  expect(() => readXml(document)).toThrow(
    expect.objectContaining({ code: expect.stringMatching(/^SAML_(TOO_LARGE|XML)$/) }),
  )
})

// The parser compares the attributes of an element by a text of namespace name and local name: 10 000 of them here, of 100 kB each.
test('a long namespace name is refused before anything is compared by it', () => {
  const attributes = times(10_000, (index) => `x:a${index}="" `)
  const document = (declaration: string) => `<a ${attributes} xmlns:x="${declaration}"/>`
  expect(() => readXml(document(`u:${'x'.repeat(100_000)}`))).toThrow(
    refusal('SAML_TOO_LARGE', 'the document has more than 64 attributes on one element'),
  )
  expect(() => readXml(`<a xmlns:x="u:${'x'.repeat(1_023)}" x:a="" x:a=""/>`)).toThrow(
    refusal('SAML_TOO_LARGE', 'the document has more than 1024 characters in a namespace name'),
  )
})

test('a declaration is told in a few words too', () => {
  expect(() => readXml(`<?xml version="1.0" encoding="${'x'.repeat(100_000)}"?><a/>`)).toThrow(
    refusal('SAML_ENCODING', `the document declares the encoding ${'x'.repeat(64)}, expected UTF-8`),
  )
  expect(() => readXml(`<?xml version="1.${'2'.repeat(100_000)}"?><a/>`)).toThrow(
    refusal('SAML_XML', 'the document is XML 1.22222222222222, expected 1.0'),
  )
})

test.each([
  ['an end tag', (name: string) => `<a></${name}>`],
  ['a prefix', (name: string) => `<${name}:a/>`],
  ['an attribute', (name: string) => `<a ${name}="" ${name}=""/>`],
  ['an entity', (name: string) => `<a>&${name};</a>`],
])('what is wrong with a document is told in a few words, however long they are there: %s', (_case, document) => {
  const told = (name: string) => {
    try {
      readXml(document(name))
    } catch (error) {
      return (error as Error).message
    }
    return undefined
  }
  expect(told('n')).toMatch(/^the document is not well-formed: /)
  expect(told('n'.repeat(100_000))?.length).toBeLessThan(300)
})
