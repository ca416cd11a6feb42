import { parse } from 'node-html-parser'
import { expect, test } from 'vitest'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { STATUS } from '#saml/names'
import type { SeenPage } from '../browser.test-support.ts'
import { readSent, readSentRequest } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { byPost, makePostScene, sentIn } from './post-scene.test-support.ts'

/** Texts of a peer that would lead a browser astray, become markup, or break a log. */

const leadingAstray = [
  '//evil.test/',
  '/\\evil.test',
  '\\\\evil.test',
  'https://evil.test/',
  'https://orders.test@evil.test/',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '/%09/evil.test',
  'a\r\nSet-Cookie: evil=1',
  'a\tb',
]
const markup = [
  '"><script>alert(1)</script>',
  '</form><form action=//evil.test>',
  "' onfocus='alert(1)",
  '<!--',
  '\u2028alert(1)//',
]
const texts = [...leadingAstray, ...markup]

test.each(texts)(
  'T76, T77 a RelayState comes back by Redirect as it was, to the address in the metadata: %j',
  async (relayState) => {
    const { browser, orders, key } = await makeWorld()
    const { nameId } = await logIn(browser, orders)
    const done = await browser.open(await orders.redirect(orders.logoutRequest({ nameId }), { relayState }))
    expect(readSent(done.location, key)).toMatchObject({ address: orders.sloUrl, relayState })
    expect(done.headers.getSetCookie().join()).not.toContain('evil')
  },
)

const ownScript = 'src="/submit.js" defer=""'

/** All that a browser would do with a page: its scripts and where its forms go. */
function moves({ html, forms }: SeenPage) {
  const elements = parse(html).querySelectorAll('*')
  return {
    scripts: elements.filter(({ rawTagName }) => rawTagName === 'script').map(({ rawAttrs }) => rawAttrs),
    handlers: elements.flatMap(({ attributes }) => Object.keys(attributes).filter((name) => /^on/i.test(name))),
    actions: forms.map(({ action }) => action),
  }
}

test.each(texts)('T76, T77 a RelayState comes back in a form as it was, and is no markup: %j', async (relayState) => {
  const { post, orders, request, key } = await makePostScene()
  const page = await post(await orders.form(request(), { relayState }))
  expect(sentIn(page, key)).toMatchObject({ address: byPost.location, relayState })
  expect(moves(page)).toEqual({
    scripts: [ownScript],
    handlers: [],
    actions: [byPost.location],
  })
  expect(page.headers.get('content-security-policy')).toContain('form-action http: https:;')
})

test.each([81, 10_000])(
  'T76, C071 a RelayState of %i octets in a form is refused where none so long is tolerated, and not sent back',
  async (octets) => {
    const { post, orders, request, key } = await makePostScene([byPost], { tolerate: [] })
    const sent = sentIn(await post(await orders.form(request(), { relayState: 'x'.repeat(octets) })), key)
    expect([sent.relayState, parseLogoutResponse(sent.root).status.codes]).toEqual([
      undefined,
      [STATUS.requester, STATUS.requestDenied],
    ])
  },
)

test.each(markup)('T77 what a participant answers is no markup on the page of the logout: %j', async (text) => {
  const { browser, orders, key } = await makeWorld()
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const status = { codes: [STATUS.responder, `urn:${text.replaceAll(/[^\w<>"'/=()]/g, '')}`], message: text }
  const page = await browser.open(await orders.answer(readSentRequest(location, key), { status }))
  expect(moves(page)).toEqual({ scripts: [], handlers: [], actions: ['/logout/again'] })
})

test.each(texts)('T77 an Issuer is no markup on the page that refuses it: %j', async (issuer) => {
  const { browser, orders } = await makeWorld()
  const { nameId } = await logIn(browser, orders)
  const page = await browser.open(await orders.redirect(orders.logoutRequest({ nameId, issuer })))
  expect([page.status, moves(page)]).toEqual([400, { scripts: [], handlers: [], actions: [] }])
  expect(await whoIsSignedIn(browser)).toBe('alice')
})

test.each(markup)('T77 the name of a service provider is no markup on any page: %j', async (name) => {
  const { browser, idp, orders } = await makeWorld()
  idp.trust({ ...orders.metadata, singleLogoutServices: [byPost] }, { name })
  await logIn(browser, orders)
  const portal = await browser.open('/')
  const asked = await browser.press(portal, 'Log out everywhere')
  expect(moves(portal)).toMatchObject({ scripts: [], handlers: [] })
  expect(moves(portal).actions.every((action) => /^\/(?!\/)/.test(action))).toBe(true)
  expect(moves(asked)).toEqual({ scripts: [ownScript], handlers: [], actions: [byPost.location] })
})
