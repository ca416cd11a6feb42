import { expect, test } from 'vitest'
import { buildRedirectUrl } from '#saml/bindings/redirect'
import { STATUS } from '#saml/names'
import { noon, readSent, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { documentOf, good, ids, requestOf, type Scene, slo } from './logout-request.test-support.ts'

const authentic: [string, (scene: Scene) => object, string, readonly string[]][] = [
  [
    'T22, C009 expired an hour ago',
    () => ({ notOnOrAfter: noon - 3_600_000 }),
    'LogoutRequest _ID expired at 2031-05-04T11:00:00.000Z',
    [STATUS.requester, STATUS.requestDenied],
  ],
  [
    'T23, C009, C114 expired exactly the skew ago',
    () => ({ notOnOrAfter: noon - 180_000 }),
    'LogoutRequest _ID expired at 2031-05-04T11:57:00.000Z',
    [STATUS.requester, STATUS.requestDenied],
  ],
  [
    'A61 without expiry, issued long ago',
    () => ({ issueInstant: noon - 780_000 }),
    'LogoutRequest _ID was issued at 2031-05-04T11:47:00.000Z, too long ago',
    [STATUS.requester, STATUS.requestDenied],
  ],
  [
    'issued in the future',
    () => ({ issueInstant: noon + 180_001 }),
    'LogoutRequest _ID was issued in the future',
    [STATUS.requester, STATUS.requestDenied],
  ],
  [
    'C028 of a lower version',
    () => ({ version: '1.1' }),
    'LogoutRequest _ID is not of version 2.0',
    [STATUS.versionMismatch, STATUS.requestVersionTooLow],
  ],
  [
    'C028 of a much higher version',
    () => ({ version: '3.0' }),
    'LogoutRequest _ID is not of version 2.0',
    [STATUS.versionMismatch, STATUS.requestVersionTooHigh],
  ],
  [
    'C028 of a higher version',
    () => ({ version: '2.1' }),
    'LogoutRequest _ID is not of version 2.0',
    [STATUS.versionMismatch, STATUS.requestVersionTooHigh],
  ],
  [
    'C026 for somebody unknown',
    () => ({ nameId: { value: 'nobody' } }),
    'no session of this principal is known here',
    [STATUS.requester, STATUS.unknownPrincipal],
  ],
  [
    'C005 with another qualifier than was issued',
    ({ login }) => ({ nameId: { ...login.nameId, spNameQualifier: 'https://orders.test' } }),
    'no session of this principal is known here, but for the value of its NameID (tolerate: [looseNameId] would let it pass)',
    [STATUS.requester, STATUS.unknownPrincipal],
  ],
  [
    'for another session',
    () => ({ sessionIndexes: ['_other'] }),
    'no session of this principal is known here',
    [STATUS.requester, STATUS.unknownPrincipal],
  ],
]

test.each(authentic)(
  '%s: an authentic request is answered with a status, the session lives (C023, C042)',
  async (_case, given, says, codes) => {
    const world = await makeWorld()
    const scene = { ...world, login: await logIn(world.browser, world.orders) }
    world.log.length = 0
    const done = await world.browser.open(
      await world.orders.redirect(requestOf(scene, given(scene)), { relayState: 'r' }),
    )
    const { status } = readSentResponse(done.location, world.key)
    expect([ids(status.message ?? ''), status.codes]).toEqual([says, codes])
    expect(readSent(done.location, world.key)).toMatchObject({ address: world.orders.sloUrl, relayState: 'r' })
    expect(world.log.map(({ level, message }) => [level, ids(message)])).toEqual([['warn', says]])
    expect(await whoIsSignedIn(world.browser)).toBe('alice')
  },
)

test('T23, C009, C114 a request is accepted a millisecond before its expiry and the skew are over', async () => {
  const world = await makeWorld()
  const { nameId } = await logIn(world.browser, world.orders)
  const request = world.orders.logoutRequest({ nameId, notOnOrAfter: noon - 180_000 + 1 })
  const done = await world.browser.open(await world.orders.redirect(request))
  expect(readSentResponse(done.location, world.key).status.codes).toEqual([STATUS.success])
})

test('T24 the same request is not acted upon twice, whoever signed in meanwhile', async () => {
  const world = await makeWorld()
  const { browser, orders, key } = world
  const nameIdPolicy = { format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }
  const nameId = { value: 'alice@example.test', ...nameIdPolicy }
  const login = async () => browser.open(await orders.redirect(orders.authnRequest({ nameIdPolicy })))
  await browser.press(await login(), 'alice')
  const url = await orders.redirect(orders.logoutRequest({ nameId }))
  await browser.open(url)
  await browser.press(await login(), 'alice')
  const { status } = readSentResponse((await browser.open(url)).location, key)
  expect([status.codes, ids(status.message ?? '')]).toEqual([
    [STATUS.requester, STATUS.requestDenied],
    'LogoutRequest _ID was received before',
  ])
  expect(await whoIsSignedIn(browser)).toBe('alice')
})

// cases/sabotage.md XI1: the clock of its issuer is ahead by the whole skew.
test.each([
  [10 * 60_000 + 2 * 180_000 - 1, 'was received before'],
  [10 * 60_000 + 2 * 180_000, 'too long ago'],
])('a request without NotOnOrAfter is remembered for as long as it is fresh: after %i ms it %s', async (ms, says) => {
  const world = await makeWorld()
  const { browser, orders, key, clock } = world
  const { nameId } = await logIn(browser, orders)
  const url = await orders.redirect(orders.logoutRequest({ nameId, issueInstant: noon + 180_000 }))
  await browser.open(url)
  clock.advance(ms)
  const { status } = readSentResponse((await browser.open(url)).location, key)
  expect([status.codes, status.message]).toEqual([
    [STATUS.requester, STATUS.requestDenied],
    expect.stringContaining(says),
  ])
})

// cases/sabotage.md XI2
test('two service providers may use the same ID: what was seen of one blocks nobody else', async () => {
  const { browser, newBrowser, orders, reports, key } = await makeWorld()
  for (const [each, sp] of [
    [browser, orders],
    [newBrowser(), reports],
  ] as const) {
    const { nameId } = await logIn(each, sp)
    const done = await each.open(await sp.redirect(sp.logoutRequest({ nameId, id: '_same' })))
    expect(readSentResponse(done.location, key).status.codes).toEqual([STATUS.success])
  }
})

test('a request that names its principal in a form that nobody can open is answered as unsupported', async () => {
  const world = await makeWorld()
  const scene = { ...world, login: await logIn(world.browser, world.orders) }
  const encrypted =
    '<saml2:EncryptedID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#">' +
    '<e:CipherData><e:CipherValue>AAAA</e:CipherValue></e:CipherData></e:EncryptedData></saml2:EncryptedID>'
  const document = documentOf(scene).replace(/<saml2:NameID.*<\/saml2:NameID>/, encrypted)
  const url = await buildRedirectUrl({
    destination: slo,
    kind: 'SAMLRequest',
    document,
    signWith: world.orders.credential,
  })
  const { status } = readSentResponse((await world.browser.open(url)).location, world.key)
  expect([status.codes, ids(status.message ?? '')]).toEqual([
    [STATUS.responder, STATUS.requestUnsupported],
    'LogoutRequest _ID names its principal in a form that cannot be opened',
  ])
  expect(await whoIsSignedIn(world.browser)).toBe('alice')
})

// cases/sabotage.md XI4: octets, not letters.
test('C050 a RelayState of 82 octets is refused where none so long is tolerated, and not sent back', async () => {
  const world = await makeWorld({ tolerate: [] })
  const { nameId } = await logIn(world.browser, world.orders)
  const request = world.orders.logoutRequest({ nameId })
  const done = await world.browser.open(await world.orders.redirect(request, { relayState: 'ä'.repeat(41) }))
  expect(readSent(done.location, world.key).relayState).toBeUndefined()
  const { status } = readSentResponse(done.location, world.key)
  expect([status.codes, ids(status.message ?? '')]).toEqual([
    [STATUS.requester, STATUS.requestDenied],
    'the RelayState of LogoutRequest _ID has 82 octets, at most 80 are allowed (tolerate: [longRelayState] would let it pass)',
  ])
  expect(await whoIsSignedIn(world.browser)).toBe('alice')
})

test.each<[string, (scene: Scene) => Promise<string>]>([
  [
    'T36 signed with lower-case escapes',
    (scene) => {
      const escapeWith = (value: string) =>
        encodeURIComponent(value).replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())
      return scene.orders.redirect(requestOf(scene), { relayState: 'a/b', escapeWith })
    },
  ],
  ['T37 with parameter names inside the RelayState', (scene) => good(scene, 'SAMLRequest=x&Signature=y')],
  [
    'T38 with its parameters in reverse order',
    async (scene) => {
      const [address, query = ''] = (await good(scene, 'r')).split('?')
      return `${address}?${query.split('&').reverse().join('&')}`
    },
  ],
  [
    'C016 with a Consent and an extension that nobody knows',
    async (scene) => {
      const extensions = '<saml2p:Extensions><x xmlns="urn:x" y="z"/></saml2p:Extensions>'
      const document = documentOf(scene)
        .replace(' ID=', ' Consent="urn:oasis:names:tc:SAML:2.0:consent:obtained" ID=')
        .replace('</saml2:Issuer>', `$&${extensions}`)
      return buildRedirectUrl({ destination: slo, kind: 'SAMLRequest', document, signWith: scene.orders.credential })
    },
  ],
  ['A52 with an empty RelayState', (scene) => good(scene, '')],
  ['A53 with a parameter of somebody else', async (scene) => `${await good(scene)}&utm=x`],
])('%s: the request is good', async (_case, makeUrl) => {
  const world = await makeWorld()
  const scene = { ...world, login: await logIn(world.browser, world.orders) }
  const done = await world.browser.open(await makeUrl(scene))
  expect(readSentResponse(done.location, world.key).status.codes).toEqual([STATUS.success])
  expect(await whoIsSignedIn(world.browser)).toBeUndefined()
})
