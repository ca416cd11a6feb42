import { expect, test } from 'vitest'
import { leave, logoutPath, startCarefulApp } from '../careful.test-support.ts'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { acceptOnly, acceptPassword, postPassword, realmOf, startSelectorApp } from '../providers.test-support.ts'
import { cookieOf, type TestApp } from '../test-app.test-support.ts'

const cleared = 'sloop_app=; Path=/; HttpOnly; Max-Age=0'
const loggedOut = '/security/logged_out?msg=LOGGED_OUT'
const toIdp = 'http://idp.test/slo?SAMLResponse=c%2B'
const me = '/internal/security/me'

const isSignedIn = async (app: TestApp, cookie: string): Promise<boolean> =>
  (await app.visit(me, { cookie })).status === 200

function answerInvalidate(app: TestApp, invalidated: number): void {
  app.elasticsearch.reply('POST /_security/saml/invalidate', { body: { realm: 'saml1', invalidated, redirect: toIdp } })
}

test('the page of a user logs out by a form, not by a link', async () => {
  await using app = await startCarefulApp()
  const answer = await app.visit('/', { cookie: await app.signIn() })
  expect(await answer.text()).toContain(
    '<form method="post" action="/api/security/logout"><button type="submit">Log out</button></form>',
  )
  expect(answer.headers.get('content-security-policy')).toContain('form-action http: https:')
})

test('a user who logs out goes to the IdP, and the browser keeps a session that remembers the request', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  const answer = await app.postForm(logoutPath, {}, { cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, 'http://idp.test/slo?SAMLRequest=b%2B'])
  expect(await app.sessions.peek(cookieOf(answer).replace('sloop_app=', ''))).toMatchObject({
    session: { kind: 'intermediate', pendingLogout: { id: '_logout1', realm: 'saml1' } },
  })
  expect([await isSignedIn(app, cookie), await isSignedIn(app, cookieOf(answer))]).toEqual([false, false])
})

test('the LogoutResponse is judged with the id of the request and the octets of the query, and ends the waiting', async () => {
  await using app = await startCarefulApp()
  const cookie = await leave(app, await app.signIn())
  const query = 'SAMLResponse=a%2b+b&RelayState=&SigAlg=x&Signature=y%3d'
  const answer = await app.visit(`${logoutPath}?${query}`, { cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, loggedOut])
  expect(answer.headers.get('set-cookie')).toBe(cleared)
  const [judged] = app.elasticsearch.calls.filter(({ call }) => call === 'POST /_security/saml/complete_logout')
  expect(judged?.body).toEqual({ query_string: query, ids: ['_logout1'], realm: 'saml1' })
})

test('a second LogoutResponse is one that nobody waits for', async () => {
  await using app = await startCarefulApp()
  const cookie = await leave(app, await app.signIn())
  await app.visit(`${logoutPath}?SAMLResponse=x`, { cookie })
  const answer = await app.visit(`${logoutPath}?SAMLResponse=x`, { cookie })
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('<p>Nothing here waits for a LogoutResponse.</p>')
})

test('scenario 57: a LogoutResponse that nobody asked for is refused', async () => {
  await using app = await startCarefulApp()
  const answer = await app.visit(`${logoutPath}?SAMLResponse=garbage`)
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([400, null])
  expect(app.elasticsearch.calls).toEqual([])
})

test('scenario 64: a late LogoutResponse leaves a new session alone', async () => {
  await using app = await startCarefulApp()
  const waiting = await leave(app, await app.signIn())
  const body = new URLSearchParams({ SAMLResponse: 'QW5vdGhlcg==' })
  const acs = 'http://app.localhost:5601/api/security/saml/callback'
  const cookie = cookieOf(await app.send(new Request(acs, { method: 'POST', body, headers: { cookie: waiting } })))
  const answer = await app.visit(`${logoutPath}?SAMLResponse=x`, { cookie })
  expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([302, '/', null])
  expect(await isSignedIn(app, cookie)).toBe(true)
})

test('when Elasticsearch cannot judge a LogoutResponse the page says so, and it can be sent again', async () => {
  await using app = await startCarefulApp()
  const cookie = await leave(app, await app.signIn())
  app.elasticsearch.reply('POST /_security/saml/complete_logout', refusal(503, 'busy'))
  const answer = await app.visit(`${logoutPath}?SAMLResponse=x`, { cookie })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([503, null])
  expect(await answer.text()).toContain('The identity provider has not confirmed that the others have: busy</p>')
  expect(await app.sessions.peek(cookie.replace('sloop_app=', ''))).toMatchObject({
    session: { pendingLogout: { id: '_logout1' } },
  })
  app.elasticsearch.reply('POST /_security/saml/complete_logout', ({ body }) =>
    JSON.stringify(body).includes('"_logout1"') ? { body: {} } : refusal(500, 'does not match'),
  )
  const again = await app.visit(`${logoutPath}?SAMLResponse=x`, { cookie })
  expect(again.headers.get('location')).toBe(loggedOut)
})

test('when the single logout cannot begin, the tokens die all the same', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('POST /_security/saml/logout', refusal(500, 'two endpoints'))
  const answer = await app.postForm(logoutPath, {}, { cookie })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([500, cleared])
  expect(await answer.text()).toContain('You are logged out of this application only.')
  expect(app.elasticsearch.calls.slice(-2).map(({ body }) => body)).toEqual([
    { refresh_token: 'alice-refresh' },
    { token: 'alice-access' },
  ])
})

