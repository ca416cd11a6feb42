import { expect, test } from 'vitest'
import { silentLog } from '#server/logging'
import { refusal } from '../fake-elasticsearch.test-support.ts'
import { baseUrl, startTestApp, whoIs } from '../test-app.test-support.ts'

test('the logout page carries the query on in its link, octet for octet but escaped for HTML', async () => {
  await using app = await startTestApp()
  const answer = await app.visit(`/logout?SAMLRequest=a%2b+b&RelayState="><script>alert(1)</script>&Signature=c'd`)
  expect(await answer.text()).toContain(
    '<a class="button" href="/api/security/logout?SAMLRequest=a%2b+b&amp;RelayState=&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;Signature=c&#39;d">Continue</a>',
  )
})

test('without a query the link of the logout page has none', async () => {
  await using app = await startTestApp()
  expect(await (await app.visit('/logout')).text()).toContain(
    '<a class="button" href="/api/security/logout">Continue</a>',
  )
})

test('the logout page runs exactly its own script', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/logout?SAMLRequest=x')
  const [, nonce] = /script-src 'nonce-([\w-]{43})'/.exec(answer.headers.get('content-security-policy') ?? '') ?? []
  expect(await answer.text()).toContain(
    `<script nonce="${nonce}">location.replace('/api/security/logout' + location.search)</script>`,
  )
})

test('the logout page changes nothing', async () => {
  await using app = await startTestApp()
  const cookie = await app.signIn()
  const answer = await app.visit('/logout?SAMLRequest=x', { cookie })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null])
  expect((await app.visit('/internal/security/me', { cookie })).status).toBe(200)
})

test('the logged-out page says so, shows nothing of its address and offers a new login', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/security/logged_out?msg=<b>evil</b>')
  const page = await answer.text()
  expect(answer.status).toBe(200)
  expect(page).toMatch(/^<!doctype html><html lang="en">/)
  expect(page).toContain('<h1>You are logged out</h1>')
  expect(page).toContain('<a class="button" href="/">Log in</a>')
  expect(page).not.toContain('evil')
})

test.each([
  ['a page of our own', '%2Fapp%2Fx', '/app/x'],
  ['another site', 'https%3A%2F%2Fevil.test', '/'],
])('the unauthenticated page leads on to our own pages only: %s', async (_case, next, href) => {
  await using app = await startTestApp()
  const answer = await app.visit(`/security/unauthenticated?next=${next}`)
  expect(answer.status).toBe(401)
  expect(await answer.text()).toContain(`<a class="button" href="${href}">Log in</a>`)
})

test('the metadata of a realm is served as it comes from Elasticsearch', async () => {
  await using app = await startTestApp({ realm: 'orders' })
  app.elasticsearch.reply('GET /_security/saml/metadata/orders', { body: { metadata: '<EntityDescriptor/>' } })
  const answer = await app.visit('/api/security/saml/metadata')
  expect([answer.status, await answer.text()]).toEqual([200, '<EntityDescriptor/>'])
  expect(answer.headers.get('content-type')).toBe('application/samlmetadata+xml')
})

test('the metadata of a realm that is known by its ACS is found by name', async () => {
  await using app = await startTestApp()
  app.elasticsearch.reply('GET /_security/saml/metadata/saml1', { body: { metadata: '<EntityDescriptor/>' } })
  expect(await (await app.visit('/api/security/saml/metadata')).text()).toBe('<EntityDescriptor/>')
})

test('an address that does not exist is a page that says so', async () => {
  await using app = await startTestApp()
  const answer = await app.visit('/nowhere')
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('<p>There is no GET /nowhere here.</p>')
})

// cases/robustness T3
test('what would turn the direction of text stands on no page as it came', async () => {
  await using app = await startTestApp()
  const turned = 'al\u202eice\u2066'
  const user = { ...whoIs(turned), metadata: { ['k\u200f']: turned } }
  app.elasticsearch.reply('GET /_security/_authenticate', { body: user })
  const cookie = await app.signIn()
  const account = await (await app.visit('/', { cookie })).text()
  const overwritten = await (await app.visit('/security/overwritten_session', { cookie })).text()
  const missing = await (await app.visit('/nowhere%25%E2%80%AE')).text()
  app.elasticsearch.reply('POST /_security/saml/authenticate', refusal(401, `no \u202eSAML`))
  const refused = await (await app.postResponse()).text()
  expect(account).toContain('<h1>You are signed in as al\\u202eice\\u2066</h1>')
  expect(account).toContain('<tr><th scope="row">k\\u200f</th><td>al\\u202eice\\u2066</td></tr>')
  expect(overwritten).toContain('>Continue as al\\u202eice\\u2066</a>')
  expect(refused).toContain('did not accept the login: no \\u202eSAML</p>')
  for (const page of [account, overwritten, missing, refused]) expect(page).not.toMatch(/\p{Cf}/u)
})

test('a LogoutRequest by POST finds nothing, as in Kibana', async () => {
  await using app = await startTestApp()
  const answer = await app.send(new Request(`${baseUrl}/logout`, { method: 'POST', body: 'SAMLRequest=x' }))
  expect(answer.status).toBe(404)
})

test('an error of our own shows nothing of its inside, and is logged', async () => {
  const logged: string[] = []
  const log = { ...silentLog, error: (_facts: object, message: string) => void logged.push(message) }
  const newSecret = () => {
    throw new TypeError('no entropy')
  }
  await using app = await startTestApp({ log, newSecret })
  const answer = await app.visit('/logout')
  expect(answer.status).toBe(500)
  expect(await answer.text()).toContain('<p>The application failed. Its log says more.</p>')
  expect(logged).toEqual(['no entropy'])
})

test('case 36 and T80: what is logged contains no token, no message and no query', async () => {
  const lines: string[] = []
  const write = (facts: object, message: string) => void lines.push(JSON.stringify({ ...facts, message }))
  await using app = await startTestApp({ log: { info: write, warn: write, error: write } })
  const cookie = await app.signIn()
  app.elasticsearch.reply('POST /_security/saml/invalidate', refusal(500, 'Logout request is not signed'))
  await app.visit('/api/security/logout?SAMLRequest=secret', { cookie })
  expect(lines).toEqual([
    '{"event":"user_login","outcome":"success","username":"alice","realm":"saml1","provider":"saml","message":"signed in"}',
    '{"event":"user_logout","outcome":"unknown","username":"alice","realm":"saml1","provider":"saml","message":"signed out"}',
    '{"code":"LOGOUT_REFUSED","status":500,"method":"GET","path":"/api/security/logout","message":"You are logged out of this application only. The single logout failed: Logout request is not signed"}',
  ])
})
