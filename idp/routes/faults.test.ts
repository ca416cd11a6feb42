import { parse } from 'node-html-parser'
import { expect, test } from 'vitest'
import { readRedirect } from '#saml/bindings/redirect'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { readMessage } from '#saml/schema/message'
import { createFaults, type WantedFault } from '#server/faults'
import type { IdpOptions } from '../config.ts'
import { readSentRequest, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, openRun } from '../world.test-support.ts'

interface Given {
  readonly faults: readonly Partial<WantedFault>[]
  readonly options?: Partial<IdpOptions>
}

/** Alice is logged in at `orders` and at `reports`. */
async function makeScene({ faults: given, options = {} }: Given) {
  const usual = { party: 'idp', on: 'LogoutRequest', times: 1, change: { delivery: 'never' } }
  const faults = createFaults()
  const world = await makeWorld({ faults: faults.of('idp'), ...options })
  const { browser, orders, reports } = world
  const login = await logIn(browser, orders)
  await logIn(browser, reports)
  for (const each of given) await faults.arm({ ...usual, ...each })
  const logOut = async () => browser.press(await browser.open('/'), 'Log out everywhere')
  const askAtIdp = async () => browser.open(await orders.redirect(orders.logoutRequest({ nameId: login.nameId })))
  const fired = async () => (await faults.list()).map((fault) => fault.fired)
  return { ...world, faults, login, logOut, askAtIdp, fired }
}

const read = (url: string) => parseLogoutRequest(readMessage(readRedirect(url.slice(url.indexOf('?') + 1)).document))

test('an armed fault changes the first message that it concerns, once, and no other', async () => {
  const scene = await makeScene({
    faults: [{ on: 'LogoutResponse' }, { to: 'https://elsewhere.test' }, { change: { signature: 'none' } }],
  })
  const { logOut, browser, orders, reports, key, fired, log } = scene
  const first = await logOut()
  expect(first.location).toMatch(/^https:\/\/orders\.test\/slo\?SAMLRequest=[^&]+$/)
  const next = await browser.open(await orders.answer(read(first.location)))
  const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(last.text).toContain('Every service provider confirmed the logout.')
  expect(await fired()).toEqual([0, 0, 1])
  expect(log.filter(({ facts }) => facts['code'] === 'FAULT_FIRED')).toMatchObject([{ facts: { fault: 'f3' } }])
})

test('a LogoutRequest that is never delivered leaves the browser on the page of the run, and its leg waits', async () => {
  const { logOut, browser, reports, key, clock } = await makeScene({ faults: [{ to: 'https://orders.test' }] })
  const page = await logOut()
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('orders asked, no answer yet')])
  expect(page.text).not.toContain('says Success')
  clock.advance(10_000)
  expect((await openRun(browser)).text).toContain('orders did not answer within 10 s')
  const next = await browser.press(await browser.open('/'), 'Go on with the logout')
  const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(last.text).toContain('Partial logout: 1 of 2')
})

test('in a frame, what is never delivered is an empty frame that our page may show', async () => {
  const options = { logout: { propagation: 'frames' } } as const
  const { logOut, browser } = await makeScene({ faults: [{ to: 'https://orders.test' }], options })
  const frame =
    parse((await logOut()).html)
      .querySelector('iframe')
      ?.getAttribute('src') ?? ''
  const shown = await browser.open(frame)
  expect([shown.status, shown.location, shown.html]).toEqual([200, '', '<!DOCTYPE html>'])
  expect(shown.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
})

test('a LogoutResponse that is never delivered leaves the browser at the IdP', async () => {
  const { askAtIdp, browser, reports, key, fired } = await makeScene({ faults: [{ on: 'LogoutResponse' }] })
  const asked = await askAtIdp()
  const page = await browser.open(await reports.answer(readSentRequest(asked.location, key)))
  expect([page.status, page.location, await fired()]).toEqual([200, '', [1]])
  expect(page.text).toContain('reports says Success')
})

test('a Response that is never delivered leaves the browser at the portal', async () => {
  const { browser, orders } = await makeScene({ faults: [{ on: 'Response' }] })
  const page = await browser.open(await orders.redirect(orders.authnRequest(), { signWith: 'nobody' }))
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('Signed in as')])
})

test.each<[WantedFault['change'], number, string]>([
  [{ delivery: 'status500' }, 500, 'A fault that is armed answers this in place of a LogoutRequest.'],
  [{ delivery: 'reset' }, 502, ''],
])('in place of a message the browser gets what %j says', async (change, status, text) => {
  const { logOut, fired } = await makeScene({ faults: [{ change }] })
  const page = await logOut()
  expect([page.status, page.location, await fired()]).toEqual([status, '', [1]])
  expect(page.text).toContain(text)
})

