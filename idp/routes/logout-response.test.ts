import { expect, test } from 'vitest'
import { buildRedirectUrl } from '#saml/bindings/redirect'
import { type LogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { idpOrigin, type RedirectOptions, readSentRequest } from '../sp.test-support.ts'
import { logIn, makeWorld, openRun, type World } from '../world.test-support.ts'

const slo = `${idpOrigin}/slo`
const ids = (text: string) => text.replaceAll(/_[0-9a-f]{40}/g, '_ID')

type Make = (world: World) => { given?: Partial<LogoutResponse>; how?: RedirectOptions }

/** Logs alice in at `orders` and `reports`, and asks `orders` to log her out. */
async function askOrders() {
  const world = await makeWorld()
  const { browser, orders, reports, key, log } = world
  await logIn(browser, orders)
  await logIn(browser, reports)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  log.length = 0
  const request = readSentRequest(location, key)
  const answer = async (make: Make) => {
    const { given, how } = make(world)
    const url = await orders.answer(request, given, how)
    return slo + url.slice(url.indexOf('?'))
  }
  return { ...world, answer, good: () => orders.answer(request) }
}

const logged = ({ log }: World) => log.map(({ level, facts, message }) => [level, facts['code'], ids(message)])

const attributable: [string, Make, string, string][] = [
  [
    'C021 unsigned',
    () => ({ how: { signWith: 'nobody' } }),
    'SAML_UNSIGNED',
    'the message _ID of https://orders.test is not signed (tolerate: [unsigned] would let it pass)',
  ],
  [
    'signed by a stranger',
    ({ stranger }) => ({ how: { signWith: stranger.credential } }),
    'SAML_SIGNATURE',
    'the signature does not verify with any of 1 trusted keys',
  ],
  [
    'C025 for another service',
    () => ({ given: { destination: `${idpOrigin}/sso` } }),
    'SAML_DESTINATION',
    `LogoutResponse _ID is for ${idpOrigin}/sso, this is ${slo}`,
  ],
  [
    'without Destination',
    () => ({ given: { destination: undefined } }),
    'SAML_DESTINATION',
    `LogoutResponse _ID is for nobody, this is ${slo} (tolerate: [noDestination] would let it pass)`,
  ],
  [
    'of another version',
    () => ({ given: { version: '2.1' } }),
    'SAML_VERSION',
    'LogoutResponse _ID is not of version 2.0',
  ],
  [
    'C020 in the name of nobody we know',
    () => ({ given: { issuer: 'urn:renamed' } }),
    'SAML_ISSUER',
    'the LogoutResponse comes from urn:renamed, which is no known service provider',
  ],
]

test.each(attributable)(
  '%s: a LogoutResponse that answers our request fails its leg, and the logout goes on from its own page',
  async (_case, make, code, says) => {
    const scene = await askOrders()
    const { newBrowser, reports, key } = scene
    // Another browser, since the ID of our request says whose answer it is.
    const browser = newBrowser()
    const page = await browser.open(await scene.answer(make))
    expect([page.status, page.title]).toEqual([200, 'Logging out'])
    expect(ids(page.text)).toContain(`orders its answer was refused: ${says}`)
    expect(logged(scene)).toEqual([['warn', code, `logout at orders: its answer was refused: ${says}`]])
    const next = await browser.press(page, 'Continue')
    const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
    expect(last.text).toMatch(/Partial logout: 1 of 2 .* reports says Success/)
  },
)

const doubtful: [string, (scene: Awaited<ReturnType<typeof askOrders>>) => Promise<string> | string, string, string][] =
  [
    [
      'that cannot be read as a query',
      () => `${slo}?SAMLResponse=%zz`,
      'SAML_QUERY_MALFORMED',
      'the query string holds a broken escape in [%zz]',
    ],
    ['that is not base64', () => `${slo}?SAMLResponse=a_b-`, 'SAML_BASE64', 'Illegal base64 character 5f'],
    ['that is not deflated', () => `${slo}?SAMLResponse=YWJj`, 'SAML_DEFLATE', 'the message is not raw DEFLATE'],
    [
      'to a request that nobody made',
      ({ answer }) => answer(() => ({ given: { inResponseTo: '_other' } })),
      'SAML_IN_RESPONSE_TO',
      'LogoutResponse _ID answers _other, and nobody waits for that',
    ],
    [
      'to no request',
      ({ answer }) => answer(() => ({ given: { inResponseTo: undefined } })),
      'SAML_IN_RESPONSE_TO',
      'LogoutResponse _ID answers no LogoutRequest, and nobody waits for that',
    ],
  ]

test.each(doubtful)(
  'a LogoutResponse %s is noted, and the true one still counts',
  async (_case, makeUrl, code, says) => {
    const scene = await askOrders()
    const { browser, reports, key } = scene
    const page = await browser.open(await makeUrl(scene))
    expect([page.status, page.title]).toEqual([200, 'Logging out'])
    expect(ids(page.text)).toContain(`orders asked; what came back was refused: ${says}`)
    expect(logged(scene)).toEqual([['warn', code, expect.stringContaining(says)]])
    const next = await browser.open(await scene.good())
    const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
    expect(last.text).toContain('Every service provider confirmed the logout.')
  },
)

test.each(doubtful)('a LogoutResponse %s can be left behind with "Continue"', async (_case, makeUrl, code, says) => {
  const scene = await askOrders()
  const { browser, reports, key, log } = scene
  const page = await browser.open(await makeUrl(scene))
  log.length = 0
  const next = await browser.press(page, 'Continue')
  expect(next.location).toContain(reports.sloUrl)
  expect(logged(scene)).toEqual([
    ['warn', code, expect.stringContaining(`logout at orders: its answer was refused: ${says}`)],
  ])
  const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(ids(last.text)).toContain(`orders its answer was refused: ${says}`)
})

test.each(doubtful)(
  'a LogoutResponse %s from a browser that is not in the logout changes nothing',
  async (_case, makeUrl, code, says) => {
    const scene = await askOrders()
    const page = await scene.newBrowser().open(await makeUrl(scene))
    expect([page.status, page.title, ids(page.text)]).toEqual([400, 'Refused', expect.stringContaining(says)])
    expect(scene.log.map(({ facts }) => facts['code'])).toEqual([code])
    expect((await openRun(scene.browser)).text).toContain('orders asked, no answer yet')
  },
)

test('a participant does not answer for another: the logout goes on waiting', async () => {
  const scene = await askOrders()
  const { reports, browser, key } = scene
  const given = { issuer: reports.entityId }
  const page = await browser.open(await scene.answer(() => ({ given, how: { signWith: reports.credential } })))
  expect([page.status, ids(page.text)]).toEqual([
    400,
    expect.stringContaining(
      'LogoutResponse _ID comes from https://reports.test, the request went to https://orders.test',
    ),
  ])
  expect(scene.log.map(({ facts }) => facts['code'])).toEqual(['SAML_ISSUER'])
  const next = await browser.open(await scene.good())
  const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(last.text).toContain('Every service provider confirmed the logout.')
})

test('the answer of one participant, sent again, is not held against the next', async () => {
  const scene = await askOrders()
  const url = await scene.good()
  await scene.browser.open(url)
  const again = await scene.browser.open(url)
  expect([again.status, again.text]).toEqual([400, expect.stringContaining('SAML_IN_RESPONSE_TO')])
  expect((await openRun(scene.browser)).text).toContain('reports asked, no answer yet')
})

test('no page says that nothing changed while sessions have ended', async () => {
  const scene = await askOrders()
  const page = await scene.newBrowser().open(`${slo}?SAMLResponse=a_b-`)
  expect(page.text).toContain('What was refused had no effect, and nobody was told of it.')
  expect(page.text).not.toContain('no session was changed')
})

test('a LogoutResponse that came twice is believed once', async () => {
  const { browser, orders, key } = await makeWorld()
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const url = await orders.answer(readSentRequest(location, key))
  await browser.open(url)
  expect((await browser.open(url)).text).toContain('SAML_IN_RESPONSE_TO')
})

/** The good answer, changed before it is signed. */
async function changedAnswer({ location, key, orders }: Asked, change: (document: string) => string): Promise<string> {
  const answer = orders.answerTo(readSentRequest(location, key))
  const document = change(writeLogoutResponse(answer))
  return buildRedirectUrl({ destination: slo, kind: 'SAMLResponse', document, signWith: orders.credential })
}

interface Asked extends Pick<World, 'key' | 'orders'> {
  readonly location: string
}

const detail = '<saml2p:StatusDetail><x xmlns="urn:x">Responder</x></saml2p:StatusDetail>'

test.each<[string, (document: string) => string, string]>([
  [
    'a StatusDetail, which is passed over',
    (xml) => xml.replace('</saml2p:Status>', `${detail}$&`),
    'orders says Success',
  ],
  [
    'two Status, and is refused',
    (xml) => xml.replace(/<saml2p:Status>.*<\/saml2p:Status>/s, '$&$&'),
    'orders asked; what came back was refused: samlp:LogoutResponse holds [saml:Issuer samlp:Status samlp:Status]',
  ],
  [
    'no Status, and is refused',
    (xml) => xml.replace(/<saml2p:Status>.*<\/saml2p:Status>/s, ''),
    'orders asked; what came back was refused: samlp:LogoutResponse holds [saml:Issuer]',
  ],
])('C027 a LogoutResponse has %s', async (_case, change, says) => {
  const world = await makeWorld()
  const { browser, orders } = world
  await logIn(browser, orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const page = await browser.open(await changedAnswer({ ...world, location }, change))
  expect(page.text).toContain(says)
})
