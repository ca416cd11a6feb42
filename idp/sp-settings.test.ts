import { expect, test } from 'vitest'
import { STATUS } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { childOf } from '#saml/xml/element'
import type { SpOverrides } from './directory/sp-settings.ts'
import type { SignedParts } from './outbox/draft.ts'
import { noon, readSentRequest, readSentResponse } from './sp.test-support.ts'
import { logIn, makeWorld, readLogin, sentDocument } from './world.test-support.ts'

/** `orders` is treated in a way of its own; `reports` as everybody. */
async function makeScene(given: SpOverrides) {
  const world = await makeWorld()
  world.idp.trust(world.orders.metadata, { name: 'orders', ...given })
  return world
}

test.each<[SignedParts, boolean, boolean]>([
  ['assertion', true, false],
  ['response', false, true],
  ['both', true, true],
])('what is signed for one service provider may be its own: %s', async (signedParts, assertion, response) => {
  const { browser, orders } = await makeScene({ signedParts })
  const asked = await browser.open(await orders.redirect(orders.authnRequest()))
  const root = readMessage(sentDocument(await browser.press(asked, 'alice')))
  const isSigned = (element = root) => childOf(element, 'ds:Signature') !== undefined
  expect([isSigned(childOf(root, 'saml:Assertion')), isSigned()]).toEqual([assertion, response])
})

test('a login and an Assertion may live shorter at one service provider', async () => {
  const { browser, orders, reports } = await makeScene({ lifetimes: { sessionSeconds: 60, assertionSeconds: 5 } })
  const ends = ({ assertion }: Awaited<ReturnType<typeof logIn>>) => [
    assertion.authnStatements[0]?.sessionNotOnOrAfter,
    assertion.conditions?.notOnOrAfter,
  ]
  expect(ends(await logIn(browser, orders))).toEqual([noon + 60_000, noon + 5_000])
  expect(ends(await logIn(browser, reports))).toEqual([noon + 28_800_000, noon + 300_000])
})

test('a login counts at no service provider for longer than the session', async () => {
  const { browser, orders, clock } = await makeScene({ lifetimes: { sessionSeconds: 100_000 } })
  await logIn(browser, orders)
  clock.advance(60_000)
  const asked = await browser.open(await orders.redirect(orders.authnRequest()))
  expect(readLogin(asked).assertion.authnStatements[0]?.sessionNotOnOrAfter).toBe(noon + 28_800_000)
})

test('the clock of one service provider may be further ahead', async () => {
  const { browser, orders, reports } = await makeScene({ skewMs: 600_000 })
  const early = (sp: typeof orders) => sp.redirect(sp.authnRequest({ issueInstant: noon + 600_000 }))
  expect((await browser.open(await early(orders))).title).toBe('Sign in')
  expect((await browser.open(await early(reports))).text).toContain('SAML_NOT_YET_VALID')
})

test('what a service provider hears of a user may be its own', async () => {
  const { browser, orders, reports } = await makeScene({ attributes: { email: 'mail' } })
  const { assertion } = await logIn(browser, orders)
  expect(assertion.attributes.map(({ name, values }) => [name, values])).toEqual([['email', ['alice@example.test']]])
  expect((await logIn(browser, reports)).assertion.attributes).toHaveLength(4)
})

test('a LogoutRequest may live shorter at one service provider', async () => {
  const { browser, orders, key } = await makeScene({ lifetimes: { logoutRequestSeconds: 7 } })
  await logIn(browser, orders)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  expect(readSentRequest(asked.location, key).notOnOrAfter).toBe(noon + 7_000)
})

test('a LogoutRequest may come from a clock that is further ahead', async () => {
  const { browser, orders, key } = await makeScene({ skewMs: 600_000 })
  const { nameId, sessionIndex } = await logIn(browser, orders)
  const request = orders.logoutRequest({ nameId, sessionIndexes: [sessionIndex], issueInstant: noon + 600_000 })
  const answered = await browser.open(await orders.redirect(request))
  expect(readSentResponse(answered.location, key).status.codes).toEqual([STATUS.success])
})
