import { expect, test } from 'vitest'
import type { LogoutResponse } from '#saml/messages/logout-response'
import { idpOrigin, type RedirectOptions, readSentRequest } from '../sp.test-support.ts'
import { logIn, makeWorld, type World } from '../world.test-support.ts'

const slo = `${idpOrigin}/slo`
const ids = (text: string) => text.replaceAll(/_[0-9a-f]{40}/g, '_ID')

type Case = [string, (world: World) => { given?: Partial<LogoutResponse>; how?: RedirectOptions }, string, string]

const cases: Case[] = [
  [
    'unsigned',
    () => ({ how: { signWith: 'nobody' } }),
    'SAML_UNSIGNED',
    'the message _ID of https://orders.test is not signed',
  ],
  [
    'signed by a stranger',
    ({ stranger }) => ({ how: { signWith: stranger.credential } }),
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'for another service',
    () => ({ given: { destination: `${idpOrigin}/sso` } }),
    'SAML_DESTINATION',
    `LogoutResponse _ID is for ${idpOrigin}/sso, this is ${slo}`,
  ],
  [
    'without Destination',
    () => ({ given: { destination: undefined } }),
    'SAML_DESTINATION',
    `LogoutResponse _ID is for nobody, this is ${slo}`,
  ],
  [
    'of another version',
    () => ({ given: { version: '2.1' } }),
    'SAML_VERSION',
    'LogoutResponse _ID is not of version 2.0',
  ],
  [
    'to a request that nobody made',
    () => ({ given: { inResponseTo: '_other' } }),
    'SAML_IN_RESPONSE_TO',
    'LogoutResponse _ID answers _other, and nobody waits for that',
  ],
  [
    'to no request',
    () => ({ given: { inResponseTo: undefined } }),
    'SAML_IN_RESPONSE_TO',
    'LogoutResponse _ID answers no LogoutRequest, and nobody waits for that',
  ],
  [
    'from a participant that was not asked',
    ({ reports }) => ({ given: { issuer: reports.entityId }, how: { signWith: reports.credential } }),
    'SAML_ISSUER',
    'LogoutResponse _ID comes from https://reports.test, the request went to https://orders.test',
  ],
]

test.each(cases)('a LogoutResponse %s is refused and the logout goes on waiting', async (_case, make, code, says) => {
  const world = await makeWorld()
  const { browser, orders, key, log } = world
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const { given, how } = make(world)
  const url = await orders.answer(readSentRequest(location, key), given, how)
  const page = await browser.open(slo + url.slice(url.indexOf('?')))
  expect([page.status, page.location, ids(page.text)]).toEqual([400, '', expect.stringContaining(says)])
  expect(log.map(({ facts }) => facts['code'])).toEqual([code])
  const done = await browser.open(await orders.answer(readSentRequest(location, key)))
  expect(done.text).toContain('Every service provider confirmed the logout.')
})

test('a LogoutResponse that came twice is believed once', async () => {
  const { browser, orders, key } = await makeWorld()
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const url = await orders.answer(readSentRequest(location, key))
  await browser.open(url)
  expect((await browser.open(url)).text).toContain('SAML_IN_RESPONSE_TO')
})
