import { beforeAll, expect, test } from 'vitest'
import { writeSoap } from '#saml/bindings/soap'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import type { Presented } from '#saml/rules/presented'
import {
  changed,
  documentOf,
  good,
  message,
  otherMessage,
  rawDocument,
  requestOf,
  type Scene,
  signedElsewhere,
  signedWith,
  slo,
} from '../routes/logout-request.test-support.ts'
import { makeSp, noon } from '../sp.test-support.ts'
import { logIn, makeWorld } from '../world.test-support.ts'
import { addresses, bothFaces, inQuery } from './both-faces.test-support.ts'

const world = await makeWorld({ tolerate: [] })
const stale = await makeSp('stale', { validUntil: noon + 1 } as Partial<SpMetadata>)
const careful = await makeSp('careful', { authnRequestsSigned: true })
for (const { metadata } of [stale, careful]) world.idp.trust(metadata)
let scene: Scene
beforeAll(async () => {
  scene = { ...world, login: await logIn(world.browser, world.orders) }
})

type Make = (scene: Scene) => string | Presented | Promise<string | Presented>
type Row = [rule: string, make: Make, expected: unknown, actual: unknown]

const minute = 60_000
const unreadable = 'one well-formed XML 1.0 document without DOCTYPE and processing instructions'
const trusted = 'a signature that a key in the metadata of the sender made over exactly what arrived'
const once = 'each parameter of the binding at most once, spelled literally'
const stranger = 'the signature does not verify with any of 1 trusted keys'
const sha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'
const known = expect.arrayContaining(['https://orders.test', 'https://reports.test'])
const nobodySigns = { signWith: 'nobody' } as const
const asked =
  (given = {}, how = {}) =>
  ({ orders }: Scene) =>
    orders.redirect(requestOf(scene, given), how)

