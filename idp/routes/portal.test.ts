import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeCertificate } from '#saml/certificate'
import { NAME_ID_FORMAT, STATUS } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { createMemoryStore, type Store } from '#server/store/store'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { findButton } from '../browser.test-support.ts'
import { makeSp, noon, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, readLogin, whoIsSignedIn } from '../world.test-support.ts'

const labels = (page: { forms: readonly { buttons: readonly { label: string }[] }[] }) =>
  page.forms.flatMap(({ buttons }) => buttons.map(({ label }) => label))

test('a portal where nobody is signed in offers the users and the service providers', async () => {
  const { browser } = await makeWorld()
  const page = await browser.open('/')
  expect(page.text).toContain('Nobody is signed in.')
  expect(labels(page)).toEqual(['alice', 'bob', 'carol', 'Open orders', 'Open reports'])
})

test('a portal where somebody is signed in shows who takes part, by which identifiers', async () => {
  const { browser, orders } = await makeWorld()
  const { nameId, sessionIndex } = await logIn(browser, orders)
  const page = await browser.open('/')
  expect(page.text).toContain('Signed in as alice (Alice Arden)')
  expect(page.text).toContain(`orders ${nameId.value} ${NAME_ID_FORMAT.transient} ${sessionIndex}`)
  expect(labels(page)).toEqual(['Log out everywhere', 'Open orders', 'Open reports'])
})

test('a user can sign in at the portal without any service provider', async () => {
  const { browser } = await makeWorld()
  const page = await browser.press(await browser.open('/'), 'carol')
  expect(page.text).toContain('Signed in as carol (Carol Chen) No service provider takes part in this session yet.')
})

test('"Open orders" logs in at orders without a request', async () => {
  const { browser, orders } = await makeWorld()
  const portal = await browser.press(await browser.open('/'), 'alice')
  const page = await browser.press(portal, 'Open orders')
  expect(findButton(page, 'Continue').form.action).toBe(orders.acsUrl)
  const { response, assertion } = readLogin(page)
  expect(response.inResponseTo).toBeUndefined()
  expect(assertion.subject?.confirmations[0]?.data).toMatchObject({ recipient: orders.acsUrl, inResponseTo: undefined })
})

test('"Open orders" asks who it is for when nobody is signed in', async () => {
  const { browser, orders } = await makeWorld()
  const asked = await browser.press(await browser.open('/'), 'Open orders')
  expect([asked.title, asked.text]).toEqual(['Sign in', expect.stringContaining('to continue to orders')])
  expect(findButton(await browser.press(asked, 'bob'), 'Continue').form.action).toBe(orders.acsUrl)
})

test('a login from the portal may carry a RelayState', async () => {
  const { browser, orders } = await makeWorld()
  const asked = await browser.post('/sso/start', { sp: orders.entityId, RelayState: '/deep?x=1' })
  const page = await browser.press(asked, 'alice')
  expect(findButton(page, 'Continue').form.fields['RelayState']).toBe('/deep?x=1')
})

test.each<[string, (entityId: string) => Record<string, string>, string]>([
  ['an unknown service provider', () => ({ sp: 'https://evil.test' }), 'UNKNOWN_SERVICE_PROVIDER'],
  // cases/sabotage.md XI4: octets, not letters.
  ['a RelayState of 82 octets', (sp) => ({ sp, RelayState: 'ä'.repeat(41) }), 'SAML_RELAY_STATE'],
])('%s cannot be opened', async (_case, fields, code) => {
  const { browser, orders } = await makeWorld({ tolerate: [] })
  const page = await browser.post('/sso/start', fields(orders.entityId))
  expect([page.status, page.text]).toEqual([400, expect.stringContaining(code)])
})

test('a service provider that is trusted later appears by its name, one that is replaced by its new one', async () => {
  const { browser, idp, orders } = await makeWorld()
  const late = await makeSp('late')
  idp.trust(late.metadata)
  idp.trust(orders.metadata, { name: 'Orders 2' })
  const opens = labels(await browser.open('/')).filter((label) => label.startsWith('Open'))
  expect(opens).toEqual(['Open Orders 2', 'Open reports', 'Open https://late.test'])
})

test('another user in the same browser gets a session of their own, and the first one still hears of logouts', async () => {
  const { browser, newBrowser, orders, key } = await makeWorld()
  const { nameId } = await logIn(browser, orders)
  const before = browser.cookies.get('sloop_idp')
  const asked = await browser.open(await orders.redirect(orders.authnRequest({ forceAuthn: true })))
  await browser.press(asked, 'bob')
  expect(await whoIsSignedIn(browser)).toBe('bob')
  // cases/sabotage.md I10
  expect(browser.cookies.get('sloop_idp')).not.toBe(before)
  const done = await newBrowser().open(await orders.redirect(orders.logoutRequest({ nameId })))
  expect(readSentResponse(done.location, key).status).toEqual({ codes: [STATUS.success] })
  expect(await whoIsSignedIn(browser)).toBe('bob')
})

test('"Log out everywhere" without a session leads back to the portal', async () => {
  const { browser } = await makeWorld()
  const page = await browser.post('/logout', {})
  expect([page.title, page.status]).toEqual(['Portal', 200])
})

test('somebody whom the answer to "Log out everywhere" never reached finds the logout by the session that it ended', async () => {
  const { browser, orders } = await makeWorld()
  await logIn(browser, orders)
  const before = new Map(browser.cookies)
  await browser.press(await browser.open('/'), 'Log out everywhere')
  browser.cookies.clear()
  for (const [name, value] of before) browser.cookies.set(name, value)
  const page = await browser.post('/logout', {})
  expect(page.text).toContain('Nobody is signed in.')
  expect(page.text).toContain('is not finished: how far it has come.')
})

/** In which no session ends. */
function storeThatKeepsSessions(): Store {
  const memory = createMemoryStore()
  const away = () => Promise.reject(new StoreUnavailable('it is away'))
  return {
    ...memory,
    records: (options) => ({ ...memory.records(options), ...(options.name === 'sessions' && { take: away }) }),
  }
}

test('a logout that was stored and never begun is nothing to go on with while the session lives', async () => {
  const { browser, orders } = await makeWorld({ store: storeThatKeepsSessions() })
  await logIn(browser, orders)
  const { status } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const page = await browser.open('/')
  expect([status, labels(page).includes('Log out everywhere')]).toEqual([503, true])
  expect(page.text).not.toContain('is not finished')
})

test('the portal names weak keys, and says nothing of strong ones', async () => {
  const { idp, browser, stranger } = await makeWorld()
  expect((await browser.open('/')).text).not.toContain('Weak keys')
  const keys = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const weak = await makeCertificate({ commonName: 'weak', notBefore: noon - 1_000, notAfter: noon + 1_000, ...keys })
  idp.trust({ ...stranger.metadata, keyDescriptors: [{ key: trustCertificate(weak) }] }, { name: '<b>stranger' })
  expect((await browser.open('/')).text).toContain(
    'Weak keys <b>stranger: the key of the certificate [CN=weak] is RSA of 1024 bits, expected at least 2048: its signatures are not believed',
  )
})
