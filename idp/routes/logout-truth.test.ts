import { expect, test } from 'vitest'
import { STATUS } from '#saml/names'
import { readSentRequest, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, openRun, type World } from '../world.test-support.ts'

const warnings = ({ log }: World) => log.map(({ level, facts, message }) => [level, facts['code'], message])
const noEndpoint = 'its metadata has no SingleLogoutService'

test('who cannot be asked is on the page and one warning', async () => {
  const world = await makeWorld()
  const { browser, orders, idp } = world
  await logIn(browser, orders)
  idp.trust({ ...orders.metadata, singleLogoutServices: [] }, { name: 'orders' })
  const page = await browser.press(await browser.open('/'), 'Log out everywhere')
  expect(page.text).toMatch(new RegExp(`Partial logout: 1 of 1 .* orders has no way to be asked: ${noEndpoint}`))
  expect(warnings(world)).toEqual([
    ['warn', 'LOGOUT_NOT_CONFIRMED', `logout at orders: has no way to be asked: ${noEndpoint}`],
  ])
})

test('who does not answer is on the page and one warning', async () => {
  const world = await makeWorld()
  const { browser, orders } = world
  await logIn(browser, orders)
  await browser.press(await browser.open('/'), 'Log out everywhere')
  const page = await browser.press(await browser.open('/'), 'Go on with the logout')
  expect(page.text).toContain('orders did not answer')
  expect(warnings(world)).toEqual([['warn', 'LOGOUT_NOT_CONFIRMED', 'logout at orders: did not answer']])
})

test('who refuses is on the page and one warning', async () => {
  const world = await makeWorld()
  const { browser, orders, key } = world
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const status = { codes: [STATUS.responder], message: 'out of order' }
  const page = await browser.open(await orders.answer(readSentRequest(location, key), { status }))
  expect(page.text).toContain('orders says Responder: out of order')
  expect(warnings(world)).toEqual([['warn', 'LOGOUT_NOT_CONFIRMED', 'logout at orders: says Responder: out of order']])
})

test('who confirms is no warning', async () => {
  const world = await makeWorld()
  const { browser, orders, key } = world
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  await browser.open(await orders.answer(readSentRequest(location, key)))
  expect(warnings(world)).toEqual([])
})

test('a requester that cannot be answered is on the page and one warning, and nobody says that it took no part', async () => {
  const world = await makeWorld()
  const { browser, orders, idp } = world
  const { nameId } = await logIn(browser, orders)
  idp.trust({ ...orders.metadata, singleLogoutServices: [] }, { name: 'orders' })
  const page = await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  expect(page.text).toContain(
    `orders asked for this logout and has no way to be told how it ended: ${noEndpoint}. No other service provider took part in it.`,
  )
  expect(warnings(world)).toEqual([
    ['warn', 'LOGOUT_NOT_ANSWERED', `orders asked for a logout and has no way to be answered: ${noEndpoint}`],
  ])
})

test('a requester that waits behind a participant without answer is told when the person goes on', async () => {
  const { browser, orders, reports, key } = await makeWorld()
  const { nameId } = await logIn(browser, orders)
  await logIn(browser, reports)
  const asked = await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  const refused = await browser.open(
    await reports.answer(readSentRequest(asked.location, key), {}, { signWith: 'nobody' }),
  )
  expect(refused.text).toContain('orders asked for this logout and has still to be told how it ended.')
  expect((await browser.open('/')).text).toContain('A logout of alice is not finished')
  const done = await browser.press(refused, 'Continue')
  expect(readSentResponse(done.location, key).status.codes).toEqual([STATUS.success, STATUS.partialLogout])
  const after = await openRun(browser)
  expect([after.title, after.text]).toEqual([
    'Logged out',
    expect.stringContaining('orders asked for this logout and was told how it ended.'),
  ])
})

test('another login at the requester, which it is not asked about, is on the page and one warning', async () => {
  const world = await makeWorld()
  const { browser, orders } = world
  const { nameId } = await logIn(browser, orders)
  const { sessionIndex } = await logIn(browser, orders)
  const { location } = await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  const { status } = readSentResponse(location, world.key)
  expect(status?.codes).toEqual([STATUS.success, STATUS.partialLogout])
  const page = await openRun(browser)
  expect(page.text).toMatch(
    /Partial logout: 1 of 1 .* orders not asked about this login: it asked for the logout of another/,
  )
  expect(world.log.map(({ facts, message }) => [facts['code'], facts['sessionIndexes'], message])).toEqual([
    [
      'LOGOUT_LEFT_OUT',
      [sessionIndex],
      'orders asked for a logout and was not asked about other logins of its own that ended with it: 1',
    ],
  ])
})
