import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  byPost,
  byRedirect,
  makePartnerWorld,
  readSent,
  requestXml,
  response,
  responseXml,
} from './partner.test-support.ts'

type World = Awaited<ReturnType<typeof makePartnerWorld>>

const base64 = (text: string) => Buffer.from(text).toString('base64')
const inQuery = (octets: Buffer) => encodeURIComponent(octets.toString('base64'))
const unsigned = '&SigAlg=a&Signature=b'

const deep = `${'<a>'.repeat(30_000)}${'</a>'.repeat(30_000)}`
const wide = `<a ${Array.from({ length: 20_000 }, (_, index) => `a${index}=""`).join(' ')}/>`
const heavy = (what: string) => `The ${what} has more than 4000 tags or attributes.`

/** Nothing is answered to the IdP, nobody is logged out, and nothing fails inside. */
async function expectRefused(send: (world: World) => ReturnType<World['open']>, [status, sentence]: [number, string]) {
  const world = await makePartnerWorld()
  const browser = await world.signIn()
  const answer = await send(world)
  expect([answer.status, answer.location, answer.cookie]).toEqual([status, '', ''])
  expect(answer.text).toContain(sentence)
  expect(await world.isSignedIn(browser)).toBe(true)
  expect(world.log.map(({ facts }) => facts)).toEqual([expect.objectContaining({ code: 'PARTNER_REFUSED', status })])
}

test.each<[string, () => Promise<string> | string, string]>([
  ['no query', () => '', 'The request has neither a SAMLRequest nor a SAMLResponse.'],
  ['no message', () => '?RelayState=x', 'The request has neither a SAMLRequest nor a SAMLResponse.'],
  ['an escaped name', () => '?SAML%52equest=a&SigAlg=a&Signature=b', 'neither a SAMLRequest nor a SAMLResponse.'],
  [
    'two messages',
    () => `?SAMLRequest=a&SAMLResponse=b${unsigned}`,
    'The request has a SAMLRequest and a SAMLResponse.',
  ],
  ['one twice', () => `?SAMLRequest=a&SAMLRequest=b${unsigned}`, 'The request has more than one SAMLRequest.'],
  ['RelayState twice', () => `?SAMLRequest=a&RelayState=a&RelayState=b${unsigned}`, 'more than one RelayState.'],
  ['no base64', () => `?SAMLRequest=%00%FF${unsigned}`, 'The SAMLRequest cannot be inflated to at most 262144 octets.'],
  ['not deflated', () => `?SAMLRequest=${encodeURIComponent(base64(requestXml()))}${unsigned}`, 'cannot be inflated'],
  ['a bomb', () => `?SAMLRequest=${inQuery(deflateRawSync(Buffer.alloc(9_000_000)))}${unsigned}`, 'cannot be inflated'],
  [
    'no XML',
    () => `?SAMLRequest=${inQuery(deflateRawSync(Buffer.from('hello')))}${unsigned}`,
    'The SAMLRequest is refused: ',
  ],
  [
    'another document',
    () => `?SAMLRequest=${inQuery(deflateRawSync(Buffer.from('<a/>')))}${unsigned}`,
    'it cannot be read.',
  ],
  ['deep nesting', () => `?SAMLRequest=${inQuery(deflateRawSync(Buffer.from(deep)))}${unsigned}`, heavy('SAMLRequest')],
  ['no signature', () => byRedirect(requestXml(), { signedBy: 'nobody' }), 'The SAMLRequest is not signed.'],
  ['a foreign key', () => byRedirect(requestXml(), { signedBy: 'stranger' }), 'is refused: Invalid query signature.'],
  [
    'an unknown algorithm',
    async () => (await byRedirect(requestXml())).replace('rsa-sha256', 'rsa-sha999'),
    'is not supported.',
  ],
  [
    'another RelayState',
    async () => (await byRedirect(requestXml(), { relayState: 'a' })).replace('RelayState=a', 'RelayState=b'),
    'Invalid query signature.',
  ],
  [
    'a RelayState that was not signed',
    async () => `${await byRedirect(requestXml())}&RelayState=b`,
    'Invalid query signature.',
  ],
  [
    'another issuer',
    () => byRedirect(requestXml({ issuer: 'urn:evil' })),
    'Unknown SAML issuer. Expected: urn:test-idp Received: urn:evil.',
  ],
  ['no NameID', () => byRedirect(requestXml().replace(/<a:NameID.*<\/a:NameID>/, '')), 'Missing SAML NameID.'],
  ['an answer that nobody waits for', () => byRedirect(responseXml()), 'answers no LogoutRequest that waits for one.'],
])('a logout message by Redirect with %s is one sentence and changes nothing', async (_case, query, sentence) => {
  await expectRefused(
    async ({ open }) => {
      const given = await query()
      return open(given.startsWith('/') ? given : `/saml/slo${given}`)
    },
    [400, sentence],
  )
})

