import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idp } from '../credentials.test-support.ts'
import { SamlError } from '../errors.ts'
import { refusal } from '../refusals.test-support.ts'
import { signOctets } from '../signature/query-signature.ts'
import { deflate } from './deflate.ts'
import { receive, signedQuery } from './redirect.test-support.ts'

const relayed = await signedQuery({ relayState: 'where next?' })
const plain = await signedQuery()
const evil = encodeURIComponent(deflate('<evil/>').toString('base64'))

test('what was signed in another order is refused', async () => {
  const [message = '', relayState = '', algorithm = ''] = relayed.split('&')
  const signature = encodeURIComponent(await signOctets([algorithm, message, relayState].join('&'), idp))
  expect(() => receive([algorithm, message, relayState, `Signature=${signature}`].join('&'))).toThrow(
    refusal('SAML_SIGNATURE', 'the signature does not verify with any of 1 trusted keys'),
  )
})

test.each([
  ['RelayState is removed', relayed.replace(/&RelayState=[^&]*/, '')],
  ['RelayState is changed', relayed.replace('RelayState=w', 'RelayState=W')],
  ['RelayState is added', `${plain}&RelayState=evil`],
  ['an empty RelayState is added', `${plain}&RelayState=`],
  ['RelayState is escaped otherwise', relayed.replace('where%20next', 'where+next')],
  ['an unreserved character is escaped', relayed.replace('RelayState=w', 'RelayState=%77')],
  ['escapes are put into lower case', relayed.replace('%3F', '%3f')],
  ['the message is another', relayed.replace(/SAMLRequest=[^&]*/, `SAMLRequest=${evil}`)],
  ['SigAlg is another of the same kind', relayed.replace('rsa-sha256', 'rsa-sha512')],
  ['SigAlg is of another kind', relayed.replace('rsa-sha256', 'ecdsa-sha256')],
])('a signature is refused after %s', (_case, query) => {
  expect(() => receive(query)).toThrow(
    refusal('SAML_SIGNATURE', 'the signature does not verify with any of 1 trusted keys'),
  )
})

test.each([
  ['an unknown URI', 'urn%3Aanything%23sha256', 'urn:anything#sha256'],
  ['a short name', 'RSA-SHA256', 'RSA-SHA256'],
  ['nothing', '', ''],
])('a SigAlg is not supported: %s', (_case, written, shown) => {
  expect(() => receive(relayed.replace(/SigAlg=[^&]*/, `SigAlg=${written}`))).toThrow(
    refusal('SAML_ALGORITHM', `the signature algorithm [${shown}] is not supported`),
  )
})

test('SHA-1 is too weak by default', () => {
  const rsaSha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
  expect(() => receive(relayed.replace(/SigAlg=[^&]*/, `SigAlg=${encodeURIComponent(rsaSha1)}`))).toThrow(
    refusal('SAML_ALGORITHM', `the signature algorithm [${rsaSha1}] is too weak to be believed`),
  )
})

test.each([
  ['Signature is missing', relayed.replace(/&Signature=.*/, ''), 'Signature'],
  ['Signature is empty', relayed.replace(/&Signature=.*/, '&Signature='), 'Signature'],
  ['SigAlg is missing', relayed.replace(/&SigAlg=[^&]*/, ''), 'SigAlg'],
])('a message that is signed only in part is refused: %s', (_case, query, missing) => {
  expect(() => receive(query)).toThrow(
    refusal('SAML_UNSIGNED', `the query string is signed only in part: ${missing} is missing or empty`),
  )
})

test.each([
  ['behind', `${relayed}&SAMLRequest=${evil}`, 'SAMLRequest'],
  ['before', `SAMLRequest=${evil}&${relayed}`, 'SAMLRequest'],
  ['RelayState', `${relayed}&RelayState=evil`, 'RelayState'],
  ['SigAlg', `${relayed}&SigAlg=x`, 'SigAlg'],
  ['Signature', `Signature=AAAA&${relayed}`, 'Signature'],
])('a parameter that occurs twice is refused: %s', (_case, query, name) => {
  expect(() => receive(query)).toThrow(refusal('SAML_QUERY_AMBIGUOUS', `the parameter ${name} occurs more than once`))
})

test.each([
  ['before the literal one', `SAMLRequ%65st=${evil}&${relayed}`, 'SAMLRequest'],
  ['behind the literal one', `${relayed}&SAMLRequ%65st=${evil}`, 'SAMLRequest'],
  ['instead of the literal one', relayed.replace('SAMLRequest', '%53AMLRequest'), 'SAMLRequest'],
  ['as the other kind of message', `${relayed}&SAMLRespons%65=${evil}`, 'SAMLResponse'],
  ['RelayState', `${plain}&RelaySt%61te=evil`, 'RelayState'],
  ['SigAlg', relayed.replace('SigAlg', 'Sig%41lg'), 'SigAlg'],
])('a parameter whose name is spelled with escapes is refused: %s', (_case, query, name) => {
  expect(() => receive(query)).toThrow(refusal('SAML_QUERY_AMBIGUOUS', `the parameter ${name} is spelled with escapes`))
})

test.each([
  ['request first', `${relayed}&SAMLResponse=${evil}`],
  ['response first', `SAMLResponse=${evil}&${relayed}`],
])('a request and a response together are refused: %s', (_case, query) => {
  expect(() => receive(query)).toThrow(
    refusal('SAML_QUERY_AMBIGUOUS', 'the query string has both a SAMLRequest and a SAMLResponse'),
  )
})

test.each([
  ['nothing', ''],
  ['other parameters', 'RelayState=x&foo=bar'],
  ['a name in another case', `samlrequest=${evil}`],
  ['a leading question mark', `?SAMLRequest=${evil}`],
])('a query string without a message is refused: %s', (_case, query) => {
  expect(() => receive(query)).toThrow(
    refusal('SAML_MESSAGE_MISSING', 'the query string has neither a SAMLRequest nor a SAMLResponse'),
  )
})

test.each([
  [
    'a fragment',
    `${relayed}#&SAMLRequest=${evil}`,
    'SAML_QUERY_MALFORMED',
    'the query string holds a character that a URL cannot carry',
  ],
  [
    'a semicolon before a second message',
    `SAMLRequest=${evil};${relayed}`,
    'SAML_BASE64',
    'Illegal base64 character 3b',
  ],
  [
    'another encoding of the message',
    `${relayed}&SAMLEncoding=urn:x`,
    'SAML_QUERY_MALFORMED',
    'the SAMLEncoding [urn:x] is not supported',
  ],
  ['an empty message', 'SAMLRequest=', 'SAML_DEFLATE', 'the message is not raw DEFLATE: unexpected end of file'],
  [
    'a plus that was not escaped and so means a blank',
    plain.replace('SAMLRequest=', 'SAMLRequest=+'),
    'SAML_BASE64',
    'Illegal base64 character 20',
  ],
] as const)('%s is refused', (_case, query, code, message) => {
  expect(() => receive(query)).toThrow(refusal(code, message))
})

function attempt<T>(action: () => T): T | Error {
  try {
    return action()
  } catch (error) {
    return error as Error
  }
}

test('any change of one byte of a signed query is refused or changes nothing', () => {
  const place = fc.nat({ max: relayed.length - 1 })
  const octet = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code))
  fc.assert(
    fc.property(place, octet, (index, replacement) => {
      const changed = relayed.slice(0, index) + replacement + relayed.slice(index + 1)
      const outcome = attempt(() => receive(changed))
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(SamlError)
      else expect(outcome).toEqual(receive(relayed))
    }),
    { numRuns: 1000 },
  )
})
