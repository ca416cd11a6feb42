import { expect, test } from 'vitest'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import type { Endpoint } from '#saml/metadata/role'
import { BINDING, STATUS } from '#saml/names'
import { judgeSchema, judgeXmlSignature } from '#saml/oracles.test-support'
import { findButton, type SeenPage } from '../browser.test-support.ts'
import {
  type FormFields,
  idpOrigin,
  readSent,
  readSentForm,
  readSentRequest,
  readSentResponse,
  type TestSp,
} from '../sp.test-support.ts'
import { logIn, makeWorld, openRun, type World, whoIsSignedIn } from '../world.test-support.ts'
import { ids } from './logout-request.test-support.ts'

const foreign = { origin: 'https://orders.test', 'sec-fetch-site': 'cross-site' }
const byPost: Endpoint = { binding: BINDING.post, location: 'https://orders.test/slo/post' }
const byRedirect: Endpoint = { binding: BINDING.redirect, location: 'https://orders.test/slo' }

/** Alice is logged in at `orders`, which takes logout messages at these endpoints. */
async function makeScene(
  endpoints: readonly Endpoint[] = [byPost],
  given: Partial<Parameters<World['idp']['trust']>[1]> = {},
) {
  const world = await makeWorld()
  const trust = (singleLogoutServices: readonly Endpoint[]) =>
    world.idp.trust({ ...world.orders.metadata, singleLogoutServices }, { name: 'orders', ...given })
  trust(endpoints)
  const login = await logIn(world.browser, world.orders)
  const post = (fields: FormFields) => world.browser.post('/slo', fields, foreign)
  const logOut = async () => world.browser.press(await world.browser.open('/'), 'Log out everywhere')
  const request = (more = {}) =>
    world.orders.logoutRequest({ nameId: login.nameId, sessionIndexes: [login.sessionIndex], ...more })
  return { ...world, login, post, logOut, request }
}

const sentIn = (page: SeenPage, key: World['key']) => readSentForm(findButton(page, 'Continue').form, key)
const askedIn = (page: SeenPage, key: World['key']) => parseLogoutRequest(sentIn(page, key).root)

test('a participant that takes POST only is asked by a form that is signed in the document', async () => {
  const { logOut, key, login, credential } = await makeScene()
  const page = await logOut()
  const { kind, address, relayState, root, document } = sentIn(page, key)
  expect([page.status, page.title, kind, address, relayState]).toEqual([
    ...[200, 'Logging out', 'SAMLRequest', byPost.location, undefined],
  ])
  expect(page.html).toContain('<script src="/submit.js" defer')
  expect(parseLogoutRequest(root)).toMatchObject({
    destination: byPost.location,
    nameId: login.nameId,
    sessionIndexes: [login.sessionIndex],
  })
  expect(await judgeSchema(document, 'protocol')).toMatchObject({ accepted: true })
  const signed = 'urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest'
  expect(await judgeXmlSignature(document, credential.certificatePem, signed)).toMatchObject({ accepted: true })
})

test('the answer in a form from another site counts without any cookie', async () => {
  const { logOut, post, orders, key } = await makeScene()
  const answer = orders.answerTo(askedIn(await logOut(), key))
  const page = await post(await orders.form(answer))
  expect([page.status, page.title]).toEqual([200, 'Logged out'])
  expect(page.text).toContain('Every service provider confirmed the logout.')
})

test('Redirect and POST follow each other in one logout', async () => {
  const { browser, logOut, post, orders, reports, key } = await makeScene()
  await logIn(browser, reports)
  const next = await post(await orders.form(orders.answerTo(askedIn(await logOut(), key))))
  expect(next.location).toContain(reports.sloUrl)
  const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(last.text).toMatch(
    /Every service provider confirmed the logout\. .* orders says Success asked by POST .* reports says Success asked by Redirect/,
  )
})

