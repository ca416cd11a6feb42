import { expect, test } from 'vitest'
import { effectsOf, leave, logoutPath, noEffect, startCarefulApp } from '../careful.test-support.ts'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { baseUrl, startTestApp, type TestApp } from '../test-app.test-support.ts'

const good = 'SAMLRequest=good&RelayState=r&SigAlg=x&Signature=y'
const invalidate = 'POST /_security/saml/invalidate'
const complete = 'POST /_security/saml/complete_logout'

/** Whether the good message still does what it should after the bad one. */
async function goodStillWorks(app: TestApp, cookie: string): Promise<boolean> {
  const answer = await app.visit(`${logoutPath}?${good}`, { cookie })
  return answer.headers.get('location') === 'http://idp.test/slo?SAMLResponse=c%2B'
}

test.each([
  ['T06', `SAMLRequ%65st=EVIL&${good}`],
  ['T07', `${good}&SAMLRequ%65st=EVIL`],
  ['T10', `${good}&SAMLResponse=EVIL`],
  ['T10', `${good}&SAMLRespons%65=EVIL`],
  ['T10', 'SAMLRequ%65st=EVIL&SAMLResponse=x'],
])('%s: a query that carries two messages ends nothing and reaches nobody: %s', async (_row, query) => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  const effects = await effectsOf(app, cookie, () => app.visit(`${logoutPath}?${query}`, { cookie }))
  expect(effects).toEqual(noEffect(400, 'AMBIGUOUS_QUERY'))
  expect(await goodStillWorks(app, cookie)).toBe(true)
})

test('a forged LogoutRequest ends nothing in the careful profile', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply(invalidate, refusal(500, 'Logout request is not signed'))
  const effects = await effectsOf(app, cookie, () => app.visit(`${logoutPath}?SAMLRequest=forged`, { cookie }))
  expect(effects).toEqual(noEffect(500, 'LOGOUT_REFUSED', [invalidate]))
})

test.each([
  ['kibana', 404, '/logout'],
  ['kibana', 404, logoutPath],
  ['careful', 404, '/logout'],
  ['careful', 403, logoutPath],
] as const)(
  'T27: a LogoutResponse by POST from another site ends nothing: %s, %i at %s',
  async (profile, status, path) => {
    await using app = await startTestApp({ profile })
    const cookie = await app.signIn()
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' }
    const { codes, ...effects } = await effectsOf(app, cookie, () =>
      app.postForm(path, { SAMLResponse: 'unsigned' }, { cookie, headers }),
    )
    const { codes: _codes, ...nothing } = noEffect(status, '')
    expect(effects).toEqual(nothing)
  },
)

/** From now on Elasticsearch takes the answer to our request. */
function confirm(app: TestApp): void {
  app.elasticsearch.reply(complete, ({ body }) =>
    JSON.stringify(body).includes('"_logout1"') ? { body: {} } : refusal(500, 'does not match'),
  )
}

test.each([
  ['T27: unsigned', 'Logout response is not signed'],
  ['T28: an error status', 'SAML Response is not a success response: Responder, PartialLogout'],
  ['T29 and T31: the answer to another request', 'SAML Response in-response-to does not match'],
])('a LogoutResponse that Elasticsearch refuses confirms nothing, and the wait goes on: %s', async (_row, reason) => {
  await using app = await startCarefulApp()
  const cookie = await leave(app, await app.signIn())
  app.elasticsearch.reply(complete, refusal(500, reason))
  const answer = await app.visit(`${logoutPath}?SAMLResponse=x`, { cookie })
  const page = await answer.text()
  expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([500, null, null])
  expect(page).toContain('<h1>Logged out here only</h1>')
  expect(page).toContain(`The identity provider has not confirmed that the others have: ${reason}</p>`)
  expect(app.logged.map(({ code }) => code)).toEqual([undefined, undefined, 'LOGOUT_NOT_CONFIRMED'])
  confirm(app)
  const good = await app.visit(`${logoutPath}?SAMLResponse=good`, { cookie })
  expect(good.headers.get('location')).toBe('/security/logged_out?msg=LOGGED_OUT')
})

test('T30: a LogoutResponse that answers to nothing is refused, although Elasticsearch lets it pass', async () => {
  await using app = await startCarefulApp()
  const cookie = await leave(app, await app.signIn())
  app.elasticsearch.reply(complete, { body: {} })
  const answer = await app.visit(`${logoutPath}?SAMLResponse=x`, { cookie })
  expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  expect(await answer.text()).toContain('The LogoutResponse does not say which LogoutRequest it answers.')
  expect(app.logged.at(-1)).toMatchObject({ code: 'UNEXPECTED_LOGOUT_RESPONSE' })
})