test('tokens that cannot be invalidated are logged with a code, and the page is the same', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('POST /_security/saml/logout', refusal(500, 'two endpoints'))
  app.elasticsearch.reply('DELETE /_security/oauth2/token', refusal(500, 'shard failure'))
  const answer = await app.postForm(logoutPath, {}, { cookie })
  expect(await answer.text()).toContain('The single logout failed: two endpoints')
  expect(app.logged).toContainEqual({
    code: 'TOKENS_NOT_INVALIDATED',
    reason: 'shard failure',
    message: 'tokens were not invalidated',
  })
})

test('scenario 70: a second click finds no session, and only one LogoutRequest is made', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  const [first, second] = await Promise.all([leave(app, cookie), app.postForm(logoutPath, {}, { cookie })])
  expect([first, second.headers.get('location')]).toEqual([expect.stringMatching(/^sloop_app=[\w-]{43}$/), loggedOut])
  expect(app.elasticsearch.calls.filter(({ call }) => call === 'POST /_security/saml/logout')).toHaveLength(1)
})

test('a session with a password ends here, since no IdP knows of it', async () => {
  await using app = await startSelectorApp({ profile: 'careful' })
  acceptPassword(app, 'alice', 'secret')
  const cookie = cookieOf(await postPassword(app, { password: 'secret' }))
  const answer = await app.postForm(logoutPath, {}, { cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login?msg=LOGGED_OUT'])
  expect(answer.headers.get('set-cookie')).toBe(cleared)
  expect(await app.sessions.peek(cookie.replace('sloop_app=', ''))).toBeUndefined()
})

test('a verified LogoutRequest for the user of the session ends it, after it was verified', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  const wasThere: boolean[] = []
  app.elasticsearch.reply('POST /_security/saml/invalidate', async () => {
    wasThere.push((await app.sessions.peek(cookie.replace('sloop_app=', ''))) !== undefined)
    app.elasticsearch.reply('GET /_security/_authenticate', refusal(401, 'token expired'))
    app.elasticsearch.reply('POST /_security/oauth2/token', { status: 400, body: { error: 'invalid_grant' } })
    return { body: { realm: 'saml1', invalidated: 2, redirect: toIdp } }
  })
  const answer = await app.visit(`${logoutPath}?SAMLRequest=x`, { cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, toIdp])
  expect(await app.sessions.peek(cookie.replace('sloop_app=', ''))).toBeUndefined()
  expect([wasThere, answer.headers.get('set-cookie')]).toEqual([[true], cleared])
})

test('scenario 42: a LogoutRequest that ended somebody else’s tokens leaves this session alone', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  answerInvalidate(app, 2)
  const answer = await app.visit(`${logoutPath}?SAMLRequest=x`, { cookie })
  expect([answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([toIdp, null])
  expect(await isSignedIn(app, cookie)).toBe(true)
})

test('scenario 33: a LogoutRequest that Elasticsearch verified and matched to nobody ends the session and its tokens', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  answerInvalidate(app, 0)
  const answer = await app.visit(`${logoutPath}?SAMLRequest=x`, { cookie })
  expect([answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([toIdp, cleared])
  expect(await app.sessions.peek(cookie.replace('sloop_app=', ''))).toBeUndefined()
  expect(app.elasticsearch.calls.slice(-2).map(({ body }) => body)).toEqual([
    { refresh_token: 'alice-refresh' },
    { token: 'alice-access' },
  ])
})

test('scenario 44: a LogoutRequest reaches Elasticsearch past a session with a password, which stays', async () => {
  await using app = await startSelectorApp({ profile: 'careful' })
  acceptPassword(app, 'alice', 'secret')
  const cookie = cookieOf(await postPassword(app, { password: 'secret' }))
  const answer = await app.visit(`${logoutPath}?SAMLRequest=x`, { cookie })
  expect([answer.headers.get('location'), await isSignedIn(app, cookie)]).toEqual([toIdp, true])
})

test('scenario 72: without a session the realms are asked in turn', async () => {
  await using app = await startSelectorApp({ profile: 'careful' })
  acceptOnly(app, 'saml2')
  app.elasticsearch.reply('POST /_security/saml/invalidate', (call) =>
    realmOf(call) === 'saml2' ? { body: { invalidated: 1, redirect: toIdp } } : refusal(500, 'wrong issuer'),
  )
  expect((await app.visit(`${logoutPath}?SAMLRequest=x`)).headers.get('location')).toBe(toIdp)
})

test('the address that the IdP knows carries messages on, and asks everybody else first', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  const carried = await (await app.visit('/logout?SAMLRequest=a%2b', { cookie })).text()
  const asked = await (await app.visit('/logout', { cookie })).text()
  expect(carried).toContain('href="/api/security/logout?SAMLRequest=a%2b"')
  expect(asked).toContain('<h1>Log out?</h1>')
  expect((await app.visit('/logout')).headers.get('location')).toBe(loggedOut)
})

test('a Response is taken once; the refusal of a replay is one line in the log', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  const replay = await app.postResponse()
  expect([replay.status, replay.headers.get('set-cookie')]).toEqual([401, null])
  expect(await replay.text()).toContain('This Response has already been used to log in.')
  expect(app.logged.at(-1)).toMatchObject({ event: 'user_login', outcome: 'failure', code: 'REPLAYED_RESPONSE' })
  expect(await isSignedIn(app, cookie)).toBe(true)
})

test('a Response that was refused can be sent again', async () => {
  await using app = await startCarefulApp()
  const accept = { body: { username: 'alice', realm: 'saml1', access_token: 'a', refresh_token: 'r' } }
  app.elasticsearch.reply('POST /_security/saml/authenticate', refusal(401, 'unsolicited'))
  await app.postResponse()
  app.elasticsearch.reply('POST /_security/saml/authenticate', accept)
  expect((await app.postResponse()).status).toBe(302)
})
