import { parse } from 'node-html-parser'
import { expect, test } from 'vitest'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { BINDING, STATUS } from '#saml/names'
import { type Browser, findButton, type SeenPage } from '../browser.test-support.ts'
import { readSentForm, readSentRequest, readSentResponse, type TestSp } from '../sp.test-support.ts'
import { logIn, makeWorld, openRun, type World } from '../world.test-support.ts'

const inFrames = { logout: { propagation: 'frames' } } as const
const framesOf = ({ html }: SeenPage) =>
  parse(html)
    .querySelectorAll('iframe')
    .map((frame) => frame.getAttribute('src') ?? '')
const refreshOf = ({ html }: SeenPage) => /http-equiv="refresh" content="(\d+);url=([^"]+)"/.exec(html)?.slice(1) ?? []
const policyOf = ({ headers }: SeenPage) => headers.get('content-security-policy') ?? ''

async function logOut(world: World, ...sps: TestSp[]): Promise<SeenPage> {
  for (const sp of sps) await logIn(world.browser, sp)
  return world.browser.press(await world.browser.open('/'), 'Log out everywhere')
}

/** Loads a frame, lets the service provider answer, and sees where the frame ends. */
async function answerIn({ browser, key }: World, frame: string | undefined, sp: TestSp): Promise<SeenPage> {
  const asked = await browser.open(frame ?? '')
  return browser.open(await sp.answer(readSentRequest(asked.location, key)))
}

const goOn = async (browser: Browser, page: SeenPage) => browser.open(refreshOf(page)[1] ?? '')

test('one page has a frame for each participant, reloads itself when their time is over, and nobody else frames it', async () => {
  const world = await makeWorld(inFrames)
  const page = await logOut(world, world.orders, world.reports)
  const run = world.browser.cookies.get('sloop_idp_logout')
  expect(framesOf(page)).toEqual([`/logout/frame?run=${run}&leg=0`, `/logout/frame?run=${run}&leg=1`])
  expect(refreshOf(page)).toEqual(['11', `/logout/next?run=${run}`])
  expect(policyOf(page)).toContain("frame-src http: https:; frame-ancestors 'none'")
  expect(page.text).toContain('A browser that blocks third-party cookies')
})

test('a page with frames waits no longer than a participant may take, though the clock was set back after it asked', async () => {
  const world = await makeWorld(inFrames)
  const page = await logOut(world, world.orders)
  await world.browser.open(framesOf(page)[0] ?? '')
  world.clock.advance(-3_600_000)
  expect(refreshOf(await openRun(world.browser))[0]).toBe('11')
})

test('each frame ends on a small page, whatever the order, which only our own page may frame', async () => {
  const world = await makeWorld(inFrames)
  const page = await logOut(world, world.orders, world.reports)
  const [first, second] = framesOf(page)
  const answered = await answerIn(world, second, world.reports)
  expect([answered.status, answered.location, answered.html]).toEqual([
    200,
    '',
    expect.stringContaining('says Success'),
  ])
  expect(policyOf(answered)).toContain("frame-ancestors 'self'")
  await answerIn(world, first, world.orders)
  const last = await goOn(world.browser, page)
  expect(last.text).toContain('Every service provider confirmed the logout.')
  expect([framesOf(last), refreshOf(last)]).toEqual([[], []])
  expect(policyOf(last)).not.toContain('frame-src')
})

test('a participant is asked once: its frame loaded again says how it stands', async () => {
  const world = await makeWorld(inFrames)
  const [frame = ''] = framesOf(await logOut(world, world.orders))
  expect((await world.browser.open(frame)).location).toContain(world.orders.sloUrl)
  const again = await world.browser.open(frame)
  expect([again.location, again.html]).toEqual(['', expect.stringContaining('asked, no answer yet')])
  expect(framesOf(await openRun(world.browser))).toEqual([])
})

test('a participant that takes POST is asked by a form in its frame, which only our own page may frame', async () => {
  const world = await makeWorld(inFrames)
  const { browser, orders, idp, key } = world
  const singleLogoutServices = [{ binding: BINDING.post, location: orders.sloUrl }]
  idp.trust({ ...orders.metadata, singleLogoutServices }, { name: 'orders' })
  const page = await logOut(world, orders)
  const asked = await browser.open(framesOf(page)[0] ?? '')
  expect(policyOf(asked)).toContain("frame-ancestors 'self'")
  const { form } = findButton(asked, 'Continue')
  const request = parseLogoutRequest(readSentForm(form, key).root)
  await browser.post('/slo', await orders.form(orders.answerTo(request)), { origin: orders.entityId })
  expect((await goOn(browser, page)).text).toMatch(
    /Every service provider confirmed .* orders says Success asked by POST/,
  )
})

