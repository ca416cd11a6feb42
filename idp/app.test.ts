import { expect, test } from 'vitest'
import { cutOffRequest } from '#server/cut-off-request.test-support'
import { createBrowser } from './browser.test-support.ts'
import { readSentRequest } from './sp.test-support.ts'
import { makeWorld, readLogin, whoIsSignedIn } from './world.test-support.ts'

const ownForms = ['/sign-in', '/sso/start', '/logout', '/logout/continue']

test.each(ownForms)('a form that another site sends to %s is refused', async (path) => {
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'null' }]) {
    const { browser, log } = await makeWorld()
    await browser.press(await browser.open('/'), 'alice')
    const page = await browser.post(path, { user: 'bob' }, headers)
    expect([page.status, page.text]).toEqual([
      403,
      expect.stringContaining('this form was sent by a page of another site'),
    ])
    expect(log.map(({ level, facts }) => [level, facts['code']])).toEqual([['warn', 'CROSS_SITE']])
    expect(await whoIsSignedIn(browser)).toBe('alice')
  }
})

// cases/robustness.md N2
test.each([
  ['http://evil.test:7070', 403],
  ['http://localhost.evil.test:7070', 403],
  ['http://127.0.0.1.evil.test', 403],
  ['null', 403],
  ['http://idp.localhost:7070', 303],
  ['http://localhost:7070', 303],
  ['http://127.0.0.1:7070', 303],
  ['http://[::1]:7070', 303],
])(
  'a form of the same origin %s is answered with %i: a name that was made to lead here is not ours',
  async (origin, status) => {
    const { browser } = await makeWorld()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const headers = { ...type, origin, 'sec-fetch-site': 'same-origin' }
    expect((await browser.send('/sign-in', { method: 'POST', body: 'user=alice', headers })).status).toBe(status)
  },
)

test('a program that says nothing about its origin may send our forms', async () => {
  const { idp } = await makeWorld()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const request = new Request('http://idp.localhost:7070/sign-in', { method: 'POST', body: 'user=alice', headers })
  expect((await idp.fetch(request)).status).toBe(303)
})

test('the session cookie is out of reach of scripts and of posts from other sites', async () => {
  const { browser } = await makeWorld()
  const response = await browser.send('/sign-in', {
    method: 'POST',
    body: 'user=alice',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^sloop_idp=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
  ])
})

