import { expect, test } from 'vitest'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { baseUrl, startTestApp } from '../test-app.test-support.ts'

const cleared = 'sloop_app=; Path=/; HttpOnly; Max-Age=0'
const loggedOut = '/security/logged_out?msg=LOGGED_OUT'

test('cases 14 and 107, C108: a logout by the user ends at the logout address of the IdP, without the cookie', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/api/security/logout', { cookie: await app.signIn() })
  expect(answer.status).toBe(302)
  expect(answer.headers.get('location')).toBe('http://idp.test/slo?SAMLRequest=b%2B')
  expect(answer.headers.get('set-cookie')).toBe(cleared)
})

test('a logout by the user sends both tokens in the body, as the service user', async () => {
  await using app = await startTestApp()
  await app.visit('/api/security/logout', { cookie: await app.signIn() })
  expect(app.elasticsearch.calls.at(-1)).toEqual({
    call: 'POST /_security/saml/logout',
    authorization: `Basic ${Buffer.from('elastic:changeme').toString('base64')}`,
    body: { token: 'alice-access', refresh_token: 'alice-refresh' },
  })
})

test('case 14 and scenario 69: after a logout the old cookie is worth nothing', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  await app.visit('/api/security/logout', { cookie })
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
})

test.each([
  ['logout', '/api/security/logout'],
  ['invalidate', '/api/security/logout?SAMLRequest=x'],
])('the local session is gone before Elasticsearch is asked to %s', async (name, target) => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  const sessionsSeen: unknown[] = []
  app.elasticsearch.reply(`POST /_security/saml/${name}`, async () => {
    sessionsSeen.push(await app.sessions.find(cookie.replace('sloop_app=', '')))
    return { body: { redirect: null } }
  })
  await app.visit(target, { cookie })
  expect(sessionsSeen).toEqual([undefined])
})

test.each([
  ['case 100: redirect is null on a logout by the user', 'logout', { id: null, redirect: null }],
  ['case 101: redirect is missing on a logout by the user', 'logout', {}],
  [
    'case 104: redirect is null on a logout by the IdP',
    'invalidate',
    { realm: 'saml1', invalidated: 1, redirect: null },
  ],
  ['case 105: redirect is missing on a logout by the IdP', 'invalidate', { realm: 'saml1', invalidated: 1 }],
])('without an address to go to, a logout ends at the logged-out page: %s', async (_case, name, body) => {
  await using app = await startTestApp()
  app.elasticsearch.reply(`POST /_security/saml/${name}`, { body })
  const query = name === 'invalidate' ? '?SAMLRequest=x' : ''
  const answer = await app.visit(`/api/security/logout${query}`, { cookie: await app.signIn() })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, loggedOut])
})

test('case 15: a logout without a session asks nobody and sets no cookie', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/api/security/logout')
  expect([answer.status, answer.headers.get('location')]).toEqual([302, loggedOut])
  expect(answer.headers.get('set-cookie')).toBeNull()
  expect(app.elasticsearch.calls).toEqual([])
})

test('case 106: the answer to our own logout is not looked into', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/api/security/logout?SAMLResponse=something')
  expect([answer.status, answer.headers.get('location')]).toEqual([302, loggedOut])
  expect(answer.headers.get('set-cookie')).toBeNull()
  expect(app.elasticsearch.calls).toEqual([])
})

test('case 102 and scenario 64: a LogoutResponse that meets a live session starts a logout of that session', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/api/security/logout?SAMLResponse=x', { cookie: await app.signIn() })
  expect(answer.headers.get('location')).toBe('http://idp.test/slo?SAMLRequest=b%2B')
})

test('case 97: a logout that meets a login under way ends that login and asks nobody', async () => {
  await using app = await startTestApp()
  const cookie = await app.startLogin('/')
  const answer = await app.visit('/api/security/logout', { cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, loggedOut])
  expect(await app.sessions.peek(cookie.replace('sloop_app=', ''))).toBeUndefined()
  expect(app.elasticsearch.calls.map(({ call }) => call)).toEqual(['POST /_security/saml/prepare'])
})

test('cases 17, 103 and 108: a LogoutRequest wins over a live session and is answered to the IdP', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  const answer = await app.visit('/api/security/logout?SAMLRequest=x', { cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://idp.test/slo?SAMLResponse=c%2B'])
  expect(answer.headers.get('set-cookie')).toBe(cleared)
  expect(app.elasticsearch.bodyOf('POST /_security/saml/invalidate')).toEqual({
    query_string: 'SAMLRequest=x',
    realm: 'saml1',
  })
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
})

test('case 18: a LogoutRequest without a cookie is answered to the IdP and sets none', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/api/security/logout?SAMLRequest=x')
  expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://idp.test/slo?SAMLResponse=c%2B'])
  expect(answer.headers.get('set-cookie')).toBeNull()
})

test('without a session and a configured realm, the realm is named by the ACS', async () => {
  await using app = await startTestApp()
  await app.visit('/api/security/logout?SAMLRequest=x')
  expect(app.elasticsearch.bodyOf('POST /_security/saml/invalidate')).toEqual({
    query_string: 'SAMLRequest=x',
    acs: 'http://app.localhost:5601/api/security/saml/callback',
  })
})

