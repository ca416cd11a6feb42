import { expect, test } from 'vitest'
import { success } from '#saml/messages/status'
import { BINDING, LOGOUT_REASON, NAME_ID_FORMAT, STATUS } from '#saml/names'
import { makeSp, noon, readSent, readSentRequest, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, openRun, readLogin, whoIsSignedIn } from '../world.test-support.ts'

const partial = [STATUS.success, STATUS.partialLogout]

test('C034, C040, C101, C103 "Log out everywhere" asks each participant in turn and shows what they answered', async () => {
  const { browser, orders, reports, key } = await makeWorld()
  await logIn(browser, orders)
  await logIn(browser, reports)
  const first = await browser.press(await browser.open('/'), 'Log out everywhere')
  const second = await browser.open(await orders.answer(readSentRequest(first.location, key)))
  const last = await browser.open(await reports.answer(readSentRequest(second.location, key)))
  expect([first.location.split('?')[0], second.location.split('?')[0]]).toEqual([orders.sloUrl, reports.sloUrl])
  expect([last.status, last.title]).toEqual([200, 'Logged out'])
  expect(last.text).toContain('Every service provider confirmed the logout.')
  expect(last.text).toMatch(/orders says Success asked by Redirect .* reports says Success asked by Redirect/)
})

test('C003, C010, C105 a LogoutRequest repeats the identifiers of the login exactly', async () => {
  const { browser, orders, key, idp } = await makeWorld()
  const { nameId, sessionIndex } = await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  expect(readSentRequest(location, key)).toMatchObject({
    issuer: idp.entityId,
    destination: orders.sloUrl,
    nameId,
    sessionIndexes: [sessionIndex],
    notOnOrAfter: noon + 300_000,
    reason: LOGOUT_REASON.user,
  })
})

test('C038 the session of the IdP has ended before anybody is told', async () => {
  const { browser, orders } = await makeWorld()
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  expect(location).toContain(orders.sloUrl)
  expect(browser.cookies.has('sloop_idp')).toBe(false)
})

test('a logout without participants ends at once', async () => {
  const { browser } = await makeWorld()
  await browser.press(await browser.open('/'), 'alice')
  const page = await browser.press(await browser.open('/'), 'Log out everywhere')
  expect([page.title, page.text]).toEqual([
    'Logged out',
    expect.stringContaining('No service provider took part in it.'),
  ])
})

test('the answer of a participant is found by InResponseTo, without any cookie', async () => {
  const { browser, newBrowser, orders, key } = await makeWorld()
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const page = await newBrowser().open(await orders.answer(readSentRequest(location, key)))
  expect(page.text).toContain('Every service provider confirmed the logout.')
})

test.each([
  ['Responder', { codes: [STATUS.responder] }, 'says Responder'],
  ['Success with PartialLogout', { codes: partial }, 'says Success / PartialLogout'],
  ['a status that nobody knows', { codes: ['urn:test:fine', STATUS.success] }, 'says urn:test:fine / Success'],
  [
    'UnknownPrincipal',
    { codes: [STATUS.requester, STATUS.unknownPrincipal], message: 'who?' },
    'says Requester / UnknownPrincipal: who?',
  ],
])('C023 a participant that answers %s makes the logout partial', async (_case, status, says) => {
  const { browser, orders, key } = await makeWorld()
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const page = await browser.open(await orders.answer(readSentRequest(location, key), { status }))
  expect(page.text).toContain('Partial logout: 1 of 1 service provider sessions did not confirm it.')
  expect(page.text).toContain(`orders ${says}`)
})

test('C037 a participant without an endpoint is passed over and the logout is partial', async () => {
  const { browser, orders, reports, idp, key } = await makeWorld()
  await logIn(browser, orders)
  await logIn(browser, reports)
  idp.trust({ ...orders.metadata, singleLogoutServices: [] }, { name: 'orders' })
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const page = await browser.open(await reports.answer(readSentRequest(asked.location, key)))
  expect(page.text).toContain('orders has no way to be asked: its metadata has no SingleLogoutService')
  expect(page.text).toContain('reports says Success')
})

test('C037 a participant that does not answer can be left behind with "Continue"', async () => {
  const { browser, orders, reports, key } = await makeWorld()
  await logIn(browser, orders)
  await logIn(browser, reports)
  await browser.press(await browser.open('/'), 'Log out everywhere')
  const stuck = await openRun(browser)
  expect([stuck.title, stuck.text]).toEqual(['Logging out', expect.stringContaining('orders asked, no answer yet')])
  const next = await browser.press(stuck, 'Continue')
  expect(next.location).toContain(reports.sloUrl)
  const page = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(page.text).toMatch(/Partial logout: 1 of 2 .* orders did not answer asked by Redirect .* reports says Success/)
})

test('the answer that comes after "Continue" is noted as late, once, and changes nothing', async () => {
  const { browser, orders, key } = await makeWorld()
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  await browser.press(await openRun(browser), 'Continue')
  const answer = await orders.answer(readSentRequest(location, key))
  const late = await browser.open(answer)
  expect(late.text).toMatch(
    /Partial logout: 1 of 1 .* orders did not answer; later it says Success, which counts no more/,
  )
  const again = await browser.open(answer)
  expect([again.status, again.text]).toEqual([400, expect.stringContaining('SAML_IN_RESPONSE_TO')])
})

