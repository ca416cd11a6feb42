import { expect, test } from 'vitest'
import { STATUS } from '#saml/names'
import { readSentRequest, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, openRun, whoIsSignedIn } from '../world.test-support.ts'

const refusal = { status: { codes: [STATUS.responder] } }

test('with onFailure: stop nobody is asked behind a participant that does not confirm, and the requester hears of a partial logout', async () => {
  const { browser, orders, reports, stranger, key, idp } = await makeWorld({ logout: { onFailure: 'stop' } })
  idp.trust(stranger.metadata, { name: 'stranger' })
  const { nameId } = await logIn(browser, orders)
  await logIn(browser, reports)
  await logIn(browser, stranger)
  const asked = await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  const told = await browser.open(await reports.answer(readSentRequest(asked.location, key), refusal))
  expect(told.location.split('?')[0]).toBe(orders.sloUrl)
  expect(readSentResponse(told.location, key).status.codes).toEqual([STATUS.success, STATUS.partialLogout])
  expect((await openRun(browser)).text).toContain(
    'stranger was not asked: the logout stopped at a service provider that did not confirm it',
  )
})

test('with initiator: askedToo who asks for a logout is asked as well, and answered at the end', async () => {
  const { browser, orders, key } = await makeWorld({ logout: { initiator: 'askedToo' } })
  const { nameId, sessionIndex } = await logIn(browser, orders)
  const request = orders.logoutRequest({ nameId })
  const asked = await browser.open(await orders.redirect(request))
  const back = readSentRequest(asked.location, key)
  expect([back.nameId, back.sessionIndexes]).toEqual([nameId, [sessionIndex]])
  const told = await browser.open(await orders.answer(back))
  expect(readSentResponse(told.location, key)).toMatchObject({
    inResponseTo: request.id,
    status: { codes: [STATUS.success] },
  })
})

test('C102 with session: keep everybody is told of a logout and the session lives on, which the page and one warning say', async () => {
  const { browser, orders, key, log } = await makeWorld({ logout: { session: 'keep' } })
  const { nameId } = await logIn(browser, orders)
  const request = () => orders.redirect(orders.logoutRequest({ nameId }))
  const told = await browser.open(await request())
  expect(readSentResponse(told.location, key).status.codes).toEqual([STATUS.success])
  expect(await whoIsSignedIn(browser)).toBe('alice')
  expect((await openRun(browser)).text).toContain('was kept: it was told only to pretend that it ends.')
  expect(log.map(({ level, facts, message }) => [level, facts['code'], message])).toEqual([
    ['warn', 'SESSION_KEPT', 'the session of alice was kept: this logout only pretends'],
  ])
  const again = await browser.open(await request())
  expect(readSentResponse(again.location, key).status.codes).toEqual([STATUS.success])
})

test('of many who carry one logout on at the same time one tells the requester', async () => {
  const { browser, orders, reports, key } = await makeWorld({ logout: { propagation: 'frames' } })
  const { nameId } = await logIn(browser, orders)
  await logIn(browser, reports)
  await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  const run = browser.cookies.get('sloop_idp_logout')
  const asked = await browser.open(`/logout/frame?run=${run}&leg=0`)
  await browser.open(await reports.answer(readSentRequest(asked.location, key)))
  const pages = await Promise.all(Array.from({ length: 8 }, () => browser.open(`/logout/next?run=${run}`)))
  const told = pages.filter(({ location }) => location.startsWith(orders.sloUrl))
  expect(told.map(({ location }) => readSentResponse(location, key).status.codes)).toEqual([[STATUS.success]])
})

test('of two who log out of one session at the same time one starts a logout and the other hears that there is none', async () => {
  const { browser, orders, reports, key } = await makeWorld()
  const logins = [await logIn(browser, orders), await logIn(browser, reports)]
  const pages = await Promise.all(
    [orders, reports].map(async (sp, index) =>
      browser.open(await sp.redirect(sp.logoutRequest({ nameId: logins[index]?.nameId }))),
    ),
  )
  const [asked, told] = pages.toSorted((one) => (one.location.includes('SAMLRequest') ? -1 : 1))
  expect(readSentRequest(asked?.location ?? '', key).id).toMatch(/^_/)
  expect(readSentResponse(told?.location ?? '', key).status.codes).toEqual([STATUS.requester, STATUS.unknownPrincipal])
})