test.each<[string, () => Promise<Record<string, string>> | Record<string, string>, number, string]>([
  ['no field', () => ({ a: 'b' }), 400, 'The request has neither a SAMLRequest nor a SAMLResponse.'],
  ['an empty one', () => ({ SAMLRequest: '' }), 400, 'The request has neither a SAMLRequest nor a SAMLResponse.'],
  ['both', () => ({ SAMLRequest: 'a', SAMLResponse: 'b' }), 400, 'The request has more than one message.'],
  ['no XML', () => ({ SAMLRequest: base64('hello') }), 400, 'The SAMLRequest is refused: '],
  ['no document', () => ({ SAMLRequest: '!!' }), 400, 'The SAMLRequest is refused: '],
  ['no signature', () => byPost(requestXml(), { signedBy: 'nobody' }), 400, 'Invalid signature on documentElement.'],
  ['a foreign key', () => byPost(requestXml(), { signedBy: 'stranger' }), 400, 'Invalid signature on documentElement.'],
  [
    'another issuer',
    () => byPost(responseXml({ issuer: 'urn:evil' })),
    400,
    'The message comes from [urn:evil], expected [urn:test-idp].',
  ],
  [
    'an unsigned answer',
    () => byPost(responseXml(), { signedBy: 'nobody' }),
    400,
    'Invalid signature: No response found.',
  ],
  ['a login', async () => ({ SAMLResponse: await response() }), 400, 'neither a LogoutRequest nor a LogoutResponse.'],
  ['deep nesting', () => ({ SAMLRequest: base64(deep.slice(0, 60_000)) }), 400, heavy('SAMLRequest')],
  ['too many attributes', () => ({ SAMLResponse: base64(wide.slice(0, 150_000)) }), 400, heavy('SAMLResponse')],
  ['too much', () => ({ SAMLRequest: 'a'.repeat(300_000) }), 413, 'The request is larger than 262144 octets.'],
])('a logout message by POST with %s is one sentence and changes nothing', async (_case, fields, status, sentence) => {
  await expectRefused(async ({ post }) => post('/saml/slo', await fields()), [status, sentence])
})

test.each<[string, () => Promise<Record<string, string>> | Record<string, string>, string]>([
  ['no field', () => ({}), 'The request has neither a SAMLRequest nor a SAMLResponse.'],
  ['a LogoutRequest', () => byPost(requestXml()), 'The request has no SAMLResponse.'],
  ['a LogoutResponse', () => byPost(responseXml()), 'The Response has no assertion.'],
  ['no XML', () => ({ SAMLResponse: base64('<') }), 'The Response is refused: '],
  ['too many attributes', () => ({ SAMLResponse: base64(wide.slice(0, 150_000)) }), heavy('Response')],
  ['no signature', async () => ({ SAMLResponse: await response({ signedBy: 'nobody' }) }), 'Invalid signature.'],
  ['a foreign key', async () => ({ SAMLResponse: await response({ signedBy: 'stranger' }) }), 'Invalid signature.'],
  [
    'another issuer',
    async () => ({ SAMLResponse: await response({ issuer: 'urn:evil' }) }),
    'The assertion is not from [urn:test-idp].',
  ],
  ['another audience', async () => ({ SAMLResponse: await response({ audience: 'urn:evil' }) }), 'audience mismatch.'],
  [
    'an answer to nobody',
    async () => ({ SAMLResponse: await response({ inResponseTo: '_x' }) }),
    'InResponseTo is not valid.',
  ],
  [
    'no name',
    async () => ({ SAMLResponse: await response({ nameId: '' }) }),
    'The assertion names nobody: it has no NameID.',
  ],
])('a login with %s is one sentence and signs nobody in', async (_case, fields, sentence) => {
  await expectRefused(async ({ post }) => post('/saml/acs', await fields()), [400, sentence])
})

test('a Response counts once', async () => {
  const { open, post } = await makePartnerWorld()
  const { id: inResponseTo } = await readSent((await open('/login')).location)
  const SAMLResponse = await response({ inResponseTo })
  const statuses = [await post('/saml/acs', { SAMLResponse }), await post('/saml/acs', { SAMLResponse })]
  expect(statuses.map(({ status }) => status)).toEqual([303, 400])
})

test.each<[string, Record<string, string>]>([
  ['an Origin of its own', { origin: 'https://evil.test' }],
  ['none', {}],
  ['what its browser says', { origin: 'https://wiki.test', 'sec-fetch-site': 'cross-site' }],
  ['a name made to lead here', { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' }],
])('a logout that another site sends, with %s, is refused', async (_case, headers) => {
  await expectRefused(
    async ({ post, signIn }) => {
      return post('/logout', {}, { ...(await signIn()), ...headers })
    },
    [403, 'Another site tried to log you out here.'],
  )
})

test('whoever only looks ends no session', async () => {
  const { partner, signIn, isSignedIn } = await makePartnerWorld()
  const browser = await signIn()
  const url = `https://wiki.test${await byRedirect(requestXml())}`
  expect((await partner.fetch(new Request(url, { method: 'HEAD' }))).status).toBe(404)
  expect(await isSignedIn(browser)).toBe(true)
})

test.each(['/nothing', '/logged-out/', '/logged-out/toString', '/logged-out/%3Cb%3E'])(
  'there is nothing at %s',
  async (path) => {
    const { open } = await makePartnerWorld()
    expect((await open(path)).status).toBe(404)
  },
)

test('what a peer sent is on a page as text', async () => {
  const { open, signIn } = await makePartnerWorld()
  const browser = await signIn({ user: '&lt;b&gt;\u202Eecila' })
  expect((await open('/', browser)).text).toContain('You are signed in as &lt;b&gt;\\u202eecila')
})
