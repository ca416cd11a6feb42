import { expect, test } from 'vitest'
import {
  byPost,
  byRedirect,
  idpMetadata,
  makePartnerWorld,
  partnerKeys,
  readSent,
  requestXml,
  response,
  responseXml,
} from './partner.test-support.ts'

const carriers = {
  redirect: async (xml: string) => ({ path: await byRedirect(xml, { relayState: 'r' }), fields: undefined }),
  post: async (xml: string) => ({ path: '/saml/slo', fields: await byPost(xml, { relayState: 'r' }) }),
}

async function carry(world: Awaited<ReturnType<typeof makePartnerWorld>>, by: keyof typeof carriers, xml: string) {
  const { path, fields } = await carriers[by](xml)
  return fields === undefined ? world.open(path) : world.post(path, fields)
}

test.each(['redirect', 'post'] as const)('takes a LogoutRequest by %s and answers by Redirect', async (by) => {
  const world = await makePartnerWorld()
  const browser = await world.signIn()
  const answer = await carry(world, by, requestXml())
  expect(await readSent(answer.location)).toMatchObject({
    to: 'https://idp.test/slo/done',
    inResponseTo: '_request',
    status: ['Success'],
    relayState: 'r',
    signedBy: 'wiki',
  })
  expect(await world.isSignedIn(browser)).toBe(false)
})

test.each<[string, { nameId?: string; sessionIndexes?: string[] }, readonly string[]]>([
  ['one SessionIndex', {}, ['_s2', 'bob']],
  ['several SessionIndexes', { sessionIndexes: ['_s9', '_s1', '_s2'] }, ['bob']],
  ['none: all of that name', { sessionIndexes: [] }, ['bob']],
  ['a name that nobody has', { nameId: 'carol' }, ['_s1', '_s2', 'bob']],
  ['a SessionIndex of somebody else', { nameId: 'bob', sessionIndexes: ['_s1'] }, ['_s1', '_s2', 'bob']],
])('ends the sessions of NameID and SessionIndex and no other: %s', async (_case, named, left) => {
  const { open, signIn, isSignedIn } = await makePartnerWorld()
  const browsers = {
    _s1: await signIn(),
    _s2: await signIn({ sessionIndex: '_s2' }),
    bob: await signIn({ nameId: 'bob', user: 'bob', sessionIndex: '_s3' }),
  }
  await open(await byRedirect(requestXml(named)))
  const states = await Promise.all(
    Object.entries(browsers).map(async ([name, browser]) => ((await isSignedIn(browser)) ? [name] : [])),
  )
  expect(states.flat()).toEqual(left)
})

test('a login and a logout that begin here are signed, and ask for nothing but what they must', async () => {
  const { open, post, signIn, isSignedIn } = await makePartnerWorld()
  const login = await readSent((await open('/login')).location)
  expect(login).toMatchObject({ to: 'https://idp.test/sso', signedBy: 'wiki', relayState: null })
  const browser = await signIn({ inResponseTo: login.id })
  const logout = await post('/logout', {}, { ...browser, origin: 'https://wiki.test' })
  const sent = await readSent(logout.location)
  expect(sent).toMatchObject({ to: 'https://idp.test/slo', signedBy: 'wiki' })
  expect(sent.document).toMatch(/<saml:NameID Format="[^"]*:persistent">alice<.*SessionIndex[^>]*>_s1</)
  expect(logout.cookie).toContain('sloop_wiki=; Max-Age=0')
  expect(await isSignedIn(browser)).toBe(false)
})

