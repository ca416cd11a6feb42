import { expect, test } from 'vitest'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { acceptOnly, acceptPassword, postPassword, realmOf, startSelectorApp } from '../providers.test-support.ts'
import { cookieOf, loginOf, prepared, type TestApp } from '../test-app.test-support.ts'

const overwritten = '/security/overwritten_session?next=%2F'

async function choose(app: TestApp, providerName: string, visit: { cookie?: string } = {}): Promise<string> {
  const realm = providerName === 'first' ? 'saml1' : 'saml2'
  app.elasticsearch.reply('POST /_security/saml/prepare', prepared(`_${providerName}`, realm))
  const fields = { providerType: 'saml', providerName, currentURL: `/login?next=%2Fapp%2F${providerName}` }
  return cookieOf(await app.postForm('/internal/security/login', fields, visit))
}

function realmsAsked(app: TestApp, call: string): unknown[] {
  return app.elasticsearch.calls.filter((made) => made.call === call).map(realmOf)
}

test('case 42: a Response that nobody asked for lands at the provider whose realm takes it', async () => {
  await using app = await startSelectorApp()
  acceptOnly(app, 'saml2')
  const answer = await app.postResponse()
  expect(answer.headers.get('location')).toBe('/')
  expect(realmsAsked(app, 'POST /_security/saml/authenticate')).toEqual(['saml1', 'saml2'])
  expect(app.logged).toMatchObject([{ event: 'user_login', provider: 'second', realm: 'saml2' }])
})

test('case 70: a provider without a realm stops the search', async () => {
  const providers = [
    { type: 'saml', name: 'any' },
    { type: 'saml', name: 'second', realm: 'saml2' },
  ] as const
  await using app = await startSelectorApp({ providers })
  acceptOnly(app, 'saml2')
  expect((await app.postResponse()).status).toBe(401)
  expect(realmsAsked(app, 'POST /_security/saml/authenticate')).toEqual([undefined])
})

test('case 71: with a session too, the refusal of one realm leads to the next', async () => {
  await using app = await startSelectorApp()
  const cookie = cookieOf(await app.postResponse())
  acceptOnly(app, 'saml2')
  expect((await app.postResponse({ cookie })).headers.get('location')).toBe(overwritten)
})

test('cases 49 and 60: when no realm takes the Response, its link leads to the login page', async () => {
  await using app = await startSelectorApp()
  acceptOnly(app, 'none')
  const answer = await app.postResponse()
  const page = await answer.text()
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
  expect(page).toContain('Elasticsearch did not accept the login: not for saml2')
  expect(page).toContain('<a class="button" href="/login?msg=UNAUTHENTICATED&amp;next=%2F">Log in</a>')
})

test('case 48: a Response for one provider over a login under way with another fails, and leads out by the logout', async () => {
  await using app = await startSelectorApp()
  const cookie = await choose(app, 'first')
  acceptOnly(app, 'saml2')
  const answer = await app.postResponse({ cookie })
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain('<a class="button" href="/logout?msg=UNAUTHENTICATED&amp;next=%2F">Log out</a>')
  expect(realmsAsked(app, 'POST /_security/saml/authenticate')).toEqual(['saml1'])
})

test('the reason of a logout and the next page reach the login page', async () => {
  await using app = await startSelectorApp()
  const answer = await app.visit('/api/security/logout?msg=UNAUTHENTICATED&next=%2F', {
    cookie: await choose(app, 'first'),
  })
  expect(answer.headers.get('location')).toBe('/login?msg=UNAUTHENTICATED&next=%2F')
})

test('case 51: a login with one provider over a login under way with another works', async () => {
  await using app = await startSelectorApp()
  const first = await choose(app, 'first')
  const second = await choose(app, 'second', { cookie: first })
  expect(second).not.toBe(first)
  acceptOnly(app, 'saml2')
  expect((await app.postResponse({ cookie: second })).headers.get('location')).toBe('/app/second')
})

test('a login with another provider over a session ends that session and its tokens', async () => {
  await using app = await startSelectorApp()
  const cookie = cookieOf(await app.postResponse())
  await choose(app, 'second', { cookie })
  expect(await app.sessions.peek(cookie.replace('sloop_app=', ''))).toBeUndefined()
  expect(app.elasticsearch.calls.slice(-2).map(({ body }) => body)).toEqual([
    { refresh_token: 'alice-saml1-refresh' },
    { token: 'alice-saml1-access' },
  ])
})

test('case 45: a Response over a session with a password replaces it, and the user is told', async () => {
  await using app = await startSelectorApp()
  acceptPassword(app, 'alice', 'secret')
  const cookie = cookieOf(await postPassword(app, { password: 'secret' }))
  const answer = await app.postResponse({ cookie })
  expect(answer.headers.get('location')).toBe(overwritten)
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
  expect((await app.visit('/internal/security/me', { cookie: cookieOf(answer) })).status).toBe(200)
})

