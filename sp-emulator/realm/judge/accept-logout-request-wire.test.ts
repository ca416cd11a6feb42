import { deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { refusal } from '#saml/refusals.test-support'
import { carry, logoutQuery, logoutRequest, signed, testRealm } from '../test-realm.test-support.ts'

const accept = (query: string) => testRealm().realm.acceptLogoutRequest(query)
const noSession = { sessionIndexes: [] }

test('case 7: base64 that is broken into lines before it is signed is accepted', () => {
  const base64 = decodeURIComponent(carry(logoutRequest()).slice('SAMLRequest='.length))
  const lines = base64.replace(/.{48}/g, '$&\n')
  expect(accept(signed(`SAMLRequest=${encodeURIComponent(lines)}`)).id).toBe('_request1')
})

test('case 115: a question mark in front hides the message', () => {
  const query = `?${logoutQuery()}`
  expect(() => accept(query)).toThrow(
    refusal('SAML_MESSAGE_MISSING', `Could not parse SAMLRequest from query string: [${query}]`),
  )
})

test('case 117: the alphabet of URLs is not base64', () => {
  expect(() => accept(signed('SAMLRequest=ab-_'))).toThrow(
    expect.objectContaining({
      code: 'SAML_BASE64',
      message: 'SAML message cannot be Base64 decoded',
      facts: { causedBy: { type: 'illegal_argument_exception', reason: 'Illegal base64 character 2d' } },
    }),
  )
})

test.each([
  ['zlib', deflateSync(logoutRequest()), 'zip_exception'],
  ['gzip', gzipSync(logoutRequest()), 'zip_exception'],
  ['plain XML', Buffer.from(logoutRequest()), 'zip_exception'],
  [
    'a message cut short',
    Buffer.from(decodeURIComponent(carry(logoutRequest())).slice(12), 'base64').subarray(0, 99),
    'e_o_f_exception',
  ],
  ['nothing', Buffer.alloc(0), 'e_o_f_exception'],
])('only raw DEFLATE can be inflated, not %s', (_case, octets, type) => {
  const query = signed(`SAMLRequest=${encodeURIComponent(octets.toString('base64'))}`)
  expect(() => accept(query)).toThrow(
    expect.objectContaining({
      code: 'SAML_DEFLATE',
      message: 'SAML message cannot be inflated',
      facts: { causedBy: { type, reason: expect.any(String) } },
    }),
  )
})

test('what stands behind the DEFLATE stream is ignored', () => {
  const octets = Buffer.from(decodeURIComponent(carry(logoutRequest())).slice(12), 'base64')
  const longer = Buffer.concat([octets, Buffer.from('more')]).toString('base64')
  expect(accept(signed(`SAMLRequest=${encodeURIComponent(longer)}`)).id).toBe('_request1')
})

test.each([
  ['a DOCTYPE', (xml: string) => xml.replace('?>', '?><!DOCTYPE x>')],
  ['a processing instruction', (xml: string) => xml.replace('alice', 'ali<?x y?>ce')],
  ['a second root', (xml: string) => `${xml}<x/>`],
  ['text behind the root', (xml: string) => `${xml}x`],
  ['no name at all', (xml: string) => xml.replace(/<saml2:NameID.*?<\/saml2:NameID>/, '')],
  ['two names', (xml: string) => xml.replace(/<saml2:NameID.*?<\/saml2:NameID>/, '$&$&')],
  [
    'an abstract BaseID',
    (xml: string) => xml.replaceAll('saml2:NameID', 'saml2:BaseID').replace(/ Format="[^"]*"/, ''),
  ],
  ['an unknown attribute', (xml: string) => xml.replace(' ID=', ' Unknown="1" ID=')],
  ['an ID that begins with a digit', (xml: string) => xml.replace('_request1', '1request')],
  ['a date that is none', (xml: string) => xml.replace('2031-05-04T', '2031-02-30T')],
  ['a root without a namespace', (xml: string) => xml.replaceAll('saml2p:', '').replace(/ xmlns:saml2p="[^"]*"/, '')],
])('a document with %s cannot be parsed', (_case, change) => {
  expect(() => accept(signed(carry(change(logoutRequest()))))).toThrow(
    expect.objectContaining({
      message: 'Failed to parse SAML message',
      facts: { causedBy: { type: 's_a_x_parse_exception', reason: expect.any(String) } },
    }),
  )
})

// cases/robustness N1
test('a RelayState behind the signature is read although nobody signed it', () => {
  expect(accept(`${signed(carry(logoutRequest()))}&RelayState=later`).relayState).toBe('later')
})

test('octets that are no UTF-8 cannot be parsed', () => {
  const query = signed(carry(Buffer.from(logoutRequest({ nameId: { value: 'zoë' } }), 'latin1')))
  expect(() => accept(query)).toThrow(refusal('SAML_ENCODING', 'Failed to parse SAML message'))
})

test('another message than a LogoutRequest is refused by its root', () => {
  const other = logoutRequest({ nameId: undefined, ...noSession }).replaceAll('LogoutRequest', 'AuthnRequest')
  const reason =
    'SAML content [[saml2p:AuthnRequest: null]] should have a root element of Namespace=[urn:oasis:names:tc:SAML:2.0:protocol] Tag=[LogoutRequest]'
  expect(() => accept(signed(carry(other)))).toThrow(refusal('SAML_ROOT', reason))
})