test('a LogoutRequest in a form ends the session, and who asked is answered in a form with its RelayState', async () => {
  const { browser, post, orders, key, request, credential } = await makeScene()
  const asked = request()
  const relayState = `"><script>alert('r')</script>`
  const page = await post(await orders.form(asked, { relayState }))
  const { kind, address, root, document, ...sent } = sentIn(page, key)
  expect([kind, address, sent.relayState]).toEqual(['SAMLResponse', byPost.location, relayState])
  expect(page.html).not.toContain('<script>alert')
  expect(parseLogoutResponse(root)).toMatchObject({
    destination: byPost.location,
    inResponseTo: asked.id,
    status: { codes: [STATUS.success] },
  })
  expect(await judgeSchema(document, 'protocol')).toMatchObject({ accepted: true })
  const signed = 'urn:oasis:names:tc:SAML:2.0:protocol:LogoutResponse'
  expect(await judgeXmlSignature(document, credential.certificatePem, signed)).toMatchObject({ accepted: true })
  expect(await whoIsSignedIn(browser)).toBeUndefined()
})

const responseLocation = 'https://orders.test/slo/done'

test.each<[string, readonly Endpoint[], string]>([
  ['Redirect where that is offered', [byPost, byRedirect], `redirect ${byRedirect.location}`],
  ['POST at its ResponseLocation', [{ ...byPost, responseLocation }], `post ${responseLocation}`],
  ['Redirect at its ResponseLocation', [byPost, { ...byRedirect, responseLocation }], `redirect ${responseLocation}`],
])('a request in a form is answered by %s', async (_case, endpoints, expected) => {
  const { post, orders, key, request } = await makeScene(endpoints)
  const page = await post(await orders.form(request(), { relayState: 'r' }))
  const sent = page.location === '' ? sentIn(page, key) : readSent(page.location, key)
  expect([`${page.location === '' ? 'post' : 'redirect'} ${sent.address}`, sent.relayState]).toEqual([expected, 'r'])
})

test('a request that cannot be acted upon is answered in a form, and the session lives', async () => {
  const { browser, post, orders, key, request } = await makeScene()
  const page = await post(await orders.form(request({ notOnOrAfter: 0 })))
  expect(parseLogoutResponse(sentIn(page, key).root).status.codes).toEqual([STATUS.requester, STATUS.requestDenied])
  expect(await whoIsSignedIn(browser)).toBe('alice')
})

type Scene = Awaited<ReturnType<typeof makeScene>>
type Refused = [name: string, make: (scene: Scene) => Promise<FormFields>, code: string, says: string]

const changed = (fields: FormFields, change: (document: string) => string): FormFields => {
  const document = Buffer.from(fields['SAMLRequest'] ?? '', 'base64').toString()
  return { SAMLRequest: Buffer.from(change(document)).toString('base64') }
}

const refused: Refused[] = [
  [
    'without signature',
    ({ orders, request }) => orders.form(request(), { signWith: 'nobody' }),
    'SAML_UNSIGNED',
    'the message _ID of https://orders.test is not signed (tolerate: [unsigned] would let it pass)',
  ],
  [
    'signed by a stranger',
    ({ orders, stranger, request }) => orders.form(request(), { signWith: stranger.credential }),
    'SAML_SIGNATURE',
    'the signature of LogoutRequest _ID does not verify with any of 1 trusted keys',
  ],
  [
    'changed under the signature',
    async ({ orders, request }) =>
      changed(await orders.form(request()), (xml) => xml.replace(/(<saml2:NameID[^>]*>)/, '$1x')),
    'SAML_SIGNATURE',
    'the signature of LogoutRequest _ID does not verify with any of 1 trusted keys',
  ],
  [
    'for another receiver',
    ({ orders, request }) => orders.form(request({ destination: `${idpOrigin}/sso` })),
    'SAML_DESTINATION',
    `LogoutRequest _ID is for ${idpOrigin}/sso, this is ${idpOrigin}/slo`,
  ],
  [
    'for nobody',
    ({ orders, request }) => orders.form(request({ destination: undefined })),
    'SAML_DESTINATION',
    `LogoutRequest _ID is for nobody, this is ${idpOrigin}/slo (tolerate: [noDestination] would let it pass)`,
  ],
  [
    'beside a response',
    async ({ orders, request }) => ({ ...(await orders.form(request())), SAMLResponse: 'eA==' }),
    'SAML_QUERY_AMBIGUOUS',
    'the form has both a SAMLRequest and a SAMLResponse',
  ],
  ['that is none', async () => ({ RelayState: 'r' }), 'SAML_MESSAGE_MISSING', 'the form has no SAMLRequest'],
  [
    'that is another message',
    ({ orders }) => orders.form(orders.authnRequest({ destination: `${idpOrigin}/slo` })),
    'SAML_ROOT',
    'the message is a AuthnRequest, expected a LogoutRequest',
  ],
  [
    'of a service provider that nobody knows',
    ({ stranger, request }) => stranger.form(request({ issuer: stranger.entityId })),
    'SAML_ISSUER',
    'the LogoutRequest comes from https://stranger.test, which is no known service provider',
  ],
]

