import { expect, test } from 'vitest'
import { dyingStore } from '#server/store/dying-store.test-support'
import { testStores } from '#server/store/stores.test-support'
import { byRedirect, makePartnerWorld, readSent, requestXml, response, responseXml } from './partner.test-support.ts'

const { storeKinds, twoReplicas } = testStores()

type World = Awaited<ReturnType<typeof makePartnerWorld>>

/** Two replicas of a partner, and what makes known to all what one of them has changed. */
async function twoPartners() {
  const replicas = twoReplicas()
  const worlds = await Promise.all(replicas.map((replica) => makePartnerWorld({ store: replica.of('wiki') })))
  const [one, other] = worlds as [World, World]
  const settled = async () => {
    for (const replica of replicas) await replica.replicas.settle()
    for (const replica of replicas) await replica.replicas.refresh()
  }
  return { one, other, settled }
}

test.each(storeKinds)('%s: of Responses that answer one request at once one logs in', async (_kind, newStore) => {
  const { open, post } = await makePartnerWorld({ store: newStore() })
  const { id: inResponseTo } = await readSent((await open('/login')).location)
  const responses = await Promise.all([response({ inResponseTo }), response({ inResponseTo })])
  const answers = await Promise.all(responses.map((each) => post('/saml/acs', { SAMLResponse: each })))
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 400])
  expect(answers.find(({ status }) => status === 400)?.text).toContain('InResponseTo is not valid')
})

test('a Response over which the store failed, whichever call it failed, logs in when it comes again, and not once more', async () => {
  const store = dyingStore()
  const { open, post } = await makePartnerWorld({ store })
  for (let call = 0, hasDied = true; hasDied; call += 1) {
    const { id: inResponseTo } = await readSent((await open('/login')).location)
    const SAMLResponse = await response({ inResponseTo })
    store.dieAt(call, 'before')
    const { status } = await post('/saml/acs', { SAMLResponse })
    hasDied = store.revive()
    if (hasDied) expect([call, status, (await post('/saml/acs', { SAMLResponse })).status]).toEqual([call, 503, 303])
    else expect([call > 2, status]).toEqual([true, 303])
    expect((await post('/saml/acs', { SAMLResponse })).status).toBe(400)
  }
})

test.each(storeKinds)('%s: a LogoutRequest that comes twice at once ends a session once', async (_kind, newStore) => {
  const told: unknown[] = []
  const journal = { note: ({ what }: { what: string }) => told.push(what) }
  const { open, signIn, isSignedIn } = await makePartnerWorld({ store: newStore(), journal })
  const browser = await signIn()
  const path = await byRedirect(requestXml())
  const answers = await Promise.all([open(path), open(path)])
  const statuses = await Promise.all(answers.map(async ({ location }) => (await readSent(location)).status))
  expect(statuses).toEqual([['Success'], ['Success']])
  expect(told.filter((what) => what === 'sessionEnded')).toHaveLength(1)
  expect(await isSignedIn(browser)).toBe(false)
})

test('a login that began at one replica ends at the other, and is known to both', async () => {
  const { one, other } = await twoPartners()
  const { id: inResponseTo } = await readSent((await one.open('/login')).location)
  const browser = await other.signIn({ inResponseTo })
  expect(await one.isSignedIn(browser)).toBe(true)
  expect(await one.partner.isSignedIn({ nameId: 'alice', sessionIndex: '_s1' })).toBe(true)
})

test('a LogoutRequest to one replica ends the sessions of all', async () => {
  const { one, other } = await twoPartners()
  const browsers = [await one.signIn(), await other.signIn({ sessionIndex: '_s2' })]
  await one.open(await byRedirect(requestXml({ sessionIndexes: [] })))
  for (const browser of browsers) expect(await other.isSignedIn(browser)).toBe(false)
})

test('a LogoutResponse is taken by one replica, wherever the logout began', async () => {
  const { one, other } = await twoPartners()
  const browser = await one.signIn()
  const { location } = await one.post('/logout', {}, { ...browser, 'sec-fetch-site': 'same-origin' })
  const { id: inResponseTo } = await readSent(location)
  const answer = await byRedirect(responseXml({ inResponseTo }))
  const answers = await Promise.all([one.open(answer), other.open(answer)])
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 400])
})

test('a temper that one replica is given all have, until either is reset, and then nobody is signed in', async () => {
  const { one, other, settled } = await twoPartners()
  one.partner.temper.set('lying')
  await settled()
  expect(other.partner.temper.get()).toBe('lying')
  const browser = await one.signIn()
  await other.partner.reset()
  await settled()
  expect([one.partner.temper.get(), await one.isSignedIn(browser)]).toEqual(['polite', false])
})
