import { expect, test } from 'vitest'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { startTestApp } from '../test-app.test-support.ts'

// What Kibana does in the scenarios of logout-bugs §4.2; the careful profile has tests of its own.

const cleared = 'sloop_app=; Path=/; HttpOnly; Max-Age=0'
const loggedOut = '/security/logged_out?msg=LOGGED_OUT'

test('scenario 63: a LogoutResponse that meets a login under way makes Kibana ask without tokens, and fail', async () => {
  await using app = await startTestApp()
  const cookie = await app.startLogin('/')
  app.elasticsearch.reply('POST /_security/saml/logout', refusal(400, 'Validation Failed: 1: token is missing;'))
  const answer = await app.visit('/api/security/logout?SAMLResponse=x', { cookie })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([400, cleared])
  expect(await answer.text()).toContain('The single logout failed: Validation Failed: 1: token is missing;')
  expect(app.elasticsearch.bodyOf('POST /_security/saml/logout')).toBeUndefined()
})

test('scenario 70: two clicks at once make one LogoutRequest; the second one is logged out already', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  const clicks = [1, 2].map(() => app.visit('/api/security/logout', { cookie }))
  const locations = (await Promise.all(clicks)).map(({ headers }) => headers.get('location'))
  expect(locations.sort()).toEqual([loggedOut, 'http://idp.test/slo?SAMLRequest=b%2B'])
  expect(app.elasticsearch.bodyOf('POST /_security/saml/logout')).toMatchObject({ token: 'alice-access' })
})

test('scenario 42: a LogoutRequest ends the session of another user here, and leaves that user’s tokens alive, as in Kibana', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  const answer = await app.visit('/api/security/logout?SAMLRequest=of-bob', { cookie })
  expect(answer.headers.get('location')).toBe('http://idp.test/slo?SAMLResponse=c%2B')
  expect(app.elasticsearch.calls.map(({ call }) => call)).toEqual([
    'POST /_security/saml/authenticate',
    'POST /_security/saml/invalidate',
  ])
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(401)
})

test.each(['garbage', 'PHNhbWwvPg%3D%3D', 'forged&Signature=x'])(
  'scenario 57: whatever the LogoutResponse says, Kibana is logged out and asks nobody: %s',
  async (samlResponse) => {
    await using app = await startTestApp()
    const answer = await app.visit(`/api/security/logout?SAMLResponse=${samlResponse}`)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, loggedOut])
    expect(app.elasticsearch.calls).toEqual([])
  },
)

test('scenario 62: while Elasticsearch is away the session ends here, and the page says so', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  app.elasticsearch.reply('POST /_security/saml/logout', refusal(503, 'no master'))
  const answer = await app.visit('/api/security/logout', { cookie })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([503, cleared])
  expect(await answer.text()).toContain(
    'You are logged out of this application only. The single logout failed: no master',
  )
})

test('scenario 68: after a logout a second tab begins a new login, and its scripts are refused', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  await app.visit('/api/security/logout', { cookie })
  expect((await app.visit('/app', { cookie })).headers.get('location')).toContain('/internal/security/capture-url')
  expect((await app.visit('/app', { cookie, headers: { 'kbn-xsrf': 'true' } })).status).toBe(401)
})
