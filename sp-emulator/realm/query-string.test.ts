import { expect, test } from 'vitest'
import { refusal } from '#saml/refusals.test-support'
import { formEncode, readQuery } from './query-string.ts'

const signedText = (raw: string) => readQuery(raw).signedOctets.toString('latin1')
const parameters = (raw: string) => Object.fromEntries(readQuery(raw).parameters)

test.each([
  ['names and values at the first equals sign', 'a=b=c', { a: 'b=c' }],
  ['a name without an equals sign', 'a', { a: '' }],
  ['an equals sign without a name', '=x', { x: '' }],
  ['semicolons as well', 'a=1;b=2', { a: '1', b: '2' }],
  ['nothing behind a fragment', 'a=1#&b=2', { a: '1' }],
  ['empty parts as nothing', '&&a=1&;', { a: '1' }],
  ['a plus as a blank', 'a=Hail+Hydra', { a: 'Hail Hydra' }],
  ['escapes of either case as UTF-8', 'a=%C3%a9', { a: 'é' }],
  ['a double percent sign as one', 'a=%%41%%%41', { a: '%41%A' }],
  ['octets that are no UTF-8 as a replacement', 'a=%FFx', { a: '\uFFFDx' }],
  ['names by their case', 'samlrequest=1', { samlrequest: '1' }],
  ['an escaped name that is not reserved', '%61=1', { a: '1' }],
  ['a question mark in front as part of the name', '?SAMLRequest=A', { '?SAMLRequest': 'A' }],
  ['a name that every object has as data', '__proto__=1', JSON.parse('{"__proto__":"1"}')],
])('a query string is read: %s', (_case, raw, expected) => {
  expect(parameters(raw)).toEqual(expected)
})

test.each([
  ['a=%', 'unterminated escape sequence at end of string: %'],
  ['a=b%4', 'partial escape sequence at end of string: b%4'],
  ['a=%zz', "invalid escape sequence `%zz' at index 0 of: %zz"],
  ['a=b+c%4g+', "invalid escape sequence `%4g' at index 3 of: b+c%4g+"],
  ['a=%%%4%41', "invalid escape sequence `%4%' at index 2 of: %%%4%41"],
])('case 116: the broken escape in %s is refused in the words of a node', (raw, reason) => {
  expect(() => readQuery(raw)).toThrow(refusal('SAML_QUERY_MALFORMED', reason))
})

test.each([
  ['pathRestricted', 'parameter [pathRestricted] is reserved and may not set'],
  ['PATHrestricted', 'parameter [pathRestricted] is reserved and may not set'],
  ['path%52estricted', 'parameter [pathRestricted] is reserved and may not set'],
  ['serverlessRequest', 'parameter [serverlessRequest] is reserved and may not be set'],
  ['OperatorRequest', 'parameter [OperatorRequest] is reserved and may not be set'],
])('a name that a REST layer keeps for itself is refused: %s', (name, reason) => {
  expect(() => readQuery(`SAMLRequest=A&${name}=1`)).toThrow(refusal('SAML_QUERY_MALFORMED', reason))
  expect(() => readQuery(`SAMLRequest=A&${name}`)).toThrow(refusal('SAML_QUERY_MALFORMED', reason))
})

test('a reserved name is refused as a name alone, and not behind a fragment', () => {
  expect(parameters('x=pathRestricted&pathRestricted2=1#&pathRestricted=1')).toEqual({
    x: 'pathRestricted',
    pathRestricted2: '1',
  })
})

test.each([
  ['everything before the signature', 'SAMLRequest=A&SigAlg=B&Signature=C', 'SAMLRequest=A&SigAlg=B'],
  ['nothing behind the signature', 'SAMLRequest=A&SigAlg=B&Signature=C&RelayState=later', 'SAMLRequest=A&SigAlg=B'],
  ['all, when the signature comes first', 'Signature=C&SAMLRequest=A&SigAlg=B', 'Signature=C&SAMLRequest=A&SigAlg=B'],
  ['all, when the name is in lower case', 'SAMLRequest=A&SigAlg=B&signature=C', 'SAMLRequest=A&SigAlg=B&signature=C'],
  [
    'all, when a semicolon stands before it',
    'SAMLRequest=A&SigAlg=B;Signature=C',
    'SAMLRequest=A&SigAlg=B;Signature=C',
  ],
  ['all, when a line breaks in the signature', 'SAMLRequest=A&Signature=C\nD', 'SAMLRequest=A&Signature=C\nD'],
  ['the line break at the very end', 'SAMLRequest=A&Signature=C\n', 'SAMLRequest=A\n'],
  ['foreign parameters in front', 'x=1&SAMLRequest=A&Signature=C', 'x=1&SAMLRequest=A'],
  ['escapes as they were written', 'SAMLRequest=%2b%2B&Signature=C', 'SAMLRequest=%2b%2B'],
  ['a question mark for what is not ASCII', 'SAMLRequest=A&RelayState=é😀&Signature=C', 'SAMLRequest=A&RelayState=??'],
])('the signed text is %s', (_case, raw, expected) => {
  expect(signedText(raw)).toBe(expected)
})

test.each(['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature'])(
  'case 114: the parameter %s is refused when it comes twice',
  (name) => {
    expect(() => readQuery(`${name}=1&a=2&${name}=1`)).toThrow(
      refusal('SAML_QUERY_AMBIGUOUS', `parameter [${name}] may be sent only once`),
    )
  },
)

test('a protocol parameter that comes twice is refused behind a semicolon too', () => {
  expect(() => readQuery('SAMLRequest=1;SAMLRequest=2')).toThrow(
    refusal('SAML_QUERY_AMBIGUOUS', 'parameter [SAMLRequest] may be sent only once'),
  )
})

test.each([
  ['SAMLRequ%65st=1', 'SAMLRequest'],
  ['SAMLRequest=1&RelaySt%61te=2', 'RelayState'],
  ['Sig%41lg=1', 'SigAlg'],
])('a protocol parameter spelled with escapes is refused: %s', (raw, name) => {
  expect(() => readQuery(raw)).toThrow(
    refusal('SAML_QUERY_AMBIGUOUS', `parameter [${name}] may not be spelled with escapes`),
  )
})

test('a request and a response together are refused', () => {
  expect(() => readQuery('SAMLRequest=1&SAMLResponse=2')).toThrow(
    refusal('SAML_QUERY_AMBIGUOUS', 'parameters [SAMLRequest] and [SAMLResponse] may not be sent together'),
  )
})

test.each([
  ['a blank', 'a b', 'a+b'],
  ['what a form leaves bare', 'aZ09.-*_', 'aZ09.-*_'],
  ['what a browser would leave bare', "~!'()", '%7E%21%27%28%29'],
  ['what base64 and addresses have', '+/=&?#:', '%2B%2F%3D%26%3F%23%3A'],
  ['a character beyond ASCII, which is lost', 'é😀', '%3F%3F'],
])('a redirect is written in form encoding: %s', (_case, text, expected) => {
  expect(formEncode(text)).toBe(expected)
})
