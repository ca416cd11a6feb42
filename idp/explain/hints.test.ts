import { expect, test } from 'vitest'
import { noon } from '../sp.test-support.ts'
import { logIn, makeWorld } from '../world.test-support.ts'
import { inQuery } from './both-faces.test-support.ts'

const world = await makeWorld()
const { idp, orders, reports } = world
const login = await logIn(world.browser, orders)
const query = (given = {}, how = {}) =>
  orders.redirect(orders.logoutRequest({ nameId: login.nameId, sessionIndexes: [login.sessionIndex], ...given }), how)
const checkOf = async (queryString: string, rule: string, circumstances = {}) =>
  (await idp.explain(inQuery(queryString), circumstances)).checks.find((check) => check.rule === rule)

test('a query that somebody encoded again is told to verify with the escapes that it was signed with, and does', async () => {
  const right = await query()
  const wrong = right.replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())

  expect(await checkOf(wrong, 'signedByItsIssuer')).toMatchObject({
    holds: false,
    hint: expect.stringMatching(/^it verifies with upper-case escapes/),
  })
  expect(await checkOf(right, 'signedByItsIssuer')).toMatchObject({ holds: true, hint: null })
})

test('a request that another service provider signed is told to be its', async () => {
  const hint = expect.stringContaining(`the key of ${reports.entityId}`)
  expect(await checkOf(await query({}, { signWith: reports.credential }), 'signedByItsIssuer')).toMatchObject({ hint })
})

test('a Destination is told apart from what was meant', async () => {
  const check = await checkOf(await query({ destination: idp.entityId }), 'ownDestination')
  expect(check).toMatchObject({ holds: false, hint: 'that is the entity id of this identity provider' })
})

test('a request that has expired is told for which clocks it would not have, and is accepted by such a clock', async () => {
  const expired = await query({ notOnOrAfter: noon - 600_000, issueInstant: noon - 900_000 })

  const check = await checkOf(expired, 'notExpired')
  expect(check).toMatchObject({ holds: false, hint: expect.stringMatching(/clock/) })
  expect(await checkOf(expired, 'notExpired', { at: noon - 700_000 })).toMatchObject({ holds: true, hint: null })
})
