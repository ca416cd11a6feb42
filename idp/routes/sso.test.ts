import { expect, test } from 'vitest'
import { buildPostForm } from '#saml/bindings/post'
import { writeAuthnRequest } from '#saml/messages/authn-request'
import { parseResponse } from '#saml/messages/response'
import { BINDING, NAME_ID_FORMAT, STATUS } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { type Browser, findButton } from '../browser.test-support.ts'
import { idpOrigin, makeSp, noon, type TestSp } from '../sp.test-support.ts'
import { logIn, makeWorld, readLogin, sentDocument, whoIsSignedIn } from '../world.test-support.ts'

const postForm = async (sp: TestSp, { sign = true, relayState = 'r' } = {}) => {
  const request = sp.authnRequest()
  const document = writeAuthnRequest(request)
  const sent = sign ? await signEnveloped(document, request.id, sp.credential) : document
  const { fields } = buildPostForm({ destination: `${idpOrigin}/sso`, kind: 'SAMLRequest', document: sent, relayState })
  return { request, fields: Object.fromEntries(fields.map(({ name, value }) => [name, value])) }
}
const fromElsewhere = { 'sec-fetch-site': 'cross-site', origin: 'https://orders.test' }
const openSigned = async (browser: Browser, sp: TestSp, given: Parameters<TestSp['authnRequest']>[0]) =>
  browser.open(await sp.redirect(sp.authnRequest(given)))

test('a user who is not signed in chooses by name and is logged in where they came from', async () => {
  const { browser, orders, idp } = await makeWorld()
  const request = orders.authnRequest()
  const asked = await browser.open(await orders.redirect(request, { relayState: 'a b&c' }))
  expect(asked.forms[0]?.buttons.map(({ label }) => label)).toEqual(['alice', 'bob', 'carol'])
  const page = await browser.press(asked, 'bob')
  const { form } = findButton(page, 'Continue')
  expect(form).toMatchObject({ action: 'https://orders.test/acs', fields: { RelayState: 'a b&c' } })
  const { response, assertion } = readLogin(page)
  expect(response).toMatchObject({
    issuer: idp.entityId,
    destination: 'https://orders.test/acs',
    inResponseTo: request.id,
    status: { codes: [STATUS.success] },
  })
  expect(assertion.attributes.find(({ friendlyName }) => friendlyName === 'uid')?.values).toEqual(['bob'])
})

test('C082 an assertion says for whom, where, until when and in which session it holds', async () => {
  const { browser, orders, idp } = await makeWorld()
  const { assertion, response, sessionIndex } = await logIn(browser, orders)
  const notOnOrAfter = noon + 300_000
  expect(assertion).toMatchObject({
    issuer: idp.entityId,
    conditions: { notBefore: noon, notOnOrAfter, audienceRestrictions: [['https://orders.test']] },
    authnStatements: [{ authnInstant: noon, sessionIndex, sessionNotOnOrAfter: noon + 28_800_000 }],
  })
  expect(assertion.subject?.confirmations).toEqual([
    {
      method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
      data: { recipient: 'https://orders.test/acs', inResponseTo: response.inResponseTo, notOnOrAfter },
    },
  ])
})

test('RelayState is absent from the answer when it was absent from the request', async () => {
  const { browser, orders } = await makeWorld()
  const page = await browser.press(await openSigned(browser, orders, {}), 'alice')
  expect(Object.keys(findButton(page, 'Continue').form.fields)).toEqual(['SAMLResponse'])
})

test('who is signed in is not asked again, and gets identifiers of their own at each login', async () => {
  const { browser, orders, reports } = await makeWorld()
  const logins = [await logIn(browser, orders), await logIn(browser, reports), await logIn(browser, orders)]
  expect(new Set(logins.map(({ nameId }) => nameId.value)).size).toBe(3)
  expect(new Set(logins.map(({ sessionIndex }) => sessionIndex)).size).toBe(3)
})

test('ForceAuthn asks again and then logs in', async () => {
  const { browser, orders, clock } = await makeWorld()
  await logIn(browser, orders)
  clock.advance(60_000)
  const asked = await openSigned(browser, orders, { forceAuthn: true })
  expect([asked.title, asked.text]).toEqual(['Sign in', expect.stringContaining('It asks that you sign in again.')])
  const { assertion } = readLogin(await browser.press(asked, 'alice'))
  expect(assertion.authnStatements[0]?.authnInstant).toBe(noon + 60_000)
})

test.each([
  ['IsPassive without a session', { isPassive: true }, [STATUS.responder, STATUS.noPassive]],
  [
    'a Format that is not offered',
    { nameIdPolicy: { format: NAME_ID_FORMAT.entity } },
    [STATUS.requester, STATUS.invalidNameIdPolicy],
  ],
])('%s is answered with a status at the ACS', async (_case, given, codes) => {
  const { browser, orders } = await makeWorld()
  const page = await openSigned(browser, orders, given)
  expect(findButton(page, 'Continue').form.action).toBe(orders.acsUrl)
  expect(parseResponse(readMessage(sentDocument(page))).status.codes).toEqual(codes)
})

