import { expect, test } from 'vitest'
import { STATUS } from '#saml/names'
import { dyingStore } from '#server/store/dying-store.test-support'
import type { Records } from '#server/store/records'
import { createMemoryStore, type Store } from '#server/store/store'
import { StoreUnavailable } from '#server/store/store-unavailable'
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

test('of two who go on with a LogoutRequest that is finished, the one that finished it and one that it is sent to again, one sets out with it', async () => {
  let meanwhile: (() => Promise<unknown>) | undefined
  const { browser, newBrowser, orders, reports, key } = await makeWorld({
    store: storeOf('seen-requests', (records) => ({
      ...records,
      update: async (...given) => {
        const finished = await records.update(...given)
        const again = meanwhile
        meanwhile = undefined
        await again?.()
        return finished
      },
    })),
  })
  const { nameId } = await logIn(browser, orders)
  await logIn(browser, reports)
  const url = await orders.redirect(orders.logoutRequest({ nameId }))
  const other = await newBrowser()
  let again = ''
  meanwhile = async () => {
    again = (await other.open(url)).location
  }
  const first = await browser.open(url)
  expect(readSentRequest(again, key).destination).toBe(reports.sloUrl)
  expect(readSentResponse(first.location, key).status.codes).toEqual([STATUS.requester, STATUS.requestDenied])
})

test('a logout about which nobody is asked is answered with the change by which it is under way', async () => {
  let changes = 0
  const { browser, orders, key } = await makeWorld({
    store: storeOf('logout-runs', (records) => ({
      ...records,
      update: async (...given) => {
        changes += 1
        if (changes > 1) throw new StoreUnavailable('the store is away')
        return records.update(...given)
      },
    })),
  })
  const { nameId } = await logIn(browser, orders)
  const { location } = await browser.open(await orders.redirect(orders.logoutRequest({ nameId })))
  expect(readSentResponse(location, key).status.codes).toEqual([STATUS.success])
})

/** A store in which the records of this name are what is made of them. */
function storeOf(name: string, make: <V>(records: Records<V>) => Records<V>): Store {
  const memory = createMemoryStore()
  return {
    ...memory,
    records: (options) => {
      const records = memory.records(options)
      return options.name === name ? make(records) : records
    },
  }
}
