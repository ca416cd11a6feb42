import { expect, test } from 'vitest'
import { encodeRedirectQuery } from '#saml/bindings/redirect-query'
import { writeSoap } from '#saml/bindings/soap'
import { settableClock } from '#server/clock'
import { createJournal } from '#server/journal/journal'
import type { Seen } from '#server/journal/seen'
import type { Idp } from '../../idp/index.ts'
import { createDescriber } from './describe-entry.ts'

const idp = { entityId: 'http://idp.test/metadata' } as Idp
const describer = createDescriber({ idp, partners: new Map() })
const clock = settableClock('2031-05-04T12:00:00Z')

function describe(seen: Seen, party = 'es') {
  const journal = createJournal(undefined, clock)
  journal.of(party, clock).note(seen)
  const [entry] = journal.since()
  if (entry === undefined) throw new TypeError('nothing was noted')
  return describer.describe(entry)
}

const protocol = 'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
const logoutRequest = `<samlp:LogoutRequest ${protocol} ID="_1" Version="2.0"><saml:Issuer>http://idp.test/metadata</saml:Issuer><saml:NameID>alice</saml:NameID><samlp:SessionIndex>_a</samlp:SessionIndex><samlp:SessionIndex>_b</samlp:SessionIndex></samlp:LogoutRequest>`
const response = `<samlp:Response ${protocol} ID="_2" InResponseTo="_0"><saml:Issuer>urn:other</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:PartialLogout"/></samlp:StatusCode></samlp:Status><saml:Assertion><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384"/></ds:SignedInfo></ds:Signature><saml:Subject><saml:NameID>bob</saml:NameID></saml:Subject><saml:AuthnStatement SessionIndex="_s"/></saml:Assertion></samlp:Response>`

const read = {
  ...{ from: 'idp', id: '_1', inResponseTo: null, nameId: 'alice', sessionIndexes: ['_a', '_b'], status: [] },
  document: logoutRequest,
}
const refusal = { code: 'SAML_SIGNATURE', message: 'no' }
const received = { what: 'LogoutRequest', direction: 'received', accepted: false, refusal } as const
const query = encodeRedirectQuery({ kind: 'SAMLRequest', document: logoutRequest })
const algorithm = encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')
const posted = new URLSearchParams({ SAMLRequest: Buffer.from(logoutRequest).toString('base64'), RelayState: 'r' })

test.each([
  [
    'redirect',
    { method: 'GET', url: `http://sp.test/slo?a=b&${query}&SigAlg=${algorithm}&Signature=x` },
    { state: 'notChecked', algorithm: 'rsa-sha256' },
  ],
  ['redirect', { method: 'GET', url: `http://sp.test/slo?${query}` }, { state: 'none', algorithm: null }],
  ['post', { method: 'POST', url: 'http://sp.test/slo', body: String(posted) }, { state: 'none', algorithm: null }],
  ['soap', { method: 'POST', url: '/slo', body: writeSoap(logoutRequest) }, { state: 'none', algorithm: null }],
] as const)('what the reader could not say is read from what came by %s', (binding, wire, signature) => {
  const entry = describe({ ...received, binding, wire })
  // An envelope declares its namespaces around the message.
  const document = binding === 'soap' ? expect.stringContaining('<samlp:LogoutRequest') : logoutRequest
  expect(entry).toMatchObject({ ...read, document, signature, accepted: false })
  expect(entry.refusal).toEqual({ ...refusal, expected: null, actual: null })
})

test('a Response tells of its first Assertion, and of the first signature in it', () => {
  const document = Buffer.from(response)
  expect(describe({ what: 'Response', direction: 'sent', document })).toMatchObject({
    ...{ from: 'urn:other', id: '_2', inResponseTo: '_0', nameId: 'bob', sessionIndexes: ['_s'] },
    ...{ status: ['Responder', 'PartialLogout'], document: response },
    signature: { state: 'notChecked', algorithm: 'ecdsa-sha384' },
  })
})

test('what is in hand is believed over the document', () => {
  const signature = { state: 'valid', algorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512' } as const
  const inHand = { id: '_9', nameId: 'x', sessionIndexes: [], from: 'http://idp.test/metadata', to: 'urn:one' }
  expect(describe({ ...received, ...inHand, document: logoutRequest, signature })).toMatchObject({
    ...{ ...inHand, from: 'idp' },
    signature: { state: 'valid', algorithm: 'rsa-sha512' },
  })
})

test('who wrote or read is ours where the message does not say', () => {
  expect(describe({ what: 'LogoutRequest', direction: 'sent', document: '<x/>' }, 'idp').from).toBe('idp')
  expect(describe({ what: 'LogoutRequest', direction: 'received', document: '<x/>' }, 'idp').to).toBe('idp')
  expect(describe({ what: 'call', direction: 'received', from: 'app', to: 'es' })).toMatchObject({
    ...{ from: 'app', to: 'es', id: null, document: null, signature: null, status: [] },
  })
})

test.each([
  ['nothing', {}],
  ['no base64', { binding: 'post', wire: { method: 'POST', url: '/', body: 'SAMLRequest=%%%' } }],
  ['no DEFLATE', { binding: 'redirect', wire: { method: 'GET', url: '/?SAMLRequest=AAAA' } }],
  ['no query', { binding: 'redirect', wire: { method: 'GET', url: '/' } }],
  ['no envelope', { binding: 'soap', wire: { method: 'POST', url: '/', body: '<x/>' } }],
  ['no body', { binding: 'soap', wire: { method: 'POST', url: '/' } }],
] as const)('what cannot be read is null: %s', (_what, seen) => {
  expect(describe({ what: 'LogoutRequest', direction: 'received', ...seen })).toMatchObject({
    ...{ id: null, from: null, nameId: null, sessionIndexes: [], document: null },
    signature: { state: 'notChecked', algorithm: null },
  })
})

test.each(['', 'no XML', '<a', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '\u0000', Buffer.from([0xff, 0x3c])])(
  'a document that is no XML is shown and not read: %j',
  (document) => {
    const entry = describe({ what: 'LogoutResponse', direction: 'received', document })
    expect([entry.id, entry.status, typeof entry.document]).toEqual([null, [], 'string'])
  },
)

test('a clock that stands where no calendar reaches is told all the same', () => {
  clock.set(1e20)
  const { at } = describe({ what: 'call' })
  clock.set(Date.parse('2031-05-04T12:00:00Z'))
  expect(at).toBe('100000000000000000000')
})
