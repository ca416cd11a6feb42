import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decryptWithXmlsec, judgeSchemas } from '#saml/oracles.test-support'
import { type Kind, mint, mintQuery, orders, rawOf, sloUrl } from './changes.test-support.ts'

/** The XML on the wire: inflated by node:zlib, or out of the form. */
async function wireOf(kind: Kind, change: Readonly<Record<string, unknown>>): Promise<string> {
  if (kind !== 'Response') {
    const parameters = await mintQuery(kind, { ...change })
    const raw = rawOf(parameters, kind === 'LogoutRequest' ? 'SAMLRequest' : 'SAMLResponse') ?? ''
    return inflateRawSync(Buffer.from(decodeURIComponent(raw), 'base64')).toString()
  }
  const minted = await mint(kind, change)
  if (minted.binding !== 'post') throw new Error('a Response goes by POST')
  return Buffer.from(minted.form.fields['SAMLResponse'] ?? '', 'base64').toString()
}

type Case = readonly [kind: Kind, change: object, has: string | RegExp, not: string | RegExp]

const location = sloUrl('redirect')
const nothing = /^$/
const succeeded = 'urn:oasis:names:tc:SAML:2.0:status:Success'

/** Written by hand: what stands in the message, and what does not any more. */
const cases: readonly Case[] = [
  ['LogoutRequest', { nameId: 'none' }, '<saml2p:SessionIndex', 'NameID'],
  ['LogoutRequest', { nameId: 'base' }, '<saml2:BaseID xmlns:saml2="urn', 'NameID>'],
  ['LogoutRequest', { nameId: 'shared' }, />shared<\/saml2:NameID>/, 'alice'],
  ['LogoutRequest', { nameId: { value: 'alter' } }, '>alice-other</saml2:NameID>', nothing],
  ['LogoutRequest', { nameId: { value: 'omit' } }, /<saml2:NameID [^>]*\/>/, 'alice'],
  [
    'LogoutRequest',
    { nameId: { format: 'omit' } },
    /<saml2:NameID [^>]*NameQualifier="urn:idp"[^>]*>alice</,
    'Format=',
  ],
  ['LogoutRequest', { nameId: { format: 'alter' } }, 'nameid-format:persistent"', 'transient'],
  ['LogoutRequest', { nameId: { nameQualifier: 'omit' } }, 'nameid-format:transient"', 'NameQualifier'],
  ['LogoutRequest', { nameId: { spNameQualifier: { value: 'urn:x' } } }, 'SPNameQualifier="urn:x"', nothing],
  ['LogoutRequest', { nameId: { spProvidedId: 'alter' } }, 'SPProvidedID="sloop-other"', nothing],
  ['Response', { nameId: { value: { value: 'bob' } } }, '>bob</saml2:NameID>', 'alice'],
  ['LogoutRequest', { sessionIndex: 'none' }, '>alice</', 'SessionIndex'],
  ['LogoutRequest', { sessionIndex: 'wrong' }, '<saml2p:SessionIndex>_wrong<', '_s1'],
  ['LogoutRequest', { sessionIndex: 'empty' }, '<saml2p:SessionIndex/>', '_s1'],
  [
    'LogoutRequest',
    { sessionIndex: { list: ['_b', '_a'] } },
    />_b<\/saml2p:SessionIndex><saml2p:SessionIndex>_a</,
    '_s1',
  ],
  ['Response', { sessionIndex: 'none' }, '<saml2:AuthnStatement', 'SessionIndex'],
  ['Response', { sessionIndex: 'shared' }, 'SessionIndex="_shared"', '_s1'],
  [
    'LogoutResponse',
    { status: ['Responder', 'PartialLogout'] },
    /status:Responder"><saml2p:StatusCode Value="[^"]*status:PartialLogout"\/>/,
    succeeded,
  ],
  ['LogoutResponse', { status: ['urn:own'] }, '<saml2p:StatusCode Value="urn:own"/>', succeeded],
  ['LogoutResponse', { status: 'misspelt' }, 'status:Succes"', succeeded],
  ['LogoutResponse', { status: 'none' }, '</saml2:Issuer></saml2p:LogoutResponse>', 'Status'],
  ['LogoutResponse', { inResponseTo: 'none' }, succeeded, 'InResponseTo'],
  ['LogoutResponse', { inResponseTo: 'wrong' }, 'InResponseTo="_wrong"', '_r1'],
  ['LogoutResponse', { inResponseTo: 'literal' }, 'InResponseTo="{InResponseTo}"', '_r1'],
  [
    'Response',
    { inResponseTo: { value: '_x' } },
    /<saml2p:Response [^>]*InResponseTo="_x"[\s\S]*<saml2:SubjectConfirmationData [^>]*InResponseTo="_x"/,
    '_r1',
  ],
  ['LogoutRequest', { destination: 'none' }, 'IssueInstant', 'Destination'],
  ['LogoutRequest', { destination: 'trailingSlash' }, `Destination="${location}/"`, nothing],
  ['LogoutRequest', { destination: 'otherScheme' }, 'Destination="http://orders.test:8443/slo/redirect"', nothing],
  ['LogoutRequest', { destination: 'otherPort' }, 'Destination="https://orders.test:8444/slo/redirect"', nothing],
  ['LogoutRequest', { destination: 'otherCase' }, 'Destination="HTTPS://ORDERS.TEST:8443/SLO/REDIRECT"', nothing],
  ['LogoutRequest', { destination: 'withQuery' }, `Destination="${location}?extra=1"`, nothing],
  ['LogoutRequest', { destination: 'otherServiceProvider' }, 'Destination="https://reports.test/slo"', nothing],
  ['LogoutResponse', { destination: { value: 'urn:x' } }, 'Destination="urn:x"', nothing],
  ['LogoutRequest', { issuer: 'none' }, '<saml2:NameID', 'Issuer'],
  ['LogoutRequest', { issuer: 'otherPort' }, '>http://idp.localhost:7071/metadata</saml2:Issuer>', ':7070'],
  ['LogoutRequest', { issuer: 'otherServiceProvider' }, '>https://reports.test</saml2:Issuer>', ':7070'],
  ['Response', { issuer: { value: 'urn:x' } }, /(>urn:x<\/saml2:Issuer>[\s\S]*){2}/, '/metadata</saml2:Issuer>'],
  ['LogoutRequest', { id: 'digit' }, / ID="1_/, nothing],
  ['LogoutRequest', { id: 'repeated' }, ' ID="_repeated"', nothing],
  [
    'LogoutRequest',
    { issueInstant: 'noMilliseconds' },
    'IssueInstant="2031-05-04T12:00:00Z"',
    'IssueInstant="2031-05-04T12:00:00.000',
  ],
  ['LogoutRequest', { issueInstant: 'noZone' }, 'IssueInstant="2031-05-04T12:00:00.000"', nothing],
  ['LogoutRequest', { issueInstant: 'offset' }, 'IssueInstant="2031-05-04T14:00:00.000+02:00"', nothing],
  [
    'Response',
    { issueInstant: { shiftMs: -86_400_000 } },
    /(IssueInstant="2031-05-03T12:00:00.000Z"[\s\S]*){2}/,
    nothing,
  ],
  ['LogoutRequest', { notOnOrAfter: 'none' }, 'Reason=', 'NotOnOrAfter'],
  ['LogoutRequest', { notOnOrAfter: { shiftMs: -600_000 } }, 'NotOnOrAfter="2031-05-04T11:55:00.000Z"', nothing],
  ['LogoutRequest', { notOnOrAfter: 'noZone' }, 'NotOnOrAfter="2031-05-04T12:05:00.000"', nothing],
  ['Response', { notOnOrAfter: 'none' }, '<saml2:Conditions NotBefore=', / NotOnOrAfter=/],
  ['LogoutRequest', { xml: 'extraAttribute' }, / Unknown="1">/, nothing],
  ['LogoutRequest', { xml: 'wrongOrder' }, '</saml2:Issuer></saml2p:LogoutRequest>', nothing],
  ['LogoutRequest', { xml: 'doctype' }, '?><!DOCTYPE saml2p:LogoutRequest><saml2p:LogoutRequest', nothing],
  ['LogoutRequest', { xml: 'comment' }, '><!-- a comment --><saml2:Issuer', nothing],
  [
    'LogoutRequest',
    { xml: 'wrongRoot' },
    /\?><saml2p:AuthnRequest [^>]* ID="_[^>]*><saml2:Issuer[^>]*>[^<]*<\/saml2:Issuer><\/saml2p:AuthnRequest>$/,
    'alice',
  ],
  ['Response', { xml: 'wrongRoot' }, /<saml2p:LogoutResponse [\s\S]*<\/saml2p:LogoutResponse>$/, 'saml2p:Response'],
  ['LogoutRequest', { xml: 'processingInstruction' }, '><?sloop instruction?><saml2:Issuer', nothing],
]

test.each(cases)('a %s with %j says so on the wire, and says what is right no more', async (kind, change, has, not) => {
  const document = await wireOf(kind, { ...change })
  expect(document).toMatch(has)
  expect(document).not.toMatch(not)
})

/** What each does to the schema; the others leave it as it was. */
const invalid = [
  { nameId: 'none' },
  { nameId: 'base' },
  { status: 'none' },
  { inResponseTo: 'literal' },
  { id: 'digit' },
  { xml: 'extraAttribute' },
  { xml: 'wrongOrder' },
  { xml: 'wrongRoot' },
]

test('xmllint finds those invalid that break the schema of OASIS, and no others', async () => {
  // An Issuer at the end of a Response stands behind its Assertions; BaseID is abstract.
  const documents = await Promise.all(cases.map(([kind, change]) => wireOf(kind, { ...change })))
  const verdicts = await judgeSchemas(documents, 'protocol')
  const refused = cases.filter((_case, index) => verdicts[index] === false).map(([, change]) => change)
  expect(refused).toEqual(invalid)
})

test('an encrypted NameID is opened by xmlsec1 with the key of the service provider, and names the same user', async () => {
  const document = await wireOf('LogoutRequest', { nameId: 'encrypted' })
  expect(document).not.toContain('alice')
  const [, sealed = ''] = /<saml2:EncryptedID[^>]*>([\s\S]*)<\/saml2:EncryptedID>/.exec(document) ?? []
  const opened = await decryptWithXmlsec(sealed, orders.credential.privateKeyPem)
  expect(opened).toMatch(/^<saml2:NameID .*Format="[^"]*transient" NameQualifier="urn:idp">alice<\/saml2:NameID>$/)
})

test.each([
  ['none', undefined],
  ['empty', ''],
  ['tooLong', `r${'x'.repeat(80)}`],
  ['nonAscii', 'Gr%C3%BC%C3%9Fe%20%E2%98%83'],
  [{ value: '<&' }, '%3C%26'],
])('RelayState %j is sent as it says, beneath a right signature', async (relayState, raw) => {
  expect(rawOf(await mintQuery('LogoutRequest', { relayState }, { relayState: 'r' }), 'RelayState')).toBe(raw)
})