test.each<['redirect' | 'post', string[], string]>([
  ['redirect', ['Success'], 'The identity provider confirmed the logout.'],
  ['post', ['Success'], 'The identity provider confirmed the logout.'],
  ['redirect', ['Success', 'PartialLogout'], 'says that not every service provider confirmed the logout.'],
  ['post', ['Success', 'PartialLogout'], 'says that not every service provider confirmed the logout.'],
  ['redirect', ['Responder'], 'The identity provider refused the logout'],
  ['post', ['Requester', 'UnknownPrincipal'], 'The identity provider refused the logout'],
])('says how the IdP answered its logout: by %s %s', async (by, status, sentence) => {
  const world = await makePartnerWorld()
  const browser = await world.signIn()
  const asked = await readSent((await world.post('/logout', {}, { ...browser, origin: 'https://wiki.test' })).location)
  const xml = responseXml({ inResponseTo: asked.id, status })
  const { location } = await carry(world, by, xml)
  const page = await world.open(location)
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('You are logged out')])
  expect(page.text).toContain(sentence)
  const again = await carry(world, by, xml)
  expect([again.status, again.text]).toEqual([
    400,
    expect.stringContaining('The LogoutResponse answers no LogoutRequest that waits for one.'),
  ])
})

test('an IdP without single logout by Redirect is not asked: the session ends here', async () => {
  const { partner, post, signIn } = await makePartnerWorld()
  const metadata = idpMetadata((await partnerKeys()).idp)
  await partner.introduce(metadata.replace(/<m:SingleLogoutService[^>]*HTTP-Redirect[^>]*>/, ''))
  const logout = await post('/logout', {}, { ...(await signIn()), origin: 'https://wiki.test' })
  expect(logout.location).toBe('/logged-out/here')
})

test('a login leads to the first page, whatever RelayState came with it', async () => {
  const { post } = await makePartnerWorld()
  const login = await post('/saml/acs', { SAMLResponse: await response(), RelayState: 'https://evil.test/' })
  expect([login.status, login.location]).toEqual([303, '/'])
})

test('a second login in one browser replaces the first', async () => {
  const { post, signIn, isSignedIn } = await makePartnerWorld()
  const first = await signIn()
  await post('/saml/acs', { SAMLResponse: await response({ sessionIndex: '_s2' }) }, first)
  expect(await isSignedIn(first)).toBe(false)
})

test.each([
  ['lax', /^sloop_wiki=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/],
  ['strict', /; SameSite=Strict$/],
  ['none', /; Secure; SameSite=None$/],
] as const)('its cookie is SameSite as the world says: %s', async (sameSite, expected) => {
  const { post } = await makePartnerWorld({ sameSite })
  expect((await post('/saml/acs', { SAMLResponse: await response() })).cookie).toMatch(expected)
})

test('on plain http a cookie is Secure only where SameSite=None wants it', async () => {
  const plain = await makePartnerWorld({ baseUrl: 'http://wiki.localhost' })
  const none = await makePartnerWorld({ baseUrl: 'http://wiki.localhost', sameSite: 'none' })
  const SAMLResponse = await response({ audience: 'http://wiki.localhost' })
  expect((await plain.post('/saml/acs', { SAMLResponse })).cookie).not.toContain('Secure')
  expect((await none.post('/saml/acs', { SAMLResponse })).cookie).toContain('Secure')
})

test('behind a path of a proxy every address of its own is below that', async () => {
  const { partner, open, post } = await makePartnerWorld({ baseUrl: 'https://wiki.test/deep' })
  expect(partner.metadata).toContain('Location="https://wiki.test/deep/saml/slo"')
  const login = await post('/deep/saml/acs', { SAMLResponse: await response({ audience: 'https://wiki.test/deep' }) })
  expect([login.location, login.cookie]).toEqual(['/deep/', expect.stringContaining('Path=/deep/')])
  expect((await open('/deep/')).status).toBe(200)
})

test('before it is introduced it answers 503, and its metadata', async () => {
  const { open } = await makePartnerWorld({}, { isIntroduced: false })
  const pages = await Promise.all(['/login', '/saml/metadata', '/'].map((path) => open(path)))
  expect(pages.map(({ status }) => status)).toEqual([503, 200, 200])
  expect(pages[0]?.text).toContain('The metadata of the identity provider is not known yet.')
})