test('who does not answer in its frame is over at its time, and the page tells the requester by itself', async () => {
  const world = await makeWorld(inFrames)
  const { browser, orders, reports, key, clock } = world
  const { nameId } = await logIn(browser, orders)
  await logIn(browser, reports)
  const request = orders.logoutRequest({ nameId })
  const page = await browser.open(await orders.redirect(request))
  expect(page.text).toContain('orders asked for this logout and has still to be told how it ended.')
  await browser.open(framesOf(page)[0] ?? '')
  const waiting = await goOn(browser, page)
  expect([framesOf(waiting), refreshOf(waiting)[0]]).toEqual([[], '11'])
  clock.advance(10_000)
  const told = await goOn(browser, waiting)
  expect(readSentResponse(told.location, key)).toMatchObject({
    inResponseTo: request.id,
    status: { codes: [STATUS.success, STATUS.partialLogout] },
  })
  expect((await openRun(browser)).text).toContain('reports did not answer within 10 s')
})

test('an answer that is refused ends its frame with the reason', async () => {
  const world = await makeWorld(inFrames)
  const { browser, orders, key } = world
  const page = await logOut(world, orders)
  const asked = await browser.open(framesOf(page)[0] ?? '')
  const answer = await orders.answer(readSentRequest(asked.location, key), {}, { signWith: 'nobody' })
  const ended = await browser.open(answer)
  expect(ended.html).toContain('its answer was refused: ')
  expect(policyOf(ended)).toContain("frame-ancestors 'self'")
  expect((await goOn(browser, page)).text).toContain('Partial logout: 1 of 1')
})

test('in frames an answer to no request is noted at the participant that sent it, also while others are asked', async () => {
  const world = await makeWorld(inFrames)
  const { browser, orders, reports, key } = world
  const page = await logOut(world, orders, reports)
  await browser.open(framesOf(page)[0] ?? '')
  const asked = await browser.open(framesOf(page)[1] ?? '')
  const ended = await browser.open(
    await reports.answer(readSentRequest(asked.location, key), { inResponseTo: '_other' }),
  )
  expect([ended.status, ended.html]).toEqual([
    200,
    expect.stringContaining('answers _other, and nobody waits for that'),
  ])
  expect((await goOn(browser, page)).text).toMatch(
    /orders asked, no answer yet .* reports asked; what came back was refused: LogoutResponse \S+ answers _other/,
  )
})

test('in frames an answer that cannot be read is noted at nobody while several may have sent it', async () => {
  const world = await makeWorld(inFrames)
  const { browser, orders, reports } = world
  const page = await logOut(world, orders, reports)
  for (const frame of framesOf(page)) await browser.open(frame)
  const refused = await browser.open('/slo?SAMLResponse=YWJj')
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('SAML_DEFLATE')])
  expect((await goOn(browser, page)).text).toMatch(/orders asked, no answer yet .* reports asked, no answer yet/)
})

test('who has no way to be asked has no frame', async () => {
  const world = await makeWorld(inFrames)
  const { browser, orders, reports, idp } = world
  await logIn(browser, orders)
  idp.trust({ ...orders.metadata, singleLogoutServices: [] }, { name: 'orders' })
  const page = await logOut(world, reports)
  expect(framesOf(page)).toHaveLength(1)
  await answerIn(world, framesOf(page)[0], reports)
  expect((await goOn(browser, page)).text).toMatch(/Partial logout: 1 of 2 .* orders has no way to be asked/)
})

test.each(['', '-1', '1', '1e0', '0x0', '99999', 'constructor'])(
  'a frame of leg [%s] that there is not is 404',
  async (leg) => {
    const world = await makeWorld(inFrames)
    await logOut(world, world.orders)
    const run = world.browser.cookies.get('sloop_idp_logout')
    const page = await world.browser.open(`/logout/frame?run=${run}&leg=${leg}`)
    expect([page.status, page.text]).toEqual([404, expect.stringContaining('no such logout is known')])
  },
)

test.each(['/logout/frame?leg=0&run=', '/logout/next?run='])('HEAD %s asks nobody', async (path) => {
  const world = await makeWorld(inFrames)
  await logOut(world, world.orders)
  const run = world.browser.cookies.get('sloop_idp_logout')
  expect((await world.browser.send(`${path}${run}`, { method: 'HEAD' })).status).toBe(405)
  expect((await openRun(world.browser)).text).not.toContain('asked, no answer yet')
})

test('in a chain a frame asks nobody', async () => {
  const world = await makeWorld()
  const { browser, orders, reports } = world
  await logOut(world, orders, reports)
  const page = await browser.open(`/logout/frame?run=${browser.cookies.get('sloop_idp_logout')}&leg=1`)
  expect([page.location, page.html]).toEqual(['', expect.stringContaining('not asked yet')])
})
