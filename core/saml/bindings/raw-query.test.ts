import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refusal } from '../refusals.test-support.ts'
import { splitRawQuery } from './raw-query.ts'

const notForUrls = refusal('SAML_QUERY_MALFORMED', 'the query string holds a character that a URL cannot carry')

test('each parameter keeps the octets it came with beside its decoded text', () => {
  expect(splitRawQuery('SAMLRequest=a%2bB%3d&Relay%53tate=x+y=z')).toEqual([
    { raw: 'SAMLRequest=a%2bB%3d', rawName: 'SAMLRequest', rawValue: 'a%2bB%3d', name: 'SAMLRequest', value: 'a+B=' },
    { raw: 'Relay%53tate=x+y=z', rawName: 'Relay%53tate', rawValue: 'x+y=z', name: 'RelayState', value: 'x y=z' },
  ])
})

test.each([
  ['', []],
  ['&&', []],
  ['a', [['a', '']]],
  ['a=', [['a', '']]],
  ['=a', [['', 'a']]],
  ['a=1;b=2', [['a', '1;b=2']]],
  ['a=%C3%A9', [['a', 'é']]],
])('only & separates and only the first = divides: [%s]', (query, expected) => {
  expect(splitRawQuery(query).map(({ name, value }) => [name, value])).toEqual(expected)
})

test.each([
  ['a blank', 'a=b c'],
  ['a fragment', 'a=b#c=d'],
  ['a line break', 'a=b\r\nc'],
  ['NUL', 'a=\u0000'],
  ['a letter beyond ASCII', 'a=é'],
])('%s is refused', (_case, query) => {
  expect(() => splitRawQuery(query)).toThrow(notForUrls)
})

test.each(['%', '%z', '%zz', '%C3', '%C0%BC', '%80'])('a broken escape is refused: %s', (written) => {
  expect(() => splitRawQuery(`a=${written}`)).toThrow(
    refusal('SAML_QUERY_MALFORMED', `the query string holds a broken escape in [${written}]`),
  )
})

test('what a form encodes is decoded again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const query = new URLSearchParams({ a: text }).toString()
      expect(splitRawQuery(query).map(({ value }) => value)).toEqual([text])
    }),
  )
})
