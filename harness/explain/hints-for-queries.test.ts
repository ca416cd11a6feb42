import { verify, X509Certificate } from 'node:crypto'
import { constants, deflateRawSync, inflateRawSync, inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parseIdpMetadata, writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { trustCertificate } from '#saml/signature/trusted-key'
import { httpCall } from '#server/http-call'
import { judgeBySender } from './judge-offline.ts'
import { frozenAt, labThatExplains, type Sent } from './lab-that-explains.test-support.ts'
import { eachValue, escapedBy, lower, octets, ofMessage, type Rewrite, upper } from './rewritten-query.test-support.ts'

/** What the changes of the product make wrong, and that the hint about it is true: once it is followed, the rule holds. */

const { lab, mint, explain, checkOf } = await labThatExplains()

const { parties } = await lab.world()
const idpCertificate = parties.find(({ role }) => role === 'idp')?.certificate ?? ''

/** Whether the IdP signed what stands in front of Signature, which is what a node takes (spec §3.4). */
function isSignedByTheIdp(query: string): boolean {
  const [signed = '', rest = ''] = query.split('&Signature=')
  const value = Buffer.from(decodeURIComponent(rest.split('&')[0] ?? ''), 'base64')
  return verify('sha256', Buffer.from(signed), idpCertificate, value)
}

/** One in whose message a + and a / stand, that are written otherwise in other base64. */
async function mintWith(characters: RegExp, ...asked: Parameters<typeof mint>): Promise<Sent> {
  const sent = await mint(...asked)
  const [message = ''] = sent.queryString.split('&')
  return characters.test(message) ? sent : mintWith(characters, ...asked)
}

const relayState = "a/b c!'()*~"
const again = 'somebody between decoded and encoded the query again'

const as = (signed: string, sent: string) => ({ escapes: { signed, sent } })

test.each<[string, object, hint: string, follow: Rewrite]>([
  ['escapes in lower case', as('upper', 'lower'), `with upper-case escapes: ${again}`, upper],
  ['escapes in upper case', as('lower', 'upper'), `with lower-case escapes: ${again}`, lower],
  ['another program', as('java', 'upper'), `with the escapes of Java's URLEncoder: ${again}`, escapedBy('java')],
  ['.NET', as('dotnet', 'upper'), `with the escapes of .NET's UrlEncode: ${again}`, escapedBy('dotnet')],
  ['PHP', as('php', 'upper'), `with the escapes of PHP's urlencode: ${again}`, escapedBy('php')],
  ['JavaScript', as('js', 'upper'), `with the escapes of JavaScript's encodeURIComponent: ${again}`, escapedBy('js')],
  [
    'a blank as %20',
    { space: { signed: 'plus', sent: 'percent20' } },
    'with + for a blank: blanks were written otherwise when it was signed',
    eachValue((value) => value.replaceAll('%20', '+')),
  ],
  [
    'a blank as +',
    { space: { signed: 'percent20', sent: 'plus' } },
    'with %20 for a blank: blanks were written otherwise when it was signed',
    eachValue((value) => value.replaceAll('+', '%20')),
  ],
  [
    'a RelayState that is not signed',
    { signature: 'withoutRelayState' },
    'without RelayState: the sender did not sign it, or it was added after the signature',
    (query) => query.replace(/&RelayState=[^&]*/, ''),
  ],
  [
    'a RelayState that was signed before it was escaped',
    { signature: 'rawRelayState' },
    'with RelayState unescaped: the sender signed it before it escaped it',
    eachValue((value, name) => (name === 'RelayState' ? decodeURIComponent(value) : value)),
  ],
  [
    // A node signs over what stands in front of Signature.
    'a message that is signed alone',
    { signature: 'messageOnly' },
    'over SAMLRequest alone: the sender signed neither RelayState nor SigAlg',
    (query) => query.replace(/^([^&]*)(.*)(&Signature=.*)$/, '$1$3$2'),
  ],
])('a query verifies when it is written as the hint says: %s', async (_what, change, hint, follow) => {
  const { queryString } = await mint('LogoutRequest', change, relayState)
  expect(await checkOf('signedByTheIdp', { queryString })).toMatchObject({ holds: false, hint: `it verifies ${hint}` })
  expect(isSignedByTheIdp(follow(queryString))).toBe(true)
  expect(await checkOf('signedByTheIdp', { queryString: follow(queryString) })).toMatchObject({ holds: true })
})

// What was signed so cannot be sent so: a # ends the query, and what is escaped twice says something else.
test.each<[string, object, hint: string, follow: Rewrite]>([
  [
    'what was signed before it was escaped',
    as('none', 'upper'),
    'over the values without their escapes: the sender signed them before it escaped them, or they were escaped again after that',
    eachValue(decodeURIComponent),
  ],
  [
    'what was escaped twice and once undone',
    as('double', 'upper'),
    'over values that are escaped twice: one escaping was undone on the way, or the sender signed what it had escaped once more',
    eachValue((value) => value.replaceAll('%', '%25')),
  ],
])('what was signed is what the hint says: %s', async (_what, change, hint, follow) => {
  const { queryString } = await mint('LogoutRequest', change, relayState)
  expect(await checkOf('signedByTheIdp', { queryString })).toMatchObject({ holds: false, hint: `it verifies ${hint}` })
  expect([isSignedByTheIdp(queryString), isSignedByTheIdp(follow(queryString))]).toEqual([false, true])
})

test('a query that was escaped twice is right when one escaping is undone', async () => {
  const { queryString } = await mint('LogoutRequest', as('upper', 'double'))
  expect(await checkOf('messageIsBase64', { queryString })).toMatchObject({
    hint: 'it can be read with its escapes undone once more: it was escaped twice, or put into a form as it stands in a query',
  })
  expect(await explain({ queryString: decodeURIComponent(queryString) })).toMatchObject({ accepted: true })
})

test.each<[string, rule: string, object, hint: string, follow: Rewrite, has: RegExp]>([
  [
    "zlib's format",
    'messageIsDeflated',
    { deflate: 'zlib' },
    "in zlib's format: it has the header of RFC 1950, and the binding wants raw DEFLATE",
    octets((packed) => deflateRawSync(inflateSync(packed))),
    /./,
  ],
  [
    'no compression',
    'messageIsDeflated',
    { deflate: 'none' },
    'without inflating it: in a query a message is to be deflated, and this one is not',
    octets((document) => deflateRawSync(document)),
    /./,
  ],
  [
    'url-safe base64',
    'messageIsBase64',
    { base64: 'urlSafe' },
    'as url-safe base64: the binding wants + and / in place of - and _',
    ofMessage((value) => value.replaceAll('-', '+').replaceAll('_', '/')),
    /[-_]/,
  ],
  [
    'a bare +',
    'messageIsDeflated',
    { escapes: 'none' },
    'with + where it has blanks: in a query or a form a bare + is a blank, and that of base64 is to be sent as %2B',
    (query) => query.replaceAll('+', '%2B'),
    /\+/,
  ],
])('a message can be read when it is written as the hint says: %s', async (_what, rule, change, hint, follow, has) => {
  const { queryString } = await mintWith(has, 'LogoutRequest', change)
  const { checks } = await explain({ queryString })
  const broken = checks.find(({ hint }) => hint?.startsWith('it can be read'))
  expect(broken?.hint).toBe(`it can be read ${hint}`)
  expect(['messageIsBase64', rule]).toContain(broken?.rule)
  expect(await checkOf('messageIsDeflated', { queryString: follow(queryString) })).toMatchObject({ holds: true })
})

/** The values of a query, decoded. */
const valuesOf = (query: string) => new URLSearchParams(query)
const signatureOf = (query: string) => Buffer.from(valuesOf(query).get('Signature') ?? '', 'base64')
const octetsSignedIn = (query: string) => Buffer.from(query.split('&Signature=')[0] ?? '')
const byNobody = expect.stringMatching(
  /^the signature was not made with (any of the \d+ keys|the only key) that (are|is) known here: another key made it, or its value was altered$/,
)

/** Judges as whoever trusts this certificate in the place of the IdP's. */
async function judgeTrusting(certificate: string) {
  const { octets: metadata } = await httpCall({ method: 'GET', url: `${lab.idpUrl}/metadata` })
  const idp = parseIdpMetadata(metadata)
  const key = trustCertificate(new X509Certificate(certificate))
  return judgeBySender(writeIdpMetadata({ ...idp, keyDescriptors: [{ use: 'signing', key }] }))
}

test.each(['foreign', 'expired'])(
  'that another key made a signature is true, and for whoever trusts that key it verifies: %s',
  async (key) => {
    const { queryString } = await mint('LogoutRequest', { key })
    expect(await checkOf('signedByTheIdp', { queryString })).toMatchObject({ holds: false, hint: byNobody })
    const { document, form: fields = {} } = await mint('Response', { key })
    const [, certificate = ''] = /<ds:X509Certificate>([^<]*)</.exec(document) ?? []
    const judge = await judgeTrusting(`-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----`)
    const query = await judge({ carrier: 'query', queryString }, { at: frozenAt })
    expect(query.checks.find(({ rule }) => rule === 'signedByTheIdp')).toMatchObject({ holds: true })
    const posted = await judge({ carrier: 'form', fields }, { at: frozenAt })
    expect(posted.checks.find(({ rule }) => rule === 'assertionSignedByTheIdp')).toMatchObject({ holds: true })
  },
)

test('that the value of a signature was altered is true: with the altered octet as it was it verifies', async () => {
  const { queryString } = await mint('LogoutRequest', { signature: 'tampered' })
  expect(await checkOf('signedByTheIdp', { queryString })).toMatchObject({ holds: false, hint: byNobody })
  const isRight = (value: Buffer) => verify('sha256', octetsSignedIn(queryString), idpCertificate, value)
  const altered = signatureOf(queryString)
  expect(isRight(altered)).toBe(false)
  const [first = 0, ...rest] = altered
  expect(isRight(Buffer.from([first ^ 1, ...rest]))).toBe(true)
})

test.each([
  ['rsa-sha1', 'rsa-sha256'],
  ['rsa-sha256', 'rsa-sha1'],
])(
  'a signature that says %s and is %s verifies as the latter alone, and is accepted where both are the same',
  async (says, is) => {
    const { queryString } = await mint('LogoutRequest', { algorithm: { says, is } })
    const hint = `it verifies as ${is}: the message says ${says}`
    expect(await checkOf('signedByTheIdp', { queryString })).toMatchObject({ holds: false, hint })
    const verifiesAs = (name: string) =>
      verify(name.slice('rsa-'.length), octetsSignedIn(queryString), idpCertificate, signatureOf(queryString))
    expect([verifiesAs(says), verifiesAs(is)]).toEqual([false, true])
    const right = await mint('LogoutRequest', { algorithm: is })
    expect(await checkOf('signedByTheIdp', { queryString: right.queryString })).toMatchObject({ holds: true })
  },
)

test('of a message that was cut it is told where, and there what is left of it ends', async () => {
  const { queryString } = await mint('LogoutRequest', { deflate: 'truncated' })
  const { hint } = (await checkOf('messageIsDeflated', { queryString })) ?? {}
  const [, length, name] =
    /^it was cut after (\d+) characters: the document begins as <([\w:]+)> and does not end$/.exec(hint ?? '') ?? []
  const value = valuesOf(queryString).get('SAMLRequest') ?? ''
  const left = inflateRawSync(Buffer.from(value, 'base64'), { finishFlush: constants.Z_SYNC_FLUSH }).toString()
  expect([Number(length), left.includes(`<${name} `), left.includes(`</${name}>`)]).toEqual([value.length, true, false])
})