test('a message that is late goes out when its time has come', async () => {
  const { logOut, fired } = await makeScene({ faults: [{ change: { delivery: { delayMs: 40 } } }] })
  const before = performance.now()
  const page = await logOut()
  expect(performance.now() - before).toBeGreaterThanOrEqual(39)
  expect([page.location, await fired()]).toEqual([expect.stringContaining('/slo?SAMLRequest='), [1]])
})

test('the end of the lab ends the wait of a message that is late', async () => {
  const { logOut, faults } = await makeScene({ faults: [{ change: { delivery: { delayMs: 86_400_000 } } }] })
  const asked = logOut()
  await faults.close()
  expect((await asked).location).toContain('/slo?SAMLRequest=')
})

test.each<[WantedFault['change'], string, string]>([
  [{ signature: 'rawRelayState' }, 'signature', 'it has no RelayState that could be signed otherwise'],
  [{ issuer: 'none', binding: 'soap' }, 'binding', 'a browser carries no SOAP, expected redirect or post'],
])('what a message cannot take whole is not made: it is right, and the fault unused: %j', async (change, key, why) => {
  const { logOut, faults, key: idpKey, log } = await makeScene({ faults: [{ change }] })
  const { issuer } = readSentRequest((await logOut()).location, idpKey)
  expect(issuer).toBe('http://idp.localhost:7070/metadata')
  expect(await faults.list()).toMatchObject([{ fired: 0, notMade: [{ key, why }] }])
  const line = log.find(({ facts }) => facts['code'] === 'FAULT_NOT_MADE')
  expect(line?.message).toBe(`the fault f1 was not made: ${key}: ${why}`)
})

test('what is minted takes no fault', async () => {
  const { idp, fired } = await makeScene({ faults: [{ change: { signature: 'none' } }] })
  const minted = await idp.mint({ kind: 'LogoutRequest', to: 'https://orders.test', nameId: { value: 'alice' } })
  expect([JSON.stringify(minted).includes('Signature='), await fired()]).toEqual([true, [0]])
})

test('who signs in without a browser is handed what is armed for a login, but for how it is delivered', async () => {
  const { idp, faults } = await makeScene({
    faults: [{ on: 'Response', change: { issuer: { value: 'urn:wrong' } } }, { on: 'Response' }],
  })
  const state = await idp.state()
  const signIn = async () => {
    const { form } = await state.signIn({ user: 'alice', to: 'https://orders.test' })
    return Buffer.from(form.fields['SAMLResponse'] ?? '', 'base64').toString()
  }
  expect([await signIn(), await signIn()].map((document) => document.includes('>urn:wrong</'))).toEqual([true, false])
  const notMade = [{ key: 'delivery', why: 'whoever asked by the control API delivers it' }]
  expect(await faults.list()).toMatchObject([{ fired: 1 }, { fired: 0, notMade }])
})

test('a LogoutRequest that is delivered twice is taken again after the first answer, and the logout goes on behind the second', async () => {
  const { logOut, browser, orders, reports, key, fired } = await makeScene({
    faults: [{ change: { delivery: 'twice' } }],
  })
  const { location } = await logOut()
  const asked = readSentRequest(location, key)
  const again = await browser.open(await orders.answer(asked))
  expect(again.location).toBe(location)
  const next = await browser.open(await orders.answer(asked))
  expect(next.location).toContain('https://reports.test/slo?')
  const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect([last.text, await fired()]).toEqual([
    expect.stringContaining('Every service provider confirmed the logout.'),
    [1],
  ])
})

test('a LogoutResponse that is delivered twice is taken by a frame, then by the browser', async () => {
  const { askAtIdp, browser, reports, key } = await makeScene({
    faults: [{ on: 'LogoutResponse', change: { delivery: 'twice' } }],
  })
  const page = await browser.open(await reports.answer(readSentRequest((await askAtIdp()).location, key)))
  const [frame, refresh] = [
    parse(page.html).querySelector('iframe')?.getAttribute('src') ?? '',
    parse(page.html).querySelector('meta[http-equiv=refresh]')?.getAttribute('content') ?? '',
  ]
  expect([page.status, page.title, refresh]).toEqual([200, 'Sent twice', `1;url=${frame}`])
  expect(readSentResponse(frame, key).status?.codes).toEqual(['urn:oasis:names:tc:SAML:2.0:status:Success'])
})

test.each<[WantedFault['change'], RegExp]>([
  [{ id: 'repeated' }, /^_repeated$/],
  [{ id: { value: '_mine' } }, /^_mine$/],
])('the answer to a LogoutRequest with another ID is awaited under that: %j', async (change, form) => {
  const { logOut, browser, orders, reports, key } = await makeScene({ faults: [{ change }] })
  const asked = readSentRequest((await logOut()).location, key)
  expect(asked.id).toMatch(form)
  const next = await browser.open(await orders.answer(asked))
  const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(last.text).toContain('Every service provider confirmed the logout.')
})