test('over https the session cookie is Secure, below a path it stays there', async () => {
  const origin = 'https://lab.test'
  const { idp } = await makeWorld({ baseUrl: `${origin}/labs/a` })
  const response = await createBrowser(idp.fetch, origin).send('/labs/a/sign-in', {
    method: 'POST',
    body: 'user=alice',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(response.headers.getSetCookie()[0]).toMatch(/; Path=\/labs\/a\/; HttpOnly; Secure; SameSite=Lax$/)
})

test('an IdP below a path works there as at the root', async () => {
  const origin = 'http://lab.localhost:7070'
  const { idp, orders } = await makeWorld({ baseUrl: `${origin}/labs/a` })
  const browser = createBrowser(idp.fetch, origin)
  const destination = `${origin}/labs/a/sso`
  const asked = await browser.open(await orders.redirect(orders.authnRequest({ destination })))
  await browser.press(asked, 'alice')
  const portal = await browser.open('/labs/a/')
  expect(portal.text).toContain('Signed in as alice')
  expect((await browser.press(portal, 'Log out everywhere')).location).toContain(orders.sloUrl)
  expect((await browser.open('/labs/a/style.css')).status).toBe(200)
})

test('a page that does not exist is 404', async () => {
  const { browser } = await makeWorld()
  const page = await browser.open('/nowhere')
  expect([page.status, page.text]).toEqual([404, expect.stringContaining('there is no such page')])
})

// cases/robustness.md D1
test('HEAD has no effect: what acts upon a GET does not answer to it', async () => {
  const { browser, orders, key } = await makeWorld()
  const head = async (url: string) => {
    const { status, headers } = await browser.send(url, { method: 'HEAD' })
    return [status, headers.get('allow')]
  }
  const request = orders.authnRequest()
  expect(await head(await orders.redirect(request))).toEqual([405, 'GET, POST'])
  const asked = await browser.open(await orders.redirect(request))
  const pending = asked.forms[0]?.fields['pending']
  await browser.press(await browser.open('/'), 'alice')
  expect(await head(`/sso/continue?pending=${pending}`)).toEqual([405, 'GET'])
  const login = readLogin(await browser.open(`/sso/continue?pending=${pending}`))
  expect(await head(await orders.redirect(orders.logoutRequest({ nameId: login.nameId })))).toEqual([405, 'GET, POST'])
  expect(await whoIsSignedIn(browser)).toBe('alice')
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const answer = await orders.answer(readSentRequest(location, key))
  expect(await head(answer)).toEqual([405, 'GET, POST'])
  expect((await browser.open(answer)).text).toContain('Every service provider confirmed the logout.')
})

test.each(['/', '/metadata', '/style.css', '/logout?run=x'])(
  'what only shows something answers to HEAD: %s',
  async (path) => {
    const { browser } = await makeWorld()
    const { status } = await browser.send(path)
    expect((await browser.send(path, { method: 'HEAD' })).status).toBe(status)
  },
)

test.each([
  ['/slo', 'PUT', 'GET, POST'],
  ['/sso', 'DELETE', 'GET, POST'],
  ['/logout', 'PUT', 'GET, POST'],
  ['/sign-in', 'GET', 'POST'],
])('%s does not answer to %s', async (path, method, allow) => {
  const { browser } = await makeWorld()
  const response = await browser.send(path, { method })
  expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
  expect(await response.text()).toContain(`${path} does not answer to ${method}`)
})

test.each(['application/json', 'multipart/form-data', 'text/plain'])('a form as %s is refused', async (type) => {
  const { browser } = await makeWorld()
  const page = await browser.post('/sign-in', { user: 'alice' }, { 'content-type': type })
  expect([page.status, page.text]).toEqual([
    415,
    expect.stringContaining('a form is application/x-www-form-urlencoded'),
  ])
})

test('a form field that occurs twice is refused', async () => {
  const { idp } = await makeWorld()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const init = { method: 'POST', body: 'user=alice&user=bob', headers }
  const response = await idp.fetch(new Request('http://idp.localhost:7070/sign-in', init))
  expect([response.status, await response.text()]).toEqual([
    400,
    expect.stringContaining('the field user occurs more than once'),
  ])
})

test('a form whose sender goes away in the middle of it is refused, and no failure of ours', async () => {
  const { idp, log } = await makeWorld()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const { status } = await idp.fetch(cutOffRequest('http://idp.localhost:7070/sso', headers))
  expect(status).toBe(400)
  expect(log).toEqual([
    expect.objectContaining({
      level: 'warn',
      facts: expect.objectContaining({ code: 'INCOMPLETE' }),
      message: 'the connection ended in the middle of the form',
    }),
  ])
})

test('a form without end is refused', async () => {
  const { browser } = await makeWorld()
  const page = await browser.post('/sso', { SAMLRequest: 'A'.repeat(600_000) })
  expect([page.status, page.text]).toEqual([413, expect.stringContaining('the form is larger than 512 KiB')])
})

test.each(['/', '/nowhere', '/sso', '/slo?SAMLRequest=%', '/logout?run=x'])(
  '%s may not be framed, cached or scripted',
  async (path) => {
    const { browser } = await makeWorld()
    const { headers } = await browser.open(path)
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action .+; frame-ancestors 'none'; base-uri 'none'$/,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-cache, no-store')
  },
)

test('the sign-in page sends its form nowhere but here', async () => {
  const { browser, orders } = await makeWorld()
  const { headers } = await browser.open(await orders.redirect(orders.authnRequest()))
  expect(headers.get('content-security-policy')).toContain("form-action 'self'")
})

test('a mistake of our own is a neutral page and one error line', async () => {
  const { idp, log } = await makeWorld({
    newId: () => {
      throw new Error('out of ids')
    },
  })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const init = { method: 'POST', body: `sp=${encodeURIComponent('https://orders.test')}`, headers }
  const response = await idp.fetch(new Request('http://idp.localhost:7070/sso/start', init))
  const text = await response.text()
  expect([response.status, text.includes('out of ids'), text.includes('INTERNAL')]).toEqual([500, false, true])
  expect(log.map(({ level, message }) => [level, message])).toEqual([['error', 'out of ids']])
})
