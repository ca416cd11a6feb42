import { expect, test } from 'vitest'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { baseUrl, cookieOf, startTestApp, whoIs } from '../test-app.test-support.ts'

const freshPair = {
  body: { access_token: 'fresh-access', type: 'Bearer', expires_in: 1200, refresh_token: 'fresh-refresh' },
}
const deadGrant = { status: 400, body: { error: 'invalid_grant', error_description: 'token has been invalidated' } }
const sessionExpired = 'Your session has expired because your refresh token is no longer valid. Please log in again.'

const captured = '?auth_provider_hint=saml&auth_url_hash='

test('cases 3 and 86: a page load without a session goes to the page that saves the hash, without a cookie', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/app/x?one=two')
  expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([
    302,
    '/internal/security/capture-url?next=%2Fapp%2Fx%3Fone%3Dtwo%26auth_provider_hint%3Dsaml',
    null,
  ])
  expect(app.elasticsearch.calls).toEqual([])
})

test('cases 4, 78 and 87: with the hash it goes to the IdP, with a cookie for the login under way', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/app/x?one=two&auth_provider_hint=saml&auth_url_hash=%23%2Fworkpad')
  expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://idp.test/sso?SAMLRequest=a'])
  expect(answer.headers.get('set-cookie')).toMatch(/^sloop_app=[\w-]{43}; Path=\/; HttpOnly; SameSite=None; Secure$/)
})

test('without a configured realm the handshake names the ACS', async () => {
  await using app = await startTestApp()
  await app.startLogin('/')
  expect(app.elasticsearch.bodyOf('POST /_security/saml/prepare')).toEqual({
    acs: `${baseUrl}/api/security/saml/callback`,
  })
})

test('case 80: a configured realm is named in the handshake', async () => {
  await using app = await startTestApp({ realm: 'orders' })
  await app.startLogin('/')
  expect(app.elasticsearch.bodyOf('POST /_security/saml/prepare')).toEqual({ realm: 'orders' })
})

test('case 79: a second login in the same browser shares the cookie of the first', async () => {
  await using app = await startTestApp()
  const cookie = await app.startLogin('/app/a')
  expect(await app.startLogin('/app/b', { cookie })).toBe(cookie)
})

test.each(['//evil.test/x', '/\\evil.test', '/.//evil.test'])(
  'a path that reads as another host starts no login: %s',
  async (target) => {
    await using app = await startTestApp()
    const answer = await app.send(new Request(baseUrl + target))
    expect([answer.status, answer.headers.get('location')]).toEqual([404, null])
  },
)

test('a request that names another host comes back to our own', async () => {
  await using app = await startTestApp()
  const handshake = await app.send(new Request('http://evil.test/app/x?one=two&auth_url_hash='))
  const answer = await app.postResponse({ cookie: cookieOf(handshake) })
  expect(answer.headers.get('location')).toBe('/app/x?one=two')
})

test('cases 6 and 82: a script is never sent to the IdP', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/', { headers: { 'kbn-xsrf': 'true' } })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
  expect(await answer.json()).toEqual({ statusCode: 401, error: 'Unauthorized', message: 'Unauthorized' })
  expect(app.elasticsearch.calls).toEqual([])
})

test('case 81: a refused handshake is an error page with the status that Elasticsearch gave', async () => {
  await using app = await startTestApp()
  app.elasticsearch.reply('POST /_security/saml/prepare', refusal(500, 'Cannot find any matching realm'))
  const answer = await app.visit(`/${captured}`)
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([500, null])
  expect(await answer.text()).toContain('<p>Cannot find any matching realm</p>')
})

test('a handshake without an address to go to is an error page', async () => {
  await using app = await startTestApp()
  app.elasticsearch.reply('POST /_security/saml/prepare', { body: { realm: 'saml1', id: '_1', redirect: '' } })
  const answer = await app.visit(`/${captured}`)
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([502, null])
})

test('while Elasticsearch is away a page says so', async () => {
  const nowhere = { node: 'http://127.0.0.1:1', username: 'elastic', password: 'changeme' }
  await using app = await startTestApp({ elasticsearch: nowhere })
  const answer = await app.visit(`/${captured}`)
  expect(answer.status).toBe(503)
  const page = await answer.text()
  expect(page).toContain('<h1>Elasticsearch is not available</h1>')
  expect(page).toContain('<p>Elasticsearch cannot be reached: connect ECONNREFUSED 127.0.0.1:1</p>')
})

test('case 88: the protected page shows what Elasticsearch says, escaped', async () => {
  await using app = await startTestApp()
  const metadata = { 'saml(<Name>)': ['<script>x</script>', 'b'] }
  app.elasticsearch.reply('GET /_security/_authenticate', { body: { ...whoIs('alice'), metadata } })
  const answer = await app.visit('/', { cookie: await app.signIn() })
  const page = await answer.text()
  expect(answer.status).toBe(200)
  expect(page).toContain('<h1>You are signed in as alice</h1>')
  expect(page).toContain('<tr><th scope="row">Roles</th><td>viewer</td></tr>')
  expect(page).toContain('<tr><th scope="row">saml(&lt;Name&gt;)</th><td>&lt;script&gt;x&lt;/script&gt;, b</td></tr>')
  expect(page).toContain('<a class="button" href="/logout">Log out</a>')
})

