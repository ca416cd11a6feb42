import { expect, test } from 'vitest'
import { cutOffRequest } from '#server/cut-off-request.test-support'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { baseUrl, cookieOf, loginOf, startTestApp, type TestApp, whoIs } from '../test-app.test-support.ts'

const acs = `${baseUrl}/api/security/saml/callback`

const startLogin = (app: TestApp, id: string, cookie?: string): Promise<string> =>
  app.startLogin(`/app/${id}?one=two`, { id, ...(cookie !== undefined && { cookie }) })

async function callsAfter(app: TestApp, act: () => Promise<unknown>): Promise<string[]> {
  const before = app.elasticsearch.calls.length
  await act()
  return app.elasticsearch.calls.slice(before).map(({ call }) => call)
}

test('cases 9 and 59: a Response that nobody asked for leads home and makes a working session', async () => {
  await using app = await startTestApp()
  const answer = await app.postResponse()
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/'])
  expect(app.elasticsearch.bodyOf('POST /_security/saml/authenticate')).toEqual({
    content: 'PFJlc3BvbnNlLz4=',
    ids: [],
  })
  expect((await app.visit('/internal/security/me', { cookie: cookieOf(answer) })).status).toBe(200)
})

test('case 68: a configured realm is named with the Response', async () => {
  await using app = await startTestApp({ realm: 'orders' })
  await app.postResponse()
  expect(app.elasticsearch.bodyOf('POST /_security/saml/authenticate')).toMatchObject({ ids: [], realm: 'orders' })
})

test('cases 8 and 53: a Response to our own request leads to the page that was wanted', async () => {
  await using app = await startTestApp()
  const cookie = await startLogin(app, '_a')
  const answer = await app.postResponse({ cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/app/_a?one=two'])
  expect(answer.headers.get('set-cookie')).toMatch(/^sloop_app=[\w-]{43}; Path=\/; HttpOnly$/)
})

test('the realm of the handshake and every pending id go to Elasticsearch', async () => {
  await using app = await startTestApp()
  const cookie = await startLogin(app, '_a')
  await startLogin(app, '_b', cookie)
  await app.postResponse({ cookie })
  expect(app.elasticsearch.bodyOf('POST /_security/saml/authenticate')).toMatchObject({
    ids: ['_a', '_b'],
    realm: 'saml1',
  })
})

test('case 61: a node that names the request gets each tab to its own page', async () => {
  await using app = await startTestApp()
  const cookie = await startLogin(app, '_a')
  await startLogin(app, '_b', cookie)
  const named = { ...loginOf('alice', 'first'), in_response_to: '_a' }
  app.elasticsearch.reply('POST /_security/saml/authenticate', { body: named })
  const first = await app.postResponse({ cookie })
  app.elasticsearch.reply('POST /_security/saml/authenticate', { body: { ...named, in_response_to: '_b' } })
  const second = await app.postResponse({ cookie: cookieOf(first) })
  expect([first, second].map((answer) => answer.headers.get('location'))).toEqual([
    '/app/_a?one=two',
    '/app/_b?one=two',
  ])
})

test('a signed-in session never keeps the secret of the login that led to it', async () => {
  await using app = await startTestApp()
  const cookie = await startLogin(app, '_a')
  expect(cookieOf(await app.postResponse({ cookie }))).not.toBe(cookie)
  expect(await app.sessions.find(cookie.replace('sloop_app=', ''))).toBeUndefined()
})

test('cases 30 and 73: the same user keeps the session, with new tokens; the old ones are dropped without a logout', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('POST /_security/saml/authenticate', { body: loginOf('alice', 'second') })
  const calls = await callsAfter(app, async () => {
    const answer = await app.postResponse({ cookie })
    expect([answer.headers.get('location'), cookieOf(answer)]).toEqual(['/', cookie])
  })
  expect(calls).toEqual([
    'GET /_security/_authenticate',
    'POST /_security/saml/authenticate',
    'DELETE /_security/oauth2/token',
    'DELETE /_security/oauth2/token',
  ])
  expect(app.elasticsearch.calls.slice(-2).map(({ body }) => body)).toEqual([
    { refresh_token: 'alice-refresh' },
    { token: 'alice-access' },
  ])
  await app.visit('/internal/security/me', { cookie })
  expect(app.elasticsearch.calls.at(-1)?.authorization).toBe('Bearer second-access')
})

test('cases 31 and 33: another user takes the browser over, and is told; the old cookie is worth nothing', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('POST /_security/saml/authenticate', { body: loginOf('bob', 'bob') })
  const answer = await app.postResponse({ cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/security/overwritten_session?next=%2F'])
  expect(cookieOf(answer)).not.toBe(cookie)
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
})

test('cases 32 and 75: a new login replaces a session whose access token has expired', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('GET /_security/_authenticate', refusal(401, 'token expired'))
  const answer = await app.postResponse({ cookie })
  expect([answer.headers.get('location'), cookieOf(answer)]).toEqual(['/', cookie])
})

test('case 72: when the old tokens cannot be dropped the login fails and the session stays as it was', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('DELETE /_security/oauth2/token', refusal(500, 'shard failure'))
  app.elasticsearch.reply('POST /_security/saml/authenticate', { body: loginOf('bob', 'bob') })
  const answer = await app.postResponse({ cookie })
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain('Elasticsearch did not accept the login: shard failure')
  await app.visit('/internal/security/me', { cookie })
  expect(app.elasticsearch.calls.at(-1)?.authorization).toBe('Bearer alice-access')
})

