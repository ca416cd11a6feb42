import { expect, test } from 'vitest'
import { writeAuthnRequest } from '#saml/messages/authn-request'
import { BINDING } from '#saml/names'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { idpOrigin, makeSp, noon, type RedirectOptions, type TestSp } from '../sp.test-support.ts'
import { logIn, makeWorld, refusedIn, type World, whoIsSignedIn } from '../world.test-support.ts'

const sso = `${idpOrigin}/sso`
const ids = (text: string) => text.replaceAll(/_[0-9a-f]{40}/g, '_ID')
const unsigned: RedirectOptions = { signWith: 'nobody' }
const ask = (sp: TestSp, given: Parameters<TestSp['authnRequest']>[0] = {}, how = unsigned) =>
  sp.redirect(sp.authnRequest(given), how)
const at = async (url: Promise<string>) => sso + (await url).slice((await url).indexOf('?'))

type Case = [string, (world: World) => Promise<string>, string, string]

const cases: Case[] = [
  [
    'from nobody we know',
    ({ stranger }) => ask(stranger),
    'SAML_ISSUER',
    'the AuthnRequest comes from https://stranger.test, which is no known service provider',
  ],
  [
    'with an ACS that is not registered',
    ({ orders }) => ask(orders, { acsUrl: 'https://evil.test/acs' }),
    'SAML_ACS',
    'the AssertionConsumerService https://evil.test/acs is not in the metadata',
  ],
  [
    'with an ACS that differs in its last slash',
    ({ orders }) => ask(orders, { acsUrl: 'https://orders.test/acs/' }),
    'SAML_ACS',
    'the AssertionConsumerService https://orders.test/acs/ is not in the metadata',
  ],
  [
    'for another service',
    ({ orders }) => at(ask(orders, { destination: `${idpOrigin}/slo` })),
    'SAML_DESTINATION',
    `AuthnRequest _ID is for ${idpOrigin}/slo, this is ${sso}`,
  ],
  [
    'that is signed and for nobody',
    ({ orders }) => at(ask(orders, { destination: undefined }, {})),
    'SAML_DESTINATION',
    `AuthnRequest _ID is for nobody, this is ${sso} (tolerate: [noDestination] would let it pass)`,
  ],
  [
    'signed by a stranger',
    ({ orders, stranger }) => ask(orders, {}, { signWith: stranger.credential }),
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'of another version',
    ({ orders }) => ask(orders, { version: '1.1' }),
    'SAML_VERSION',
    'AuthnRequest _ID is not of version 2.0',
  ],
  [
    'from the future',
    ({ orders }) => ask(orders, { issueInstant: noon + 180_001 }),
    'SAML_NOT_YET_VALID',
    'AuthnRequest _ID was issued in the future',
  ],
  [
    // cases/sabotage.md XI4: octets, not letters.
    'with a RelayState of 41 letters of two octets',
    ({ orders }) => ask(orders, {}, { ...unsigned, relayState: 'ä'.repeat(41) }),
    'SAML_RELAY_STATE',
    'the RelayState of AuthnRequest _ID has 82 octets, at most 80 are allowed (tolerate: [longRelayState] would let it pass)',
  ],
]

test.each(cases)('an AuthnRequest %s is refused on a page and nobody hears of it', async (_case, make, code, says) => {
  const world = await makeWorld({ tolerate: [] })
  await logIn(world.browser, world.orders)
  world.log.length = 0
  const page = await world.browser.open(await make(world))
  expect([page.status, page.location, page.title]).toEqual([400, '', 'Refused'])
  expect([ids(page.text), page.text]).toEqual([expect.stringContaining(says), expect.stringContaining(code)])
  expect(page.forms).toEqual([])
  expect(refusedIn(world)).toMatchObject([{ what: 'AuthnRequest', seq: world.log[0]?.facts['seq'], refusal: { code } }])
  expect(world.log.map(({ level, facts }) => [level, facts['code']])).toEqual([['warn', code]])
})

test('who promised to sign its AuthnRequests is not believed without a signature', async () => {
  const { browser, idp } = await makeWorld()
  const careful = await makeSp('careful', { authnRequestsSigned: true })
  idp.trust(careful.metadata)
  const page = await browser.open(await ask(careful))
  expect(page.text).toContain('SAML_UNSIGNED')
  expect((await browser.open(await ask(careful, {}, {}))).title).toBe('Sign in')
})

test('who takes no answers by POST gets none', async () => {
  const { browser, idp, orders } = await makeWorld()
  const artifact = { binding: BINDING.artifact, location: orders.acsUrl, index: 0, isDefault: true }
  idp.trust({ ...orders.metadata, assertionConsumerServices: [artifact] })
  const page = await browser.open(await ask(orders))
  expect(page.text).toContain('the metadata of https://orders.test has no AssertionConsumerService by POST')
})

test('a LogoutRequest is no AuthnRequest', async () => {
  const { browser, orders } = await makeWorld()
  const url = await orders.redirect(orders.logoutRequest({ nameId: { value: 'x' } }))
  const page = await browser.open(sso + url.slice(url.indexOf('?')))
  expect(page.text).toContain('the message is a LogoutRequest, expected a AuthnRequest')
})

test('a posted AuthnRequest whose signed content was changed is refused', async () => {
  const { browser, orders } = await makeWorld()
  const request = orders.authnRequest({ acsUrl: orders.acsUrl })
  const signed = await signEnveloped(writeAuthnRequest(request), request.id, orders.credential)
  const changed = signed.replace('Version="2.0"', 'ForceAuthn="true" Version="2.0"')
  const page = await browser.post('/sso', { SAMLRequest: Buffer.from(changed).toString('base64') })
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('SAML_SIGNATURE')])
})

test.each([
  ['no message', {}, 'SAML_MESSAGE_MISSING'],
  ['a message that is not base64', { SAMLRequest: '%%%' }, 'SAML_BASE64'],
  ['a message that is not XML', { SAMLRequest: 'AAAA' }, 'SAML_XML'],
])('a form with %s is refused', async (_case, fields, code) => {
  const { browser } = await makeWorld()
  const page = await browser.post('/sso', fields)
  expect([page.status, page.text]).toEqual([400, expect.stringContaining(code)])
})

test('markup in a message stays text on every page', async () => {
  const { browser, orders } = await makeWorld()
  const evil = '"><script>alert(1)</script></form><form action=//evil>'
  const refused = await browser.open(await ask(orders, { acsUrl: `https://evil.test/${evil}` }))
  expect(refused.html).not.toContain('<script>')
  const asked = await browser.open(await ask(orders, {}, { ...unsigned, relayState: evil }))
  const page = await browser.press(asked, 'alice')
  expect([page.forms.length, page.forms[0]?.action]).toEqual([1, orders.acsUrl])
  expect(await whoIsSignedIn(browser)).toBe('alice')
})
