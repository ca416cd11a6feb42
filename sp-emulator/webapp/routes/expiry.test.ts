import { expect, test } from 'vitest'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { startTestApp, type TestApp, whoIs } from '../test-app.test-support.ts'

const me = '/internal/security/me'
const hour = 60 * 60 * 1000

/** From now on the first pair is expired; a refresh answers the identical new pair, as a node does for some seconds. */
function expireTokens(app: TestApp): void {
  app.elasticsearch.reply('GET /_security/_authenticate', ({ authorization }) =>
    authorization === 'Bearer fresh-access' ? { body: whoIs('alice') } : refusal(401, 'token expired'),
  )
  app.elasticsearch.reply('POST /_security/oauth2/token', {
    body: { access_token: 'fresh-access', type: 'Bearer', expires_in: 1200, refresh_token: 'fresh-refresh' },
  })
}

async function statusesOfFive(ask: () => Promise<Response>): Promise<number[]> {
  const answers = await Promise.all(Array.from({ length: 5 }, ask))
  return answers.map(({ status }) => status)
}

test('case 11: whoever uses a session extends it', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  for (const _visit of [1, 2]) {
    app.clock.advance(7 * hour)
    expect((await app.visit(me, { cookie })).status).toBe(200)
  }
})

test('C111: a session that nobody used for eight hours is over, to the millisecond', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.clock.advance(8 * hour - 1)
  expect((await app.visit(me, { cookie })).status).toBe(200)
  app.clock.advance(8 * hour)
  expect((await app.visit(me, { cookie })).status).toBe(401)
  expect(app.elasticsearch.calls.map(({ call }) => call)).not.toContain('POST /_security/saml/logout')
})

test('a login under way that nobody finished for eight hours is over, and its Response is one that nobody asked for', async () => {
  await using app = await startTestApp()
  const [soon, late] = [await app.startLogin('/app/x'), await app.startLogin('/app/y')]
  app.clock.advance(8 * hour - 1)
  expect((await app.postResponse({ cookie: soon })).headers.get('location')).toBe('/app/x')
  app.clock.advance(1)
  expect((await app.postResponse({ cookie: late })).headers.get('location')).toBe('/')
})

test('case 12: what a page asks by itself in the background extends nothing', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.clock.advance(7 * hour)
  expect((await app.visit(me, { cookie, headers: { 'kbn-system-request': 'true' } })).status).toBe(200)
  app.clock.advance(hour)
  expect((await app.visit(me, { cookie })).status).toBe(401)
})

test.each(['Unknown x', 'Basic YWxpY2U6c2VjcmV0'])(
  'cases 13, 84 and 85: a scheme that nobody supports is refused, and the session stays: %s',
  async (authorization) => {
    await using app = await startTestApp()
    const cookie = await app.signIn()
    const answer = await app.visit(me, { cookie, headers: { authorization } })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
    expect((await app.visit('/', { headers: { authorization } })).status).toBe(401)
    expect((await app.visit(me, { cookie })).status).toBe(200)
  },
)

test.each(['Bearer abc', 'ApiKey abc'])('a request may bring credentials of its own: %s', async (authorization) => {
  await using app = await startTestApp()
  expect((await app.visit(me, { headers: { authorization } })).status).toBe(200)
  expect(app.elasticsearch.calls.at(-1)?.authorization).toBe(authorization)
})

test('case 109: a session speaks for its user as a bearer', async () => {
  await using app = await startTestApp()
  await app.visit(me, { cookie: await app.signIn() })
  expect(app.elasticsearch.calls.at(-1)?.authorization).toBe('Bearer alice-access')
})

test('case 19: the cookie from before a refresh still works after it', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  expireTokens(app)
  expect([(await app.visit(me, { cookie })).status, (await app.visit(me, { cookie })).status]).toEqual([200, 200])
  expect(app.elasticsearch.calls.filter(({ call }) => call === 'POST /_security/oauth2/token')).toHaveLength(1)
})

test('case 20: five requests at once with an expired token all succeed', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  expireTokens(app)
  expect(await statusesOfFive(() => app.visit(me, { cookie }))).toEqual([200, 200, 200, 200, 200])
})

test('case 20: a request whose refresh comes too late lives on what another one got', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  expireTokens(app)
  const tooLate = { status: 400, body: { error: 'invalid_grant' } }
  app.elasticsearch.reply('POST /_security/oauth2/token', async () => {
    expireTokens(app)
    await app.visit(me, { cookie })
    return tooLate
  })
  expect((await app.visit(me, { cookie })).status).toBe(200)
})

test.each([
  ['case 21: one request', 1],
  ['case 24: five requests', 5],
])(
  'a token that expires while Elasticsearch is slow is refreshed, and the call is made again: %s',
  async (_case, count) => {
    await using app = await startTestApp()
    const cookie = await app.signIn()
    let letGo: () => void = () => undefined
    const everybodyWaits = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let waiting = 0
    app.elasticsearch.reply('GET /_security/_authenticate', async () => {
      waiting += 1
      if (waiting === count) letGo()
      await everybodyWaits
      expireTokens(app)
      return refusal(401, 'token expired')
    })
    const answers = await Promise.all(Array.from({ length: count }, () => app.visit(me, { cookie })))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 200))
  },
)

test('case 83: a page that needs no login neither asks Elasticsearch nor starts one', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/security/logged_out', { cookie: await app.signIn() })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null])
  expect(app.elasticsearch.calls.map(({ call }) => call)).toEqual(['POST /_security/saml/authenticate'])
})

test.each([
  ['case 56: a Response', (app: TestApp, cookie: string) => app.postResponse({ cookie })],
  ['case 95: a page', (app: TestApp, cookie: string) => app.visit('/', { cookie })],
])('a session of a realm that its provider no longer has is refused: %s', async (_case, act) => {
  await using app = await startTestApp({ realm: 'orders' })
  const common = { provider: 'saml', realm: 'saml1', pendingLogins: [{ id: '_1', wantedPath: '/' }] }
  const credentials = { tokens: { accessToken: 'a', refreshToken: 'r' } }
  const id = await app.sessions.create({ ...common, kind: 'authenticated', username: 'alice', credentials })
  const answer = await act(app, `sloop_app=${id}`)
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain(
    'The session is one of the realm saml1, but the provider saml is configured to use the realm orders.',
  )
})

test('case 55: a login under way that knows of no request takes no Response', async () => {
  await using app = await startTestApp()
  const id = await app.sessions.create({ kind: 'intermediate', provider: 'saml', realm: 'saml1', pendingLogins: [] })
  const answer = await app.postResponse({ cookie: `sloop_app=${id}` })
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain('The session of the login under way knows of no request.')
})

test('a session of a provider that is no longer configured is nobody’s', async () => {
  await using app = await startTestApp()
  const id = await app.sessions.create({ kind: 'intermediate', provider: 'gone', realm: 'saml1', pendingLogins: [] })
  expect((await app.postResponse({ cookie: `sloop_app=${id}` })).headers.get('location')).toBe('/')
  expect(await app.sessions.peek(id)).toBeUndefined()
})
