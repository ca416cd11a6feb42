import { expect, test } from 'vitest'
import { parseIdpMetadata } from '#saml/metadata/idp-metadata'
import { BINDING, STATUS } from '#saml/names'
import { judgeSchema } from '#saml/oracles.test-support'
import { idpOrigin, readSentRequest, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { ids } from './logout-request.test-support.ts'

const [front, done] = ['https://proxy.test/logout', 'https://proxy.test/logout/done']
const singleLogout = [
  { binding: 'redirect', location: front, responseLocation: done },
  { binding: 'post' },
  { binding: 'soap', location: 'https://proxy.test/soap' },
] as const

test('the metadata says where logout messages are taken, and names our own address where nobody says', async () => {
  const { idp } = await makeWorld({ singleLogout })
  expect(parseIdpMetadata(idp.metadata).singleLogoutServices).toEqual([
    { binding: BINDING.redirect, location: front, responseLocation: done },
    { binding: BINDING.post, location: `${idpOrigin}/slo`, responseLocation: undefined },
    { binding: BINDING.soap, location: 'https://proxy.test/soap', responseLocation: undefined },
  ])
  expect(await judgeSchema(idp.metadata, 'metadata')).toMatchObject({ accepted: true })
})

/** As a proxy hands it on: the query as it came, at our own address. */
const handedOn = (url: string) => url.replace(/^[^?]*/, `${idpOrigin}/slo`)

test('a LogoutRequest for a published address is acted upon, and one for another is not', async () => {
  const { browser, orders, key } = await makeWorld({ singleLogout })
  const { nameId } = await logIn(browser, orders)
  const ask = async (destination: string) =>
    browser.open(handedOn(await orders.redirect(orders.logoutRequest({ nameId, destination }))))
  const stray = await ask('https://proxy.test/other')
  expect([stray.status, ids(stray.text)]).toEqual([
    400,
    expect.stringContaining('LogoutRequest _ID is for https://proxy.test/other, this is http://idp.localhost:7070/slo'),
  ])
  expect(await whoIsSignedIn(browser)).toBe('alice')
  expect(readSentResponse((await ask(front)).location, key).status.codes).toEqual([STATUS.success])
})

test('a LogoutResponse for a published ResponseLocation counts', async () => {
  const { browser, orders, key } = await makeWorld({ singleLogout })
  await logIn(browser, orders)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const answer = await orders.answer(readSentRequest(asked.location, key), { destination: done })
  expect((await browser.open(handedOn(answer))).text).toContain('Every service provider confirmed the logout.')
})

test('an AuthnRequest for a published address of logouts is for somebody else', async () => {
  const { browser, orders } = await makeWorld({ singleLogout })
  const url = await orders.redirect(orders.authnRequest({ destination: front }))
  const page = await browser.open(url.replace(/^[^?]*/, `${idpOrigin}/sso`))
  expect([page.status, ids(page.text)]).toEqual([400, expect.stringContaining(`AuthnRequest _ID is for ${front}`)])
})