test.each([
  ['"><script>alert(1)</script>'],
  ['</form><form action=//evil.test>'],
  ['\u2028\u0000<img src=x onerror=alert(1)>'],
])('T77: what a message says becomes text on a page, not markup: %j', async (text) => {
  await using app = await startTestApp()
  app.elasticsearch.reply(invalidate, refusal(500, text))
  const query = `SAMLRequest=x&RelayState=${encodeURIComponent(text)}&msg=${encodeURIComponent(text)}`
  for (const path of [logoutPath, '/logout', '/security/logged_out', '/login', '/security/unauthenticated']) {
    const page = await (await app.visit(`${path}?${query}`)).text()
    expect(page).not.toMatch(/<script>|evil\.test>|<img/)
  }
})

test.each(['%0d%0aSet-Cookie:%20a=b', '%0aX-Evil:%201', '%C3%BC%E2%80%A8', '%ff%00'])(
  'T79: line breaks and foreign characters in an address add no header and break nothing: %s',
  async (value) => {
    await using app = await startTestApp()
    for (const path of [
      '/app',
      '/login',
      '/logout',
      logoutPath,
      '/security/logged_out',
      '/internal/security/capture-url',
    ]) {
      const { status, headers } = await app.visit(
        `${path}?next=/${value}&RelayState=${value}&auth_url_hash=%23${value}`,
      )
      expect([status < 500, headers.get('x-evil'), headers.get('set-cookie')?.includes('a=b') ?? false]).toEqual([
        true,
        null,
        false,
      ])
    }
  },
)

test('T80: a message with line breaks, escapes of a terminal and 100 kB is one line in the log, without its text', async () => {
  await using app = await startTestApp()
  const relayState = `\r\n\u001b[31m"}{"a":"${'x'.repeat(100_000)}`
  app.elasticsearch.reply('POST /_security/saml/authenticate', refusal(401, 'no'))
  const answer = await app.postResponse({ relayState })
  expect(answer.status).toBe(401)
  expect(app.logged).toHaveLength(1)
  expect(JSON.stringify(app.logged)).not.toMatch(/x{10}|PFJlc3BvbnNlLz4/)
})

test.each([
  ['a link', (app: TestApp, cookie: string) => app.visit(logoutPath, { cookie }), '/logout'],
  [
    'a link to the address that the IdP knows',
    (app: TestApp, cookie: string) => app.visit('/logout', { cookie }),
    null,
  ],
])('T81: another site logs nobody out by %s', async (_case, send, location) => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  const effects = await effectsOf(app, cookie, () => send(app, cookie))
  expect(effects).toEqual({ ...noEffect(location === null ? 200 : 302, ''), location, codes: [] })
})

test.each([
  ['a browser that says so', { 'sec-fetch-site': 'cross-site', origin: 'http://evil.test' }],
  ['a neighbour', { 'sec-fetch-site': 'same-site', origin: 'http://idp.localhost:8080' }],
  ['a name made to lead here', { 'sec-fetch-site': 'same-origin', origin: 'http://evil.test' }],
])('T81: another site logs nobody out by a form: %s', async (_case, headers) => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  const effects = await effectsOf(app, cookie, () => app.postForm(logoutPath, {}, { cookie, headers }))
  expect(effects).toEqual(noEffect(403, 'CROSS_SITE'))
})

test.each([
  ['another origin', 'http://evil.test', 403],
  ['no origin', undefined, 403],
  ['an origin that is hidden', 'null', 403],
  ['our own origin', baseUrl, 303],
])('T81: a browser that does not name the site is known by the origin: %s', async (_case, origin, status) => {
  await using app = await startCarefulApp()
  const headers = { cookie: await app.signIn(), ...(origin !== undefined && { origin }) }
  const answer = await app.send(new Request(baseUrl + logoutPath, { method: 'POST', headers }))
  expect(answer.status).toBe(status)
})

test('T81: an unsigned LogoutResponse from another site ends no session', async () => {
  await using app = await startCarefulApp()
  const cookie = await app.signIn()
  const effects = await effectsOf(app, cookie, () => app.visit(`${logoutPath}?SAMLResponse=unsigned`, { cookie }))
  expect(effects).toEqual(noEffect(400, 'UNEXPECTED_LOGOUT_RESPONSE'))
})
