import { expect, test } from 'vitest'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { acceptPassword, postPassword, startSelectorApp } from '../providers.test-support.ts'
import { baseUrl, cookieOf, startTestApp, type TestApp } from '../test-app.test-support.ts'

const chooseFirst = { providerType: 'saml', providerName: 'first', currentURL: '/login?next=%2Fapp%2Fx%3Fone%3Dtwo' }

function postJson(app: TestApp, body: string, headers: Record<string, string> = { 'kbn-xsrf': 'true' }) {
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }
  return app.send(new Request(`${baseUrl}/internal/security/login`, init))
}

test('case 39: where users choose, a page load without a session goes to the login page, without a cookie', async () => {
  await using app = await startSelectorApp()
  const { status, headers } = await app.visit('/app/x?one=two')
  expect([status, headers.get('location'), headers.get('set-cookie')]).toEqual([
    302,
    '/login?next=%2Fapp%2Fx%3Fone%3Dtwo',
    null,
  ])
})

test('case 40: a login under way may open the login page, and every other page leads to it', async () => {
  await using app = await startSelectorApp()
  const cookie = cookieOf(await app.postForm('/internal/security/login', chooseFirst))
  expect((await app.visit('/login', { cookie })).status).toBe(200)
  expect((await app.visit('/app/y', { cookie })).headers.get('location')).toBe('/login?next=%2Fapp%2Fy')
})

test('case 41: a hint about the provider is kept on the way to the login page, which then offers it first', async () => {
  await using app = await startSelectorApp()
  const location = (await app.visit('/?auth_provider_hint=second')).headers.get('location') ?? ''
  expect(location).toBe('/login?next=%2F%3Fauth_provider_hint%3Dsecond&auth_provider_hint=second')
  const page = await (await app.visit(location)).text()
  expect(page.match(/Log in with \w+/g)).toEqual(['Log in with second', 'Log in with first', 'Log in with basic1'])
})

test('the login page has a form for each provider and a script that leaves nothing behind', async () => {
  await using app = await startSelectorApp()
  const answer = await app.visit('/login?next=%2Fapp')
  const page = await answer.text()
  expect(page).toContain('<input type="hidden" name="currentURL" value="/login?next=%2Fapp"/>')
  expect(page.match(/<form/g)).toHaveLength(3)
  expect(page).toContain('document.currentScript.remove()')
  expect(answer.headers.get('content-security-policy')).toContain('form-action http: https:')
})

test.each([
  ['LOGGED_OUT', 'You are logged out.'],
  ['<b>evil</b>', 'Choose how to log in.'],
  ['toString', 'Choose how to log in.'],
])('the login page says why somebody is there, in its own words: %s', async (msg, notice) => {
  await using app = await startSelectorApp()
  const page = await (await app.visit(`/login?msg=${encodeURIComponent(msg)}`)).text()
  expect(page).toContain(`<p>${notice}</p>`)
})

test('cases 50 and 113: a choice leads to the IdP and back to the page that was wanted', async () => {
  await using app = await startSelectorApp()
  const choice = await app.postForm('/internal/security/login', chooseFirst)
  expect([choice.status, choice.headers.get('location')]).toEqual([303, 'http://idp.test/sso?SAMLRequest=a'])
  expect(app.elasticsearch.bodyOf('POST /_security/saml/prepare')).toEqual({ realm: 'saml1' })
  const answer = await app.postResponse({ cookie: cookieOf(choice) })
  expect(answer.headers.get('location')).toBe('/app/x?one=two')
})

test('a script gets the address to go to, and the cookie of the login under way', async () => {
  await using app = await startSelectorApp()
  const answer = await postJson(app, JSON.stringify(chooseFirst))
  expect([answer.status, await answer.json()]).toEqual([200, { location: 'http://idp.test/sso?SAMLRequest=a' }])
  expect(answer.headers.get('set-cookie')).toContain('; SameSite=None; Secure')
})