test('cases 46 and 47: a Response of another provider replaces the session, and its RelayState is the next page', async () => {
  await using app = await startSelectorApp()
  const cookie = cookieOf(await app.postResponse())
  acceptOnly(app, 'saml2')
  const answer = await app.postResponse({ cookie, relayState: '/app/y' })
  expect(answer.headers.get('location')).toBe('/security/overwritten_session?next=%2Fapp%2Fy')
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
  expect((await app.visit('/internal/security/me', { cookie: cookieOf(answer) })).status).toBe(200)
})

test('case 52: ten logins of one browser end in mixed order, each at its own page', async () => {
  await using app = await startSelectorApp()
  const underWay = await choose(app, 'first')
  const order = [7, 2, 9, 0, 4, 1, 8, 3, 6, 5]
  for (const id of [...order].sort()) {
    app.elasticsearch.reply('POST /_security/saml/prepare', prepared(`_${id}`))
    const fields = { providerType: 'saml', providerName: 'first', currentURL: `/login?next=%2Fapp%2F${id}` }
    await app.postForm('/internal/security/login', fields, { cookie: underWay })
  }
  let signedIn = underWay
  const locations: (string | null)[] = []
  for (const [index, id] of order.entries()) {
    const body = { ...loginOf('alice', `pair${id}`), in_response_to: `_${id}` }
    app.elasticsearch.reply('POST /_security/saml/authenticate', { body })
    // Every other tab posts before it has learned of the new cookie.
    const answer = await app.postResponse({ cookie: index % 2 === 0 ? signedIn : underWay })
    locations.push(answer.headers.get('location'))
    signedIn = cookieOf(answer)
  }
  expect(locations).toEqual(order.map((id) => `/app/${id}`))
})

test('scenario 44: a LogoutRequest that meets a session with a password ends that session and reaches nobody, as in Kibana', async () => {
  await using app = await startSelectorApp()
  acceptPassword(app, 'alice', 'secret')
  const cookie = cookieOf(await postPassword(app, { password: 'secret' }))
  const answer = await app.visit('/api/security/logout?SAMLRequest=x', { cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/login?msg=LOGGED_OUT'])
  expect(realmsAsked(app, 'POST /_security/saml/invalidate')).toEqual([])
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
})

test('scenario 71: a LogoutRequest goes to the realm of the session', async () => {
  await using app = await startSelectorApp()
  acceptOnly(app, 'saml2')
  await app.visit('/api/security/logout?SAMLRequest=x', { cookie: cookieOf(await app.postResponse()) })
  expect(realmsAsked(app, 'POST /_security/saml/invalidate')).toEqual(['saml2'])
})

test('scenario 72: without a session the first realm alone is asked, and its refusal is the end, as in Kibana', async () => {
  await using app = await startSelectorApp()
  app.elasticsearch.reply('POST /_security/saml/invalidate', (call) =>
    realmOf(call) === 'saml2'
      ? { body: { invalidated: 1, redirect: 'http://idp.test' } }
      : refusal(500, 'wrong issuer'),
  )
  const answer = await app.visit('/api/security/logout?SAMLRequest=x')
  expect(answer.status).toBe(500)
  expect(await answer.text()).toContain('The single logout failed: wrong issuer')
  expect(realmsAsked(app, 'POST /_security/saml/invalidate')).toEqual(['saml1'])
})

test('a logout by the user ends at the login page where there is one', async () => {
  await using app = await startSelectorApp()
  app.elasticsearch.reply('POST /_security/saml/logout', { body: { id: null, redirect: null } })
  const answer = await app.visit('/api/security/logout', { cookie: cookieOf(await app.postResponse()) })
  expect(answer.headers.get('location')).toBe('/login?msg=LOGGED_OUT')
})

test('case 94: dead tokens ask the provider of the session for new ones, without a choice', async () => {
  await using app = await startSelectorApp()
  acceptOnly(app, 'saml2')
  const cookie = cookieOf(await app.postResponse())
  app.elasticsearch.reply('GET /_security/_authenticate', refusal(401, 'token expired'))
  app.elasticsearch.reply('POST /_security/oauth2/token', { status: 400, body: { error: 'invalid_grant' } })
  expect((await app.visit('/app', { cookie })).headers.get('location')).toBe(
    '/internal/security/capture-url?next=%2Fapp%3Fauth_provider_hint%3Dsecond',
  )
})

test('without a choice the first provider is asked, or the one of the hint', async () => {
  await using app = await startSelectorApp({ selector: false })
  const hintOf = async (path: string) =>
    (await app.visit(path)).headers.get('location')?.replace(/.*auth_provider_hint%3D/, '')
  expect([await hintOf('/'), await hintOf('/?auth_provider_hint=second')]).toEqual(['first', 'second'])
})