const ofLogoutRequest: Row[] = [
  ['shortQuery', () => `${slo}?SAMLRequest=${'A'.repeat(70_000)}`, 'at most 65536', 70_012],
  [
    'wellFormedQuery',
    () => `${slo}?SAMLRequest=%zz`,
    'printable ASCII with whole escapes',
    'the query string holds a broken escape in [%zz]',
  ],
  [
    'eachParameterOnce',
    async (it) => `${await good(it)}&SAMLRequest=x`,
    once,
    'the parameter SAMLRequest occurs more than once',
  ],
  [
    'carriesAMessage',
    () => `${slo}?a=b`,
    'one SAML message',
    'the query string has neither a SAMLRequest nor a SAMLResponse',
  ],
  [
    'carriesOneMessage',
    async (it) => `${await good(it)}&SAMLResponse=x`,
    once,
    'the query string has both a SAMLRequest and a SAMLResponse',
  ],
  [
    'knownEncoding',
    async (it) => `${await good(it)}&SAMLEncoding=x`,
    'printable ASCII with whole escapes',
    'the SAMLEncoding [x] is not supported',
  ],
  [
    'base64',
    () => `${slo}?SAMLRequest=a_b-`,
    'standard base64',
    'the message is not base64: Illegal base64 character 5f',
  ],
  [
    'deflated',
    (it) => `${slo}?SAMLRequest=${message(documentOf(it))}`,
    'one raw DEFLATE stream (RFC 1951)',
    expect.stringContaining('the message is not raw DEFLATE'),
  ],
  ['deflated', () => rawDocument(' '.repeat(300_000)), null, 'the message inflates to more than 262144 bytes'],
  [
    'wholeSignature',
    async (it) => (await good(it)).replace(/&Signature=.*/, ''),
    'a signature',
    'the query string is signed only in part: Signature is missing or empty',
  ],
  ['wellFormedXml', () => rawDocument('hello'), unreadable, expect.stringContaining('not well-formed')],
  [
    'allowedBySchema',
    changed((xml) => xml.replace('Version=', 'Wersion=')),
    'a message that the OASIS schemas allow',
    expect.any(String),
  ],
  ['expectedMessage', otherMessage, 'LogoutRequest', 'AuthnRequest'],
  [
    'namesItsIssuer',
    asked({ issuer: undefined }),
    'the entity id of the sender as Issuer',
    'the LogoutRequest names no Issuer',
  ],
  [
    'issuerIsAnEntity',
    changed((xml) => xml.replace('<saml2:Issuer ', '<saml2:Issuer Format="urn:test:other" ')),
    'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
    'urn:test:other',
  ],
  [
    'knownIssuer',
    (it) => it.stranger.redirect(it.stranger.logoutRequest({ nameId: it.login.nameId })),
    known,
    'https://stranger.test',
  ],
  ['signed', asked({}, nobodySigns), 'SigAlg and Signature', 'neither'],
  [
    'strongAlgorithms',
    (it) => signedWith(it, sha1, 'sha1')(it),
    'RSA or ECDSA with SHA-256, SHA-384 or SHA-512',
    `the signature algorithm [${sha1}] is too weak to be believed (tolerate: [weakAlgorithms] would let it pass)`,
  ],
  ['signedByItsIssuer', (it) => asked({}, { signWith: it.stranger.credential })(it), trusted, stranger],
  ['ownDestination', (it) => signedElsewhere(it, 'https://other.test/slo'), slo, 'https://other.test/slo'],
  ['ownDestination', asked({ destination: undefined }), slo, null],
  ['supportedVersion', asked({ version: '2.1' }), '2.0', '2.1'],
  [
    'notExpired',
    asked({ notOnOrAfter: noon - 4 * minute }),
    'before 2031-05-04T11:56:00.000Z',
    '2031-05-04T12:00:00.000Z',
  ],
  [
    'notFromTheFuture',
    asked({ issueInstant: noon + 4 * minute }),
    '2031-05-04T12:00:00.000Z',
    '2031-05-04T12:04:00.000Z',
  ],
  ['notStale', asked({ issueInstant: noon - 14 * minute }), 'within 10 minutes', '2031-05-04T12:00:00.000Z'],
  ['shortRelayState', asked({}, { relayState: 'r'.repeat(81) }), 'at most 80 octets', '81 octets'],
  ['namesASession', asked({ sessionIndexes: ['_other'] }), null, expect.any(String)],
  [
    'namesItExactly',
    (it) => asked({ nameId: { ...it.login.nameId, spNameQualifier: 'x' } })(it),
    expect.stringContaining('SPNameQualifier'),
    expect.stringContaining('SPNameQualifier x'),
  ],
  ['carriesAMessage', () => ({ carrier: 'form', fields: {} }), 'one SAML message', 'the form has no SAMLRequest'],
  [
    'carriesOneMessage',
    () => ({ carrier: 'form', fields: { SAMLRequest: 'a', SAMLResponse: 'b' } }),
    once,
    'the form has both a SAMLRequest and a SAMLResponse',
  ],
  [
    'base64',
    () => ({ carrier: 'form', fields: { SAMLRequest: 'a_b-' } }),
    'standard base64',
    'the message is not base64: Illegal base64 character 5f',
  ],
  [
    'oneMessageInAnEnvelope',
    () => ({ carrier: 'document', document: writeSoap('') }),
    'exactly one',
    expect.any(String),
  ],
  [
    'signed',
    (it) => ({ carrier: 'document', document: writeSoap(writeLogoutRequest(requestOf(it))) }),
    'SigAlg and Signature',
    'neither',
  ],
]

const login =
  (given = {}, how: Parameters<typeof world.orders.redirect>[1] = nobodySigns) =>
  ({ orders }: Scene) =>
    orders.redirect(orders.authnRequest(given), how)

