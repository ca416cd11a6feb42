import { expect, test } from 'vitest'
import { noon, readSentRequest } from '../sp.test-support.ts'
import { logIn, makeWorld } from '../world.test-support.ts'
import { inQuery } from './both-faces.test-support.ts'

/** A logout that orders is asked about, and what the IdP says of an answer to that request. */
async function asked() {
  const world = await makeWorld()
  const { browser, idp, orders, clock, key } = world
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const request = readSentRequest(location, key)
  const answer = await orders.answer(request)
  const awaited = async (circumstances = {}, given = {}) => {
    const presented = inQuery(await orders.answer(request, given))
    return (await idp.explain(presented, circumstances)).checks.find(({ rule }) => rule === 'awaited')
  }
  return { idp, clock, browser, request, answer, awaited, orders }
}

const which = 'that is the LogoutRequest that went to https://orders.test at 2031-05-04T12:00:00.000Z'

test('an answer to a request that was answered before is told when that was, also once the logout is forgotten', async () => {
  const { clock, browser, answer, awaited } = await asked()
  expect(await awaited()).toMatchObject({ holds: true })
  clock.set(noon + 5_000)
  await browser.open(answer)
  const hint = `${which}: it has been answered at 2031-05-04T12:00:05.000Z`
  expect(await awaited()).toMatchObject({ code: 'SAML_IN_RESPONSE_TO', holds: false, hint })
  clock.set(noon + 86_400_000)
  expect(await awaited()).toMatchObject({ holds: false, hint: `${which}: its logout is over and was forgotten` })
})

test('an answer to a request that is not said to wait is told so, and holds when it is said', async () => {
  const { awaited, request } = await asked()
  const hint = `${which}: it is none of those that were said to wait for an answer`
  expect(await awaited({ inResponseTo: ['_other'] })).toMatchObject({ holds: false, hint })
  expect(await awaited({ inResponseTo: [request.id] })).toMatchObject({ holds: true })
})

test('an answer that names itself is told so, and of one that names nothing that was sent nothing is', async () => {
  const { awaited } = await asked()
  const own = { id: '_own', inResponseTo: '_own' }
  expect(await awaited({}, own)).toMatchObject({ holds: false, hint: 'that is the ID of this message itself' })
  expect(await awaited({}, { inResponseTo: '_never' })).toMatchObject({ holds: false, hint: null })
})