test('a script that lacks the header of a script is refused', async () => {
  await using app = await startSelectorApp()
  const answer = await postJson(app, JSON.stringify(chooseFirst), {})
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('Request must contain a kbn-xsrf header.')
})

test.each([
  ['cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['same-site', { 'sec-fetch-site': 'same-site' }],
  ['a name made to lead here', { 'sec-fetch-site': 'same-origin', origin: 'http://evil.test' }],
])('a form of another site logs nobody in: %s', async (_case, headers) => {
  await using app = await startSelectorApp()
  const answer = await app.postForm('/internal/security/login', chooseFirst, { headers })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null])
  expect(await answer.text()).toContain('Another site tried to log you in here.')
})

test('case 77: a choice that does not say where to go on to is a bad request', async () => {
  await using app = await startSelectorApp()
  const answer = await app.postForm('/internal/security/login', { ...chooseFirst, currentURL: '' })
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('The request has no currentURL.')
})

test.each([
  ['an unknown name', { providerName: 'third' }],
  ['the type of another', { providerType: 'basic' }],
])('a provider that does not exist logs nobody in: %s', async (_case, fields) => {
  await using app = await startSelectorApp()
  const answer = await app.postForm('/internal/security/login', { ...chooseFirst, ...fields })
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain('Could not perform login.')
})

test('case 114: a realm that Elasticsearch does not know is an error page with its reason', async () => {
  await using app = await startSelectorApp()
  app.elasticsearch.reply('POST /_security/saml/prepare', refusal(500, 'Cannot find any matching realm'))
  const answer = await app.postForm('/internal/security/login', chooseFirst)
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([500, null])
  expect(await answer.text()).toContain('Cannot find any matching realm')
})

test('case 2: a password logs in although SAML comes first, and speaks for the user in the header', async () => {
  await using app = await startSelectorApp()
  acceptPassword(app, 'alice', 'secret')
  const answer = await postPassword(app, { password: 'secret', next: '/app/x' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/app/x'])
  expect((await app.visit('/internal/security/me', { cookie: cookieOf(answer) })).status).toBe(200)
  expect(app.elasticsearch.calls.at(-1)?.authorization).toBe(`Basic ${btoa('alice:secret')}`)
})

test('a password may come as JSON', async () => {
  await using app = await startSelectorApp()
  acceptPassword(app, 'alice', 'secret')
  const params = { username: 'alice', password: 'secret' }
  const body = { providerType: 'basic', providerName: 'basic1', currentURL: '/login?next=%2Fapp', params }
  const answer = await postJson(app, JSON.stringify(body))
  expect([answer.status, await answer.json()]).toEqual([200, { location: '/app' }])
})

test('a wrong password leads back to the login page, and is one line in the log without the password', async () => {
  await using app = await startSelectorApp()
  acceptPassword(app, 'alice', 'secret')
  const answer = await postPassword(app, { password: 'guess', next: '/app/x' })
  const page = await answer.text()
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
  expect(page).toContain('<p>Username or password is incorrect. Please try again.</p>')
  expect(page).toContain('value="/login?next=%2Fapp%2Fx"')
  expect(app.logged).toEqual([
    { code: 'WRONG_PASSWORD', event: 'user_login', outcome: 'failure', provider: 'basic1', message: 'wrong password' },
  ])
})

test('a session whose password is no longer good is over', async () => {
  await using app = await startSelectorApp()
  acceptPassword(app, 'alice', 'secret')
  const cookie = cookieOf(await postPassword(app, { password: 'secret' }))
  acceptPassword(app, 'alice', 'changed')
  expect((await app.visit('/app', { cookie })).headers.get('location')).toBe('/login?next=%2Fapp')
  expect(await app.sessions.peek(cookie.replace('sloop_app=', ''))).toBeUndefined()
})

test('whoever is signed in is led on from the login page', async () => {
  await using app = await startTestApp()
  const { status, headers } = await app.visit('/login?next=%2Fapp%2Fx', { cookie: await app.signIn() })
  expect([status, headers.get('location')]).toEqual([302, '/app/x'])
})