test('a configured realm is named in place of the ACS', async () => {
  await using app = await startTestApp({ realm: 'orders' })
  await app.visit('/api/security/logout?SAMLRequest=x')
  expect(app.elasticsearch.bodyOf('POST /_security/saml/invalidate')).toEqual({
    query_string: 'SAMLRequest=x',
    realm: 'orders',
  })
})

test.each([
  ['lower-case escapes', 'SAMLRequest=a%2b%2f%3d&SigAlg=x&Signature=y%3d'],
  ['upper-case escapes', 'SAMLRequest=a%2B%2F%3D&SigAlg=x&Signature=y%3D'],
  ['a plus that is not escaped', 'SAMLRequest=a+b&Signature=c+d'],
  ['an order of its own', 'Signature=y&SAMLRequest=x&SigAlg=z'],
  ['parameters that nobody knows', 'tenant=7&SAMLRequest=x&RelayState=&utm=a%20b'],
  ['a name with an escape in it', 'SAMLRequ%65st=x'],
  ['quotes and angle brackets', `SAMLRequest=x&RelayState='"<>`],
  ['question marks and dot segments', 'SAMLRequest=x&RelayState=/../?a?b'],
])('case 99: the query reaches Elasticsearch octet for octet: %s', async (_case, query) => {
  await using app = await startTestApp()
  await app.visit(`/api/security/logout?${query}`)
  expect(app.elasticsearch.bodyOf('POST /_security/saml/invalidate')).toMatchObject({ query_string: query })
})

test('a forged LogoutRequest ends the local session all the same, as in Kibana, and shows what Elasticsearch says', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply(
    'POST /_security/saml/invalidate',
    refusal(500, 'SAML Signature [a==] <b>could not</b> be validated'),
  )
  const answer = await app.visit('/api/security/logout?SAMLRequest=forged', { cookie })
  expect(answer.status).toBe(500)
  expect(answer.headers.get('set-cookie')).toBe(cleared)
  const page = await answer.text()
  expect(page).toContain('<h1>Unauthenticated</h1>')
  expect(page).toContain(
    '<p>You are logged out of this application only. The single logout failed: SAML Signature [a==] &lt;b&gt;could not&lt;/b&gt; be validated</p>',
  )
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
})

test('a LogoutRequest that is refused without a session shows the reason and sets no cookie', async () => {
  await using app = await startTestApp()
  app.elasticsearch.reply('POST /_security/saml/invalidate', refusal(500, 'Logout request is not signed'))
  const answer = await app.visit('/api/security/logout?SAMLRequest=x')
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([500, null])
  expect(await answer.text()).toContain('<p>The single logout failed: Logout request is not signed</p>')
})

test('case 98: when saml/logout is refused the status is kept and the cookie goes', async () => {
  await using app = await startTestApp()
  app.elasticsearch.reply('POST /_security/saml/logout', refusal(500, 'supplied token is not valid'))
  const answer = await app.visit('/api/security/logout', { cookie: await app.signIn() })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([500, cleared])
  expect(await answer.text()).toContain('The single logout failed: supplied token is not valid')
})

test.each(['kbn-xsrf', 'kbn-version'])(
  'case 16: a script with %s cannot log out, and the session stays',
  async (header) => {
    await using app = await startTestApp()
    const cookie = await app.signIn()
    const answer = await app.visit('/api/security/logout', { cookie, headers: { [header]: '1' } })
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { statusCode: 400, error: 'Bad Request', message: 'Client should be able to process redirect response.' },
    ])
    expect((await app.visit('/internal/security/me', { cookie })).status).toBe(200)
  },
)

test.each(['HEAD', 'POST', 'PUT', 'DELETE'])('%s is no way to log out', async (method) => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  const answer = await app.send(
    new Request(`${baseUrl}/api/security/logout?SAMLRequest=x`, { method, headers: { cookie } }),
  )
  expect(answer.status).toBe(404)
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(200)
})

test.each([
  ['a line break', 'http://idp.test/slo?RelayState=a\r\nSet-Cookie: b=c'],
  ['a script', 'javascript:alert(1)'],
  ['no host', '/slo'],
  ['a character beyond ASCII', 'http://idp.test/slo?RelayState=ü'],
])('an address that cannot be a web redirect is never one: %s', async (_case, redirect) => {
  await using app = await startTestApp()
  app.elasticsearch.reply('POST /_security/saml/invalidate', { body: { realm: 'saml1', invalidated: 0, redirect } })
  const answer = await app.visit('/api/security/logout?SAMLRequest=x')
  expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([502, null, null])
  expect(await answer.text()).toContain('Elasticsearch answered with a redirect that is no web address.')
})

test('a query with escaped line breaks adds no header to any answer', async () => {
  await using app = await startTestApp()
  for (const path of ['/logout', '/api/security/logout', '/security/logged_out']) {
    const answer = await app.visit(`${path}?SAMLRequest=x&RelayState=%0d%0aSet-Cookie:%20a=b&msg=%0d%0aX-Evil:%201`)
    expect([answer.headers.get('set-cookie'), answer.headers.get('x-evil')]).toEqual([null, null])
  }
})

test('two different session cookies name no session, and none is ended', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  const answer = await app.visit('/api/security/logout', { cookie: `${cookie}; sloop_app=other` })
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain('Your browser sent two different session cookies.')
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(200)
})
