import { expect, test } from 'vitest'
import { isAddress, isNoAddress, nearMisses, withBlanks } from '#saml/near-misses.test-support'
import { legibleText } from '#server/legible-text'
import { idpOrigin, readSentRequest } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'

const orders = 'https://orders.test'
const near = (value: string) => [...nearMisses(value), ...withBlanks(value)]
const nearAddresses = (value: string) => near(value).filter(isAddress)
const at = (path: string, url: string) => `${idpOrigin}${path}${url.slice(url.indexOf('?'))}`

// cases/sabotage.md XI14, and its first cause: comparisons tried only with values that differ wholly.
test.each(near(orders))('T21, C003 the Issuer %s is no service provider that we know: %j', async (_name, issuer) => {
  const world = await makeWorld()
  const { browser, key, log } = world
  const { nameId } = await logIn(browser, world.orders)
  log.length = 0
  const messages = [world.orders.authnRequest({ issuer }), world.orders.logoutRequest({ nameId, issuer })]
  for (const message of messages) {
    const page = await browser.open(await world.orders.redirect(message))
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('which is no known service provider')])
  }
  expect(log.map(({ facts }) => facts['code'])).toEqual(['SAML_ISSUER', 'SAML_ISSUER'])
  expect(await whoIsSignedIn(browser)).toBe('alice')
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const answer = await world.orders.answer(readSentRequest(location, key), { issuer })
  expect((await browser.open(answer)).text).toContain('its answer was refused: the LogoutResponse comes from')
})

test.each(nearAddresses(`${idpOrigin}/sso`))(
  'the Destination %s of an AuthnRequest is not ours: %j',
  async (_name, destination) => {
    const world = await makeWorld()
    const url = await world.orders.redirect(world.orders.authnRequest({ destination }))
    const page = await world.browser.open(at('/sso', url))
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('SAML_DESTINATION')])
  },
)

test.each(nearAddresses(`${idpOrigin}/slo`))(
  'T19, C014, C025 the Destination %s of a logout message is not ours: %j',
  async (_name, destination) => {
    const world = await makeWorld()
    const { browser, key } = world
    const { nameId } = await logIn(browser, world.orders)
    const url = await world.orders.redirect(world.orders.logoutRequest({ nameId, destination }))
    const page = await browser.open(at('/slo', url))
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('SAML_DESTINATION')])
    expect(await whoIsSignedIn(browser)).toBe('alice')
    const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
    const answer = await world.orders.answer(readSentRequest(location, key), { destination })
    const refused = await browser.open(at('/slo', answer))
    expect(refused.text).toMatch(/its answer was refused: LogoutResponse _[0-9a-f]{40} is for /)
  },
)

test.each(nearAddresses('https://orders.test/acs'))(
  'the AssertionConsumerService %s is not registered: %j',
  async (_name, acsUrl) => {
    const world = await makeWorld()
    const page = await world.browser.open(await world.orders.redirect(world.orders.authnRequest({ acsUrl })))
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('SAML_ACS')])
  },
)

test.each(nearMisses('https://orders.test').filter(isNoAddress))(
  'a message in which an address stands %s breaks the schema: %j',
  async (_name, url) => {
    const world = await makeWorld()
    const { browser, key, orders } = world
    const { nameId } = await logIn(browser, orders)
    const where = (element: string, attribute: string) =>
      `samlp:${element} attribute ${attribute} is [${legibleText(url)}], expected anyURI`
    const messages = [
      ['AuthnRequest', 'Destination', orders.authnRequest({ destination: url })],
      ['AuthnRequest', 'AssertionConsumerServiceURL', orders.authnRequest({ acsUrl: url })],
      ['LogoutRequest', 'Destination', orders.logoutRequest({ nameId, destination: url })],
    ] as const
    for (const [element, attribute, message] of messages) {
      const path = element === 'AuthnRequest' ? '/sso' : '/slo'
      const page = await browser.open(at(path, await orders.redirect(message)))
      expect([page.status, page.text]).toEqual([400, expect.stringContaining(where(element, attribute))])
      expect(page.text).toContain('Code SAML_SCHEMA')
    }
    expect(await whoIsSignedIn(browser)).toBe('alice')
    const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
    const answer = await orders.answer(readSentRequest(location, key), { destination: url })
    expect((await browser.open(at('/slo', answer))).text).toContain(where('LogoutResponse', 'Destination'))
  },
)