test('cases 7, 10 and 60: a refused Response is an error page with status 401, and sets no cookie', async () => {
  await using app = await startTestApp()
  app.elasticsearch.reply('POST /_security/saml/authenticate', refusal(401, 'unable to authenticate user <saml>'))
  const answer = await app.postResponse()
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  const page = await answer.text()
  expect(page).toContain('<h1>Unauthenticated</h1>')
  expect(page).toContain('<p>Elasticsearch did not accept the login: unable to authenticate user &lt;saml&gt;</p>')
})

test('a Response that is no base64 is refused by Elasticsearch, and with 401 like any other', async () => {
  await using app = await startTestApp()
  app.elasticsearch.reply('POST /_security/saml/authenticate', refusal(400, 'Illegal base64 character 2d'))
  expect((await app.postResponse()).status).toBe(401)
})

test.each([
  ['an external address', 'https://evil.test'],
  ['an address without a scheme', '//evil.test'],
  ['a page of our own (case 63)', '/app/y'],
])('cases 44 and 54: RelayState leads nowhere: %s', async (_case, relayState) => {
  await using app = await startTestApp()
  const body = new URLSearchParams({ SAMLResponse: 'x', RelayState: relayState, other: 'field' })
  const answer = await app.send(new Request(acs, { method: 'POST', body }))
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/'])
})

test('a Response may come as JSON, and other fields do not matter', async () => {
  await using app = await startTestApp()
  const body = '{"__proto__":{"a":1},"RelayState":7,"SAMLResponse":"PD94=="}'
  const answer = await app.send(
    new Request(acs, { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
  )
  expect(answer.status).toBe(302)
  expect(app.elasticsearch.bodyOf('POST /_security/saml/authenticate')).toEqual({ content: 'PD94==', ids: [] })
})

test.each([
  ['no field', 'application/x-www-form-urlencoded', 'RelayState=x'],
  ['an empty field', 'application/x-www-form-urlencoded', 'SAMLResponse='],
  ['T83: a number', 'application/json', '{"SAMLResponse":7}'],
  ['T83: an array', 'application/json', '{"SAMLResponse":["x"]}'],
  ['T83: null', 'application/json', '{"SAMLResponse":null}'],
  ['T83: a prototype', 'application/json', '{"__proto__":{"SAMLResponse":"x"}}'],
  ['T83: no object', 'application/json', 'null'],
  ['another content type', 'text/plain', 'SAMLResponse=x'],
  ['no boundary', 'multipart/form-data', 'SAMLResponse=x'],
])('a request without a SAMLResponse is a bad request: %s', async (_case, type, body) => {
  await using app = await startTestApp()
  const answer = await app.send(new Request(acs, { method: 'POST', body, headers: { 'content-type': type } }))
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('The request has no SAMLResponse.')
  expect(app.elasticsearch.calls).toEqual([])
})

test('a body that is no JSON is a bad request', async () => {
  await using app = await startTestApp()
  const init = { method: 'POST', body: '{"SAML', headers: { 'content-type': 'application/json' } }
  const answer = await app.send(new Request(acs, init))
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('The body is not JSON.')
})

test('two Responses in one form are a bad request: it is not for us to choose', async () => {
  await using app = await startTestApp()
  const body = new URLSearchParams('SAMLResponse=x&SAMLResponse=y')
  const answer = await app.send(new Request(acs, { method: 'POST', body }))
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('The request has more than one SAMLResponse.')
})

test('a body of more than a megabyte is not read', async () => {
  await using app = await startTestApp()
  const body = new URLSearchParams({ SAMLResponse: 'x'.repeat(1024 * 1024) })
  const answer = await app.send(new Request(acs, { method: 'POST', body }))
  expect(answer.status).toBe(413)
  expect(await answer.text()).toContain('The request is larger than one megabyte.')
})

test('a body whose sender goes away in the middle of it is a bad request, and no failure of ours', async () => {
  await using app = await startTestApp()
  const answer = await app.send(cutOffRequest(acs, { 'content-type': 'application/x-www-form-urlencoded' }))
  expect(answer.status).toBe(400)
  expect(app.logged).toEqual([
    expect.objectContaining({ code: 'BAD_REQUEST', message: 'The connection ended in the middle of the body.' }),
  ])
})

test('the overwritten-session page names the new user and leads on to the page that was wanted', async () => {
  await using app = await startTestApp()
  app.elasticsearch.reply('GET /_security/_authenticate', { body: whoIs('bob') })
  const answer = await app.visit('/security/overwritten_session?next=%2Fapp%2Fy', { cookie: await app.signIn() })
  const page = await answer.text()
  expect(page).toContain('you are now signed in as bob.')
  expect(page).toContain('<a class="button" href="/app/y">Continue as bob</a>')
})

test('the overwritten-session page leads home when its address says another site', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/security/overwritten_session?next=%2F%2Fevil.test', { cookie: await app.signIn() })
  expect(await answer.text()).toContain('<a class="button" href="/">Continue as alice</a>')
})