test.each(refused)(
  'a LogoutRequest in a form %s is refused on a page, and the session lives',
  async (_case, make, code, says) => {
    const scene = await makeScene()
    const page = await scene.post(await make(scene))
    expect([page.status, page.location]).toEqual([400, ''])
    expect(ids(page.text)).toContain(says)
    expect(page.text).toContain(code)
    expect(await whoIsSignedIn(scene.browser)).toBe('alice')
  },
)

test.each<[string, (orders: TestSp, scene: Scene) => Parameters<TestSp['form']>[1], string]>([
  ['without signature', () => ({ signWith: 'nobody' }), 'is not signed'],
  ['signed by a stranger', (_orders, { stranger }) => ({ signWith: stranger.credential }), 'does not verify'],
])('a LogoutResponse in a form %s fails the leg that it answers', async (_case, how, says) => {
  const scene = await makeScene()
  const { logOut, post, orders, key } = scene
  const answer = orders.answerTo(askedIn(await logOut(), key))
  const page = await post(await orders.form(answer, how(orders, scene)))
  expect([page.status, page.text]).toEqual([
    200,
    expect.stringMatching(/Partial logout: 1 of 1 .* orders its answer was refused: /),
  ])
  expect(page.text).toContain(says)
})

test('a LogoutResponse in a form that cannot be read changes nothing, and the portal leads on', async () => {
  const { browser, logOut, post, orders, key } = await makeScene()
  const asked = askedIn(await logOut(), key)
  expect((await post({ SAMLResponse: '####' })).status).toBe(400)
  expect((await openRun(browser)).text).toContain('orders asked, no answer yet')
  expect((await post(await orders.form(orders.answerTo(asked)))).text).toContain('Every service provider confirmed')
})

test.each<[string, readonly Endpoint[], 'redirect' | 'post' | undefined, 'redirect' | 'post']>([
  ['Redirect where both are offered', [byPost, byRedirect], undefined, 'redirect'],
  ['POST where it was chosen', [byRedirect, byPost], 'post', 'post'],
])('a participant is asked by %s', async (_case, endpoints, logoutBy, expected) => {
  const { logOut } = await makeScene(endpoints, { logoutBy })
  const page = await logOut()
  expect(page.location === '' ? 'post' : 'redirect').toBe(expected)
})

const byArtifact: Endpoint = { binding: BINDING.artifact, location: 'https://orders.test/slo/artifact' }

test.each<[string, readonly Endpoint[], 'post' | undefined, string]>([
  ['only by artifact', [byArtifact], undefined, 'only artifact'],
  ['by Redirect and not by what was chosen', [byRedirect], 'post', 'only redirect, and logoutBy says post'],
])('of a participant that can be asked %s the page says so', async (_case, endpoints, logoutBy, says) => {
  const { logOut } = await makeScene(endpoints, { logoutBy })
  expect((await logOut()).text).toMatch(
    new RegExp(`Partial logout: 1 of 1 .* orders has no way to be asked: ${says} not asked`),
  )
})

test('who asks in a form and takes no answer by a browser is told of on the page and in the log', async () => {
  const { log, post, orders, request } = await makeScene([byArtifact])
  log.length = 0
  const page = await post(await orders.form(request()))
  expect(page.text).toContain('orders asked for this logout and has no way to be told how it ended: only artifact.')
  expect(log.map(({ facts, message }) => [facts['code'], message])).toEqual([
    ['LOGOUT_NOT_ANSWERED', 'orders asked for a logout and has no way to be answered: only artifact'],
  ])
})

test('what is answered by Redirect to a request in a form verifies', async () => {
  const { post, orders, key, request } = await makeScene([byRedirect])
  const page = await post(await orders.form(request()))
  expect(readSentResponse(page.location, key).status.codes).toEqual([STATUS.success])
})