test('the answer page submits itself with a script, works without, and is cached by nobody', async () => {
  const { browser, orders } = await makeWorld()
  const page = await browser.press(await openSigned(browser, orders, {}), 'alice')
  expect(page.html).toContain('<script src="/submit.js" defer')
  expect(page.headers.get('cache-control')).toBe('no-cache, no-store')
  expect(page.headers.get('pragma')).toBe('no-cache')
  expect(page.headers.get('content-security-policy')).toContain(
    "default-src 'none'; style-src 'self'; script-src 'self'",
  )
})

test.each([
  ['signed', true],
  ['unsigned', false],
])('an AuthnRequest by POST, %s, is kept while the browser fetches its cookie', async (_case, sign) => {
  const { browser, orders } = await makeWorld()
  await logIn(browser, orders)
  const { request, fields } = await postForm(orders, { sign })
  const page = await browser.post('/sso', fields, fromElsewhere)
  expect(findButton(page, 'Continue').form.fields['RelayState']).toBe('r')
  expect(readLogin(page).response.inResponseTo).toBe(request.id)
})

test('the ACS is chosen by its index', async () => {
  const second = { binding: BINDING.post, location: 'https://two.test/second', index: 7, isDefault: false }
  const { browser, idp } = await makeWorld()
  const two = await makeSp('two')
  const { assertionConsumerServices } = two.metadata
  idp.trust({ ...two.metadata, assertionConsumerServices: [...assertionConsumerServices, second] })
  const page = await browser.press(await openSigned(browser, two, { acsIndex: 7 }), 'alice')
  expect(findButton(page, 'Continue').form.action).toBe('https://two.test/second')
})

test('the first class that is asked for is the one that is asserted', async () => {
  const { browser, orders } = await makeWorld()
  const classRefs = ['urn:test:smartcard', 'urn:test:other']
  const page = await openSigned(browser, orders, { requestedAuthnContext: { classRefs } })
  const { assertion } = readLogin(await browser.press(page, 'alice'))
  expect(assertion.authnStatements[0]?.classRef).toBe('urn:test:smartcard')
})

test('a sign-in that was finished cannot be finished again', async () => {
  const { browser, orders } = await makeWorld()
  const asked = await openSigned(browser, orders, {})
  await browser.press(asked, 'alice')
  const again = await browser.press(asked, 'alice')
  expect([again.status, again.text]).toEqual([400, expect.stringContaining('NOTHING_PENDING')])
})

// cases/robustness.md D2
test('a sign-in page that is clicked many times at once signs in once', async () => {
  const { browser, newBrowser, orders } = await makeWorld()
  const asked = await openSigned(browser, orders, {})
  const clicks = await Promise.all(Array.from({ length: 50 }, () => newBrowser().press(asked, 'alice')))
  expect(clicks.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(clicks.filter(({ headers }) => headers.has('set-cookie'))).toHaveLength(1)
  expect(clicks.filter(({ text }) => text.includes('NOTHING_PENDING'))).toHaveLength(49)
})

// cases/robustness.md E1
test("an AuthnRequest that is replayed without end closes nobody's sign-in page", async () => {
  const { browser, newBrowser, orders } = await makeWorld()
  const asked = await openSigned(browser, orders, {})
  const url = await orders.redirect(orders.authnRequest(), { signWith: 'nobody' })
  for (let i = 0; i < 1_100; i++) await newBrowser().send(url)
  const replayed = await newBrowser().open(url)
  expect(readLogin(await browser.press(asked, 'alice')).nameId.value).toMatch(/^_/)
  expect(replayed.title).toBe('Sign in')
})

test('a sign-in page that was left open too long starts nothing', async () => {
  const { browser, orders, clock } = await makeWorld()
  const asked = await openSigned(browser, orders, {})
  clock.advance(600_000)
  const late = await browser.press(asked, 'alice')
  expect(late.text).toContain('this sign-in was finished before or waited too long: start again')
  expect(await whoIsSignedIn(browser)).toBeUndefined()
})

test('an unknown user cannot sign in', async () => {
  const { browser, orders } = await makeWorld()
  const asked = await openSigned(browser, orders, {})
  const page = await browser.post('/sign-in', {
    pending: findButton(asked, 'bob').form.fields['pending'] ?? '',
    user: 'x',
  })
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('there is no such user')])
})

test('a session ends after its lifetime', async () => {
  const { browser, orders, clock } = await makeWorld()
  await logIn(browser, orders)
  clock.advance(28_800_000 - 1)
  expect(await whoIsSignedIn(browser)).toBe('alice')
  clock.advance(1)
  expect(await whoIsSignedIn(browser)).toBeUndefined()
})