const ofAuthnRequest: Row[] = [
  [
    'carriesARequest',
    async (it) => (await login()(it)).replace('SAMLRequest', 'SAMLResponse'),
    'one SAML message',
    'there is no SAMLRequest, but a SAMLResponse',
  ],
  ['expectedMessage', (it) => asked({ destination: addresses.sso })(it), 'AuthnRequest', 'LogoutRequest'],
  ['knownIssuer', (it) => it.stranger.redirect(it.stranger.authnRequest()), known, 'https://stranger.test'],
  [
    'strongAlgorithms',
    async (it) =>
      (await login({}, {})(it)).replace('2001%2F04%2Fxmldsig-more%23rsa-sha256', '2000%2F09%2Fxmldsig%23rsa-sha1'),
    'RSA or ECDSA with SHA-256, SHA-384 or SHA-512',
    expect.stringContaining('too weak'),
  ],
  ['signedByItsIssuer', (it) => login({}, { signWith: it.stranger.credential })(it), trusted, stranger],
  ['signedWhenPromised', () => careful.redirect(careful.authnRequest(), nobodySigns), 'a signature', 'none'],
  ['supportedVersion', login({ version: '1.1' }), '2.0', '1.1'],
  [
    'ownDestination',
    async (it) => (await login({ destination: slo })(it)).replace('/slo?', '/sso?'),
    addresses.sso,
    slo,
  ],
  [
    'notFromTheFuture',
    login({ issueInstant: noon + 4 * minute }),
    '2031-05-04T12:00:00.000Z',
    '2031-05-04T12:04:00.000Z',
  ],
  [
    'shortRelayState',
    login({}, { ...nobodySigns, relayState: 'r'.repeat(9000) }),
    'at most 8192 octets',
    '9000 octets',
  ],
  [
    'answerPlaceInMetadata',
    login({ acsUrl: 'https://evil.test/acs' }),
    ['https://orders.test/acs'],
    'https://evil.test/acs',
  ],
]

const answer =
  (given = {}, how = {}) =>
  ({ orders }: Scene) =>
    orders.answer(requestOf(scene), given, how)

const ofLogoutResponse: Row[] = [
  [
    'deflated',
    () => `${slo}?SAMLResponse=AAAA`,
    'one raw DEFLATE stream (RFC 1951)',
    expect.stringContaining('not raw DEFLATE'),
  ],
  ['knownIssuer', answer({ issuer: 'urn:nobody' }), known, 'urn:nobody'],
  ['signed', answer({}, nobodySigns), 'SigAlg and Signature', 'neither'],
  ['signedByItsIssuer', answer({ issuer: 'https://reports.test' }), trusted, stranger],
  [
    'ownDestination',
    async (it) => (await answer({ destination: addresses.sso })(it)).replace('/sso?', '/slo?'),
    slo,
    addresses.sso,
  ],
  ['supportedVersion', answer({ version: '1.1' }), '2.0', '1.1'],
  ['awaited', answer({ inResponseTo: '_nobody' }), 'the ID of a LogoutRequest that waits for its answer', '_nobody'],
]

const rows = [...ofLogoutRequest, ...ofAuthnRequest, ...ofLogoutResponse].map((row, index) => [index, ...row] as const)

test.each(rows)(
  '%i what the IdP refuses is explained by the rule that is broken first, %s',
  async (_index, rule, make, expected, actual) => {
    const made = await make(scene)
    const { said, broken, explained, refused } = await bothFaces(world, typeof made === 'string' ? inQuery(made) : made)

    expect([said, broken]).toEqual([
      0,
      expect.objectContaining({ rule, expected, actual, clause: expect.stringMatching(/^saml-/) }),
    ])
    expect(refused).toEqual(explained)
  },
)

test('metadata that is past its validUntil is explained as that', async () => {
  const later = await world.idp.explain(inQuery(await stale.redirect(stale.authnRequest())), { at: noon + 1 })

  expect(later.checks.find(({ holds }) => holds === false)).toMatchObject({
    ...{ rule: 'validMetadata', code: 'SAML_METADATA', expected: 'metadata that is still valid' },
    actual: 'its metadata was valid until 2031-05-04T12:00:00.001Z',
  })
})

test('a request that was acted upon is explained as seen', async () => {
  const request = inQuery(await asked({ id: '_seen', sessionIndexes: ['_none'] })(scene))
  await bothFaces(world, request)
  const { broken, explained, refused } = await bothFaces(world, request)

  expect(broken).toMatchObject({ rule: 'notSeen', code: 'SAML_REPLAY', actual: '_seen' })
  expect(refused).toEqual(explained)
})
