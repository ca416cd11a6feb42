import { expect, test } from 'vitest'
import { STATUS } from '#saml/names'
import { dyingStore } from '#server/store/dying-store.test-support'
import { readSent, readSentRequest, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'

/** Alice is logged in at two service providers, and one asks for her logout at an IdP whose store fails at this call. */
async function interruptedAt(call: number, when: 'before' | 'after') {
  const store = dyingStore()
  const world = await makeWorld({ store })
  const { browser, orders, reports, idp } = world
  const { nameId } = await logIn(browser, orders)
  await logIn(browser, reports)
  const url = await orders.redirect(orders.logoutRequest({ nameId }))
  store.dieAt(call, when)
  const first = await browser.open(url)
  const hasDied = store.revive()
  const isUnderWay = async () => {
    const [run] = await (await idp.state()).listLogouts()
    return run?.legs.some(({ state }) => state === 'asked') === true
  }
  return { ...world, url, first, isUnderWay, hasDied }
}

test.each(['before', 'after'] as const)(
  'a LogoutRequest over which the store failed, whichever call it failed (%s it was done), is done when it comes again, and not once more',
  async (when) => {
    let doneAgain = 0
    for (let call = 0; ; call += 1) {
      const { browser, reports, key, url, first, isUnderWay, hasDied } = await interruptedAt(call, when)
      if (!hasDied) {
        expect(readSentRequest(first.location, key).destination).toBe(reports.sloUrl)
        break
      }
      // Where only the answer of the IdP was lost, the logout is on its way.
      if (!(await isUnderWay())) {
        doneAgain += 1
        expect(readSentRequest((await browser.open(url)).location, key).destination).toBe(reports.sloUrl)
      }
      expect([call, await whoIsSignedIn(browser), await isUnderWay()]).toEqual([call, undefined, true])
      const { status } = readSentResponse((await browser.open(url)).location, key)
      expect(status.codes).toEqual([STATUS.requester, STATUS.requestDenied])
    }
    expect(doneAgain).toBeGreaterThan(3)
  },
)

test('a LogoutRequest that comes several times at once is acted upon once', async () => {
  const { browser, newBrowser, orders, reports, key } = await makeWorld()
  const { nameId } = await logIn(browser, orders)
  await logIn(browser, reports)
  const url = await orders.redirect(orders.logoutRequest({ nameId }))
  const all = await Promise.all([browser, newBrowser(), newBrowser()].map((each) => each.open(url)))
  const sent = all.map(({ location }) => readSent(location, key).address).sort()
  expect(sent).toEqual([orders.sloUrl, orders.sloUrl, reports.sloUrl])
})