test('the page of a session is kept by no cache, framed by nobody and runs no script', async () => {
  await using app = await startTestApp()
  const { headers } = await app.visit('/', { cookie: await app.signIn() })
  expect(headers.get('cache-control')).toBe('no-cache, no-store')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; img-src data:; style-src 'sha256-[^']+='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  )
})

test('cases 19 and 90: an expired access token is refreshed behind the scenes and the new pair is kept', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('POST /_security/oauth2/token', freshPair)
  app.elasticsearch.reply('GET /_security/_authenticate', ({ authorization }) =>
    authorization === 'Bearer fresh-access' ? { body: whoIs('alice') } : refusal(401, 'token expired'),
  )
  expect((await app.visit('/', { cookie })).status).toBe(200)
  expect((await app.visit('/', { cookie })).status).toBe(200)
  expect(app.elasticsearch.calls.filter(({ call }) => call === 'POST /_security/oauth2/token')).toHaveLength(1)
  expect(app.elasticsearch.bodyOf('POST /_security/oauth2/token')).toMatchObject({ refresh_token: 'alice-refresh' })
})

async function withDeadTokens() {
  const app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('GET /_security/_authenticate', refusal(401, 'token expired'))
  app.elasticsearch.reply('POST /_security/oauth2/token', deadGrant)
  return { app, cookie, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}

test('cases 27, 91 and 94: a page load with dead tokens takes the cookie away and begins again', async () => {
  await using it = await withDeadTokens()
  const answer = await it.app.visit('/app/x', { cookie: it.cookie })
  expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([
    302,
    '/internal/security/capture-url?next=%2Fapp%2Fx%3Fauth_provider_hint%3Dsaml',
    'sloop_app=; Path=/; HttpOnly; Max-Age=0',
  ])
  expect(await it.app.sessions.find(it.cookie.replace('sloop_app=', ''))).toBeUndefined()
})

test('case 28: a page load with dead tokens and the hash starts a new login in a new session', async () => {
  await using it = await withDeadTokens()
  const answer = await it.app.visit(`/app/x${captured}`, { cookie: it.cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://idp.test/sso?SAMLRequest=a'])
  expect(cookieOf(answer)).toMatch(/^sloop_app=[\w-]{43}$/)
  expect(cookieOf(answer)).not.toBe(it.cookie)
  const [old, fresh] = [it.cookie, cookieOf(answer)].map((cookie) => cookie.replace('sloop_app=', ''))
  expect(await it.app.sessions.peek(old ?? '')).toBeUndefined()
  expect(await it.app.sessions.peek(fresh ?? '')).toMatchObject({ session: { kind: 'intermediate' } })
})

test('case 29: five page loads at once with dead tokens all begin again', async () => {
  await using it = await withDeadTokens()
  const loads = Array.from({ length: 5 }, () => it.app.visit('/app/x', { cookie: it.cookie }))
  const answers = await Promise.all(loads)
  expect(new Set(answers.map(({ status, headers }) => `${status} ${headers.get('location')}`))).toEqual(
    new Set(['302 /internal/security/capture-url?next=%2Fapp%2Fx%3Fauth_provider_hint%3Dsaml']),
  )
})

test.each([
  ['a page asked for by a script (case 92)', '/', { 'kbn-xsrf': 'true' }],
  ['the current user (cases 18 and 93)', '/internal/security/me', {}],
])('dead tokens are 400 for a script, and the session stays: %s', async (_case, target, headers) => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('GET /_security/_authenticate', refusal(401, 'token expired'))
  app.elasticsearch.reply('POST /_security/oauth2/token', deadGrant)
  const answer = await app.visit(target, { cookie, headers })
  expect([answer.status, await answer.json()]).toEqual([
    400,
    { statusCode: 400, error: 'Bad Request', message: sessionExpired },
  ])
  expect(await app.sessions.find(cookie.replace('sloop_app=', ''))).toBeDefined()
})

test('a logout that overtakes a refresh wins: the fresh tokens are dropped', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('GET /_security/_authenticate', refusal(401, 'token expired'))
  app.elasticsearch.reply('POST /_security/oauth2/token', async () => {
    await app.visit('/api/security/logout', { cookie })
    return freshPair
  })
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
  expect(app.elasticsearch.calls.slice(-2).map(({ body }) => body)).toEqual([
    { refresh_token: 'fresh-refresh' },
    { token: 'fresh-access' },
  ])
})

test('case 89: when Elasticsearch cannot say who the user is, its status is kept and the session stays', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('GET /_security/_authenticate', refusal(500, 'shard failure'))
  expect((await app.visit('/', { cookie })).status).toBe(500)
  expect(await app.sessions.find(cookie.replace('sloop_app=', ''))).toBeDefined()
})

test('the current user is what _authenticate says, as JSON', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/internal/security/me', { cookie: await app.signIn() })
  expect([answer.status, await answer.json()]).toEqual([200, whoIs('alice')])
})

test.each([
  ['case 1: without a session', undefined],
  ['an unknown cookie', 'sloop_app=nobody'],
])('there is no current user, and no cookie: %s', async (_case, cookie) => {
  await using app = await startTestApp()
  const answer = await app.visit('/internal/security/me', cookie === undefined ? {} : { cookie })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
  expect(await answer.json()).toEqual({ statusCode: 401, error: 'Unauthorized', message: 'Unauthorized' })
})

test('case 5: a login under way gives no access', async () => {
  await using app = await startTestApp()
  const cookie = await app.startLogin('/')
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
})