test('C020, C022, C034, C041, C057, C103 a service provider that logs out is answered after the others were told, and is not asked back', async () => {
  const { browser, orders, reports, key, idp } = await makeWorld()
  const { nameId, sessionIndex } = await logIn(browser, orders)
  await logIn(browser, reports)
  await logIn(browser, orders)
  const request = orders.logoutRequest({ nameId, sessionIndexes: [sessionIndex] })
  const asked = await browser.open(await orders.redirect(request, { relayState: "r s'&t" }))
  expect(asked.location.split('?')[0]).toBe(reports.sloUrl)
  const done = await browser.open(await reports.answer(readSentRequest(asked.location, key)))
  expect(readSent(done.location, key)).toMatchObject({ address: orders.sloUrl, relayState: "r s'&t" })
  expect(readSentResponse(done.location, key)).toMatchObject({
    issuer: idp.entityId,
    destination: orders.sloUrl,
    inResponseTo: request.id,
    // Of its own other login nobody has confirmed anything.
    status: { codes: partial },
  })
  expect(await whoIsSignedIn(browser)).toBeUndefined()
})

test('a LogoutRequest needs no cookie: the session is found by its identifiers', async () => {
  const { browser, newBrowser, orders, key } = await makeWorld()
  const { nameId, sessionIndex } = await logIn(browser, orders)
  const request = orders.logoutRequest({ nameId, sessionIndexes: [sessionIndex] })
  const done = await newBrowser().open(await orders.redirect(request))
  expect(readSentResponse(done.location, key).status).toEqual(success)
  expect(await whoIsSignedIn(browser)).toBeUndefined()
})

test('C024, C038, C107 the requester hears of a partial logout as Success with PartialLogout below it', async () => {
  const { browser, orders, reports, key } = await makeWorld()
  const { nameId } = await logIn(browser, orders)
  await logIn(browser, reports)
  const asked = await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  const refusal = { status: { codes: [STATUS.responder] } }
  const done = await browser.open(await reports.answer(readSentRequest(asked.location, key), refusal))
  expect(readSentResponse(done.location, key).status).toEqual({
    codes: partial,
    message: 'the session has ended, and not every service provider confirmed it',
  })
})

test('C039, C051 the answer goes to the ResponseLocation, the request to the Location', async () => {
  const { browser, idp, key } = await makeWorld()
  const split = await makeSp('split')
  const endpoint = {
    binding: BINDING.redirect,
    location: split.sloUrl,
    responseLocation: 'https://split.test/done?a=b',
  }
  idp.trust({ ...split.metadata, singleLogoutServices: [endpoint] })
  const { nameId } = await logIn(browser, split)
  const done = await browser.open(await split.redirect(split.logoutRequest({ nameId })))
  expect(done.location).toMatch(/^https:\/\/split\.test\/done\?a=b&SAMLResponse=/)
  expect(readSentResponse(done.location.replace('a=b&', ''), key).destination).toBe('https://split.test/done?a=b')
  await logIn(browser, split)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  expect(asked.location).toMatch(/^https:\/\/split\.test\/slo\?SAMLRequest=/)
})

test('a requester without a logout endpoint sees our own page', async () => {
  const { browser, idp, orders } = await makeWorld()
  const { nameId } = await logIn(browser, orders)
  idp.trust({ ...orders.metadata, singleLogoutServices: [] })
  const page = await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  expect([page.status, page.title]).toEqual([200, 'Logged out'])
})

test.each([
  ['none: both sessions end', [], [undefined, undefined]],
  ['the first: one session ends', [0], [undefined, 'alice']],
  ['an unknown one and the second: one session ends', [-1, 1], ['alice', undefined]],
  ['both: both sessions end', [0, 1], [undefined, undefined]],
])(
  'T61, T62, C007, C008, C035 with two browsers and one identifier, the SessionIndex decides; %s',
  async (_case, chosen, left) => {
    const { browser, newBrowser, orders } = await makeWorld()
    const other = newBrowser()
    const nameIdPolicy = { format: NAME_ID_FORMAT.emailAddress }
    const indexes: string[] = []
    for (const each of [browser, other]) {
      const asked = await each.open(await orders.redirect(orders.authnRequest({ nameIdPolicy })))
      indexes.push(readLogin(await each.press(asked, 'alice')).sessionIndex)
    }
    const nameId = { value: 'alice@example.test', ...nameIdPolicy }
    const sessionIndexes = chosen.map((index) => indexes[index] ?? '_unknown')
    await newBrowser().open(await orders.redirect(orders.logoutRequest({ nameId, sessionIndexes })))
    expect([await whoIsSignedIn(browser), await whoIsSignedIn(other)]).toEqual(left)
  },
)

test('C052 the whole journey is cached by nobody', async () => {
  const { browser, orders } = await makeWorld()
  const { nameId } = await logIn(browser, orders)
  const done = await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  expect([done.headers.get('cache-control'), done.headers.get('pragma')]).toEqual(['no-cache, no-store', 'no-cache'])
})

test('an endpoint with letters beyond ASCII is reached with the signature unharmed', async () => {
  const { browser, idp, orders, key } = await makeWorld()
  const { nameId } = await logIn(browser, orders)
  const location = 'https://orders.test/größe/Ω'
  idp.trust({ ...orders.metadata, singleLogoutServices: [{ binding: BINDING.redirect, location }] })
  const done = await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  expect(done.location.split('?')[0]).toBe('https://orders.test/gr%C3%B6%C3%9Fe/%CE%A9')
  expect(readSentResponse(done.location, key).destination).toBe(location)
})
