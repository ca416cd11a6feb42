import { expect, test } from 'vitest'
import { idp } from '../credentials.test-support.ts'
import { judgeQuerySignature } from '../oracles.test-support.ts'
import { document, lowerCaseEscapes, receive, signedQuery } from './redirect.test-support.ts'
import { buildRedirectUrl } from './redirect.ts'

const draft = { destination: 'https://sp.test/slo', kind: 'SAMLRequest', document } as const

const relayed = await signedQuery({ relayState: 'where next?' })
const accepted = { kind: 'SAMLRequest', document, relayState: 'where next?', signed: true }

test('what is built is received with its RelayState', () => {
  expect(receive(relayed)).toEqual(accepted)
})

test('an unsigned message is received as unsigned', async () => {
  const query = await signedQuery({ signWith: undefined, kind: 'SAMLResponse' })
  expect(receive(query)).toEqual({ kind: 'SAMLResponse', document, relayState: undefined, signed: false })
})

test('C057, C058 the parameters are in the order of the binding', () => {
  expect(relayed.split('&').map((raw) => raw.slice(0, raw.indexOf('=')))).toEqual([
    'SAMLRequest',
    'RelayState',
    'SigAlg',
    'Signature',
  ])
})

test.each([
  ['https://sp.test/slo', 'https://sp.test/slo?SAMLRequest='],
  ['https://sp.test/slo?', 'https://sp.test/slo?SAMLRequest='],
  ['https://sp.test/slo?a=b', 'https://sp.test/slo?a=b&SAMLRequest='],
  ['https://sp.test/slo?a=b&', 'https://sp.test/slo?a=b&SAMLRequest='],
])('C051 the query of a destination is kept: %s', async (destination, beginning) => {
  expect((await buildRedirectUrl({ ...draft, destination })).startsWith(beginning)).toBe(true)
})

test('C058 openssl verifies what is signed here', async () => {
  const publicKey = idp.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const tampered = relayed.replace('RelayState=w', 'RelayState=W')
  expect(await judgeQuerySignature(relayed, publicKey)).toMatchObject({ accepted: true })
  expect(await judgeQuerySignature(tampered, publicKey)).toMatchObject({ accepted: false })
})

test('what a browser does to an address leaves every signed octet as it is', async () => {
  const relayState = ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~é\u2028'
  const url = await buildRedirectUrl({ ...draft, relayState, signWith: idp })
  expect(new URL(url).href).toBe(url)
  expect(receive(new URL(url).search.slice(1)).relayState).toBe(relayState)
})

test('C059 escapes in lower case are accepted when they were signed so', async () => {
  const query = await signedQuery({ relayState: 'a+b/c', escapeWith: lowerCaseEscapes })
  expect(query).toContain('RelayState=a%2bb%2fc')
  expect(receive(query)).toMatchObject({ relayState: 'a+b/c', signed: true })
})

test.each([
  ['with SAMLRequest= and &Signature= in RelayState', 'x&SAMLRequest=y&SigAlg=z&Signature=w'],
  ['with an empty RelayState', ''],
])('a signed message is accepted %s', async (_case, relayState) => {
  expect(receive(await signedQuery({ relayState }))).toMatchObject({ relayState, signed: true })
})

test.each([
  ['reversed', relayed.split('&').reverse().join('&')],
  ['followed by others', `${relayed}&foo=bar&`],
  ['preceded by others', `x=1&${relayed}`],
  [
    'with the encoding named',
    `${relayed}&SAMLEncoding=urn%3Aoasis%3Anames%3Atc%3ASAML%3A2.0%3Abindings%3AURL-Encoding%3ADEFLATE`,
  ],
])('the signed octets are put into the order of the binding when parameters come %s', (_case, query) => {
  expect(receive(query)).toEqual(accepted)
})
