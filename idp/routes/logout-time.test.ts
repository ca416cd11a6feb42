import { expect, test } from 'vitest'
import { STATUS } from '#saml/names'
import { readSentRequest, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, openRun } from '../world.test-support.ts'

test('a chain whose browser does not come back times out when somebody looks, and goes on from the portal', async () => {
  const { browser, orders, reports, key, clock } = await makeWorld()
  await logIn(browser, orders)
  await logIn(browser, reports)
  await browser.press(await browser.open('/'), 'Log out everywhere')
  clock.advance(10_000)
  const portal = await browser.open('/')
  expect((await openRun(browser)).text).toMatch(/orders did not answer within 10 s .* reports not asked yet/)
  const next = await browser.press(portal, 'Go on with the logout')
  const page = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(page.text).toMatch(/Partial logout: 1 of 2 .* orders did not answer within 10 s .* reports says Success/)
})

test('an answer that takes longer than the time of a participant counts while nobody has looked', async () => {
  const { browser, orders, key, clock } = await makeWorld()
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  clock.advance(60_000)
  const page = await browser.open(await orders.answer(readSentRequest(location, key)))
  expect(page.text).toContain('Every service provider confirmed the logout.')
})

test('an answer that comes after somebody looked is late: the logout goes on and stays partial', async () => {
  const { browser, orders, reports, key, clock } = await makeWorld()
  await logIn(browser, orders)
  await logIn(browser, reports)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  clock.advance(10_000)
  await openRun(browser)
  const next = await browser.open(await orders.answer(readSentRequest(asked.location, key)))
  const page = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(page.text).toMatch(/Partial logout: 1 of 2 .* orders did not answer within 10 s; later it says Success/)
})

test('a logout that nobody went on with is over after its time, and its requester can still be told', async () => {
  const { browser, orders, reports, key, clock } = await makeWorld({ lifetimes: { pendingSeconds: 60 } })
  const { nameId } = await logIn(browser, orders)
  await logIn(browser, reports)
  await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  clock.advance(60_000)
  const over = await openRun(browser)
  expect(over.text).toContain('orders asked for this logout and has still to be told how it ended.')
  const told = await browser.press(over, 'Continue')
  expect(readSentResponse(told.location, key).status.codes).toEqual([STATUS.success, STATUS.partialLogout])
  clock.advance(120_000)
  expect((await openRun(browser)).text).toContain('no such logout is known, or it is long over')
})

test('"Ask those again that did not confirm" starts a logout for them alone, with the same identifiers', async () => {
  const { browser, orders, reports, key } = await makeWorld()
  const login = await logIn(browser, orders)
  await logIn(browser, reports)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const refusal = { status: { codes: [STATUS.responder] } }
  const next = await browser.open(await orders.answer(readSentRequest(asked.location, key), refusal))
  const partial = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  const again = await browser.press(partial, 'Ask those again that did not confirm')
  const request = readSentRequest(again.location, key)
  expect([request.nameId, request.sessionIndexes]).toEqual([login.nameId, [login.sessionIndex]])
  const page = await browser.open(await orders.answer(request))
  expect(page.text).toContain('Every service provider confirmed the logout.')
  expect(page.text).not.toContain('reports')
})

test('who confirmed late is not asked again', async () => {
  const { browser, orders, reports, key } = await makeWorld()
  await logIn(browser, orders)
  await logIn(browser, reports)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const next = await browser.press(await openRun(browser), 'Continue')
  await browser.press(await openRun(browser), 'Continue')
  const page = await browser.open(await orders.answer(readSentRequest(asked.location, key)))
  const again = await browser.press(page, 'Ask those again that did not confirm')
  expect([next.location.split('?')[0], again.location.split('?')[0]]).toEqual([reports.sloUrl, reports.sloUrl])
  const last = await browser.open(await reports.answer(readSentRequest(again.location, key)))
  expect(last.text).not.toContain('orders')
})

test('when all have confirmed, be it late, there is nobody to ask again', async () => {
  const { browser, orders, key } = await makeWorld()
  await logIn(browser, orders)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  await browser.press(await openRun(browser), 'Continue')
  const page = await browser.open(await orders.answer(readSentRequest(asked.location, key)))
  expect(page.text).toContain('orders did not answer; later it says Success, which counts no more')
  expect(page.text).not.toContain('Ask those again')
  const again = await browser.post('/logout/again', { run: browser.cookies.get('sloop_idp_logout') ?? '' })
  expect(again.text).toBe(page.text)
})

test.each(['/logout/again', '/logout/continue'])(
  'POST %s of a logout that is not known is 404 and asks nobody',
  async (path) => {
    const { browser } = await makeWorld()
    const page = await browser.post(path, { run: '_nobody' })
    expect([page.status, page.text]).toEqual([404, expect.stringContaining('no such logout is known')])
  },
)
