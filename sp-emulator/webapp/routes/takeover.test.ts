import { expect, test } from 'vitest'
import { systemClock } from '#server/clock'
import { newSecret } from '#server/ids'
import { createMemoryStore } from '#server/store/store'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { createSessionStore } from '../sessions/session-store.ts'
import { cookieOf, loginOf, startTestApp, type TestApp } from '../test-app.test-support.ts'

const me = '/internal/security/me'
const zeros = { invalidated_tokens: 0, previously_invalidated_tokens: 0, error_count: 0 }

function expire(app: TestApp): void {
  app.elasticsearch.reply('GET /_security/_authenticate', refusal(401, 'token expired'))
}

function forget(app: TestApp): void {
  expire(app)
  app.elasticsearch.reply('DELETE /_security/oauth2/token', { status: 404, body: zeros })
}

const oldTokens: readonly { same: number; other: number; state: string; make: (app: TestApp) => void }[] = [
  { same: 30, other: 31, state: 'valid', make: () => undefined },
  { same: 32, other: 33, state: 'expired', make: expire },
  { same: 34, other: 35, state: 'gone with its document', make: forget },
]

test.each(oldTokens)('case $same: the same user keeps the session when the old token is $state', async ({ make }) => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  make(app)
  const answer = await app.postResponse({ cookie })
  expect([answer.headers.get('location'), cookieOf(answer)]).toEqual(['/', cookie])
})

test.each(oldTokens)('case $other: another user gets a new session when the old token is $state', async ({ make }) => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  make(app)
  app.elasticsearch.reply('POST /_security/saml/authenticate', { body: loginOf('bob', 'bob') })
  const answer = await app.postResponse({ cookie })
  expect(answer.headers.get('location')).toBe('/security/overwritten_session?next=%2F')
  expect((await app.visit(me, { cookie })).status).toBe(401)
  expect(await app.sessions.peek(cookieOf(answer).replace('sloop_app=', ''))).toMatchObject({
    session: { kind: 'authenticated', username: 'bob' },
  })
})

test('the same name from another realm is another user', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('POST /_security/saml/authenticate', { body: loginOf('alice', 'other', 'saml2') })
  const answer = await app.postResponse({ cookie })
  expect(answer.headers.get('location')).toBe('/security/overwritten_session?next=%2F')
  expect((await app.visit(me, { cookie })).status).toBe(401)
})

test('case 36: a session is one line in the log when it begins and one when it ends', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  await app.visit(me, { cookie })
  await app.visit('/api/security/logout', { cookie })
  await app.visit('/api/security/logout', { cookie })
  expect(app.logged.map(({ event, outcome, username }) => [event, outcome, username])).toEqual([
    ['user_login', 'success', 'alice'],
    ['user_logout', 'unknown', 'alice'],
  ])
})

test('case 37: a login that fails is one line in the log', async () => {
  await using app = await startTestApp()
  app.elasticsearch.reply('POST /_security/saml/authenticate', refusal(401, 'no'))
  await app.postResponse()
  expect(app.logged).toEqual([
    {
      event: 'user_login',
      outcome: 'failure',
      code: 'LOGIN_REFUSED',
      status: 401,
      method: 'POST',
      path: '/api/security/saml/callback',
      message: 'Elasticsearch did not accept the login: no',
    },
  ])
})

test('case 38: on the way of a login an error of our own is an Unauthenticated page', async () => {
  const sessions = createSessionStore({ store: createMemoryStore(), clock: systemClock, newSecret })
  const create = () => Promise.reject(new TypeError('the disk is full'))
  await using app = await startTestApp({ sessions: { ...sessions, create } })
  const answer = await app.postResponse()
  expect(answer.status).toBe(500)
  expect(await answer.text()).toContain('<h1>Unauthenticated</h1><p>The application failed. Its log says more.</p>')
})

test('case 38: elsewhere an error keeps its own words', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('GET /_security/_authenticate', refusal(500, 'shard failure'))
  const answer = await app.visit(me, { cookie })
  expect([answer.status, await answer.json()]).toEqual([
    500,
    { statusCode: 500, error: 'Unauthenticated', message: 'shard failure' },
  ])
})

test('case 111: the error page of a page leads back to that page', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  const answer = await app.visit('/app/x?one=two', { cookie: `${cookie}; sloop_app=other` })
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain('<a class="button" href="/app/x?one=two">Log in</a>')
})

test.each([
  ['case 116: one', (cookie: string) => cookie, 200],
  ['case 117: the same twice', (cookie: string) => `${cookie}; ${cookie}`, 200],
  ['case 118: two different ones', (cookie: string) => `${cookie}; sloop_app=other`, 401],
])('a browser may send a session cookie again, but no other one: %s', async (_case, send, status) => {
  await using app = await startTestApp()
  const cookie = send(await app.signIn())
  expect((await app.visit(me, { cookie })).status).toBe(status)
})

test('case 62: the oldest of fifty-one logins under way makes room', async () => {
  await using app = await startTestApp()
  let cookie = await app.startLogin('/app/0', { id: '_0' })
  for (let id = 1; id <= 50; id++) cookie = await app.startLogin(`/app/${id}`, { id: `_${id}`, cookie })
  await app.postResponse({ cookie })
  const body = app.elasticsearch.bodyOf('POST /_security/saml/authenticate')
  expect(body).toMatchObject({ ids: Array.from({ length: 50 }, (_none, index) => `_${index + 1}`) })
})
