import { expect, test } from 'vitest'
import { noon, readSentRequest } from '../sp.test-support.ts'
import { logIn, makeWorld } from '../world.test-support.ts'

const hour = 3_600_000
const expired = 'its metadata was valid until 2031-05-04T13:00:00.000Z'
const refused = `[https://orders.test] cannot be trusted: ${expired}`

/** alice is logged in at `orders`, whose metadata ends in an hour, and at `reports`. */
async function makeScene() {
  const world = await makeWorld()
  const { idp, orders, browser } = world
  idp.trust({ ...orders.metadata, validUntil: noon + hour }, { name: 'orders' })
  const login = await logIn(browser, orders)
  await logIn(browser, world.reports)
  world.log.length = 0
  return { ...world, login }
}
type Scene = Awaited<ReturnType<typeof makeScene>>

test.each<[string, (scene: Scene) => Promise<{ status: number; text: string }>]>([
  [
    'AuthnRequests',
    async ({ browser, orders, clock }) =>
      browser.open(await orders.redirect(orders.authnRequest({ issueInstant: clock.now() }))),
  ],
  [
    'LogoutRequests',
    async ({ browser, orders, login, clock }) =>
      browser.open(
        await orders.redirect(orders.logoutRequest({ ...login, issueInstant: clock.now(), sessionIndexes: [] })),
      ),
  ],
  ['logins from the portal', async ({ browser }) => browser.press(await browser.open('/'), 'Open orders')],
])('once metadata is past its validUntil, no %s are taken', async (_kind, send) => {
  const scene = await makeScene()
  scene.clock.advance(hour)
  const { status, text } = await send(scene)
  expect([status, text]).toEqual([400, expect.stringContaining(refused)])
  expect(scene.log.map(({ facts, message }) => [facts['code'], message])).toEqual([['SAML_METADATA', refused]])
})

test('once metadata is past its validUntil, its service provider is not asked to log out, and the page says why', async () => {
  const { browser, reports, key, clock } = await makeScene()
  clock.advance(hour)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const page = await browser.open(await reports.answer(readSentRequest(asked.location, key)))
  expect(page.text).toContain(`orders has no way to be asked: ${expired}`)
})

test('a millisecond before its validUntil metadata is as good as ever', async () => {
  const { browser, orders, clock } = await makeScene()
  clock.advance(hour - 1)
  await browser.open(await orders.redirect(orders.authnRequest({ issueInstant: clock.now() })))
  expect((await browser.press(await browser.open('/'), 'Log out everywhere')).location).toContain(orders.sloUrl)
})

test('T82 metadata that is past its validUntil already is not trusted', async () => {
  const { idp, stranger } = await makeWorld()
  expect(() => idp.trust({ ...stranger.metadata, validUntil: noon })).toThrow(
    expect.objectContaining({
      code: 'SAML_METADATA',
      message: '[https://stranger.test] cannot be trusted: its metadata was valid until 2031-05-04T12:00:00.000Z',
    }),
  )
})
