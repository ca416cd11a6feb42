import { expect, test } from 'vitest'
import { STATUS } from '#saml/names'
import { findButton } from '../browser.test-support.ts'
import type { Tolerance } from '../inbox/tolerance.ts'
import { idpOrigin, makeSp, noon, readSent, readSentRequest, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { good, ids, requestOf, type Scene, signedWith, slo } from './logout-request.test-support.ts'

const rsaSha1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'

/** A LogoutRequest that only this word lets pass, and what the warning says of it. */
const requests: [Tolerance, (scene: Scene) => Promise<string>, code: string, says: string][] = [
  [
    'longRelayState',
    (scene) => good(scene, 'ä'.repeat(41)),
    'SAML_RELAY_STATE',
    'the RelayState of LogoutRequest _ID has 82 octets, at most 80 are allowed',
  ],
  [
    'weakAlgorithms',
    (scene) => signedWith(scene, rsaSha1, 'sha1')(scene),
    'SAML_ALGORITHM',
    `the signature algorithm [${rsaSha1}] is too weak to be believed`,
  ],
  [
    'unsigned',
    (scene) => scene.orders.redirect(requestOf(scene), { signWith: 'nobody' }),
    'SAML_UNSIGNED',
    'the message _ID of https://orders.test is not signed',
  ],
  [
    'noDestination',
    (scene) => scene.orders.redirect(requestOf(scene, { destination: undefined })),
    'SAML_DESTINATION',
    `LogoutRequest _ID is for nobody, this is ${slo}`,
  ],
  [
    'looseNameId',
    (scene) => scene.orders.redirect(requestOf(scene, { nameId: { value: scene.login.nameId.value } })),
    'SAML_SESSION',
    'no session of this principal is known here, but for the value of its NameID',
  ],
]

const sceneWith = async (tolerate?: readonly Tolerance[]): Promise<Scene> => {
  const world = await makeWorld({ tolerate })
  const scene = { ...world, login: await logIn(world.browser, world.orders) }
  world.log.length = 0
  return scene
}

test.each(requests)(
  'C119 with tolerate: [%s] the session ends, with one warning',
  async (word, makeUrl, code, says) => {
    const scene = await sceneWith([word])
    const { browser, key, log } = scene
    const done = await browser.open(await makeUrl(scene))
    expect(readSentResponse(done.location, key).status.codes).toEqual([STATUS.success])
    expect(log.map(({ level, facts, message }) => [level, facts['code'], facts['tolerated'], ids(message)])).toEqual([
      ['warn', code, word, `${says}: tolerated`],
    ])
    expect(await whoIsSignedIn(browser)).toBeUndefined()
  },
)

test.each(requests)(
  'without %s the session lives, and the refusal names that word',
  async (word, makeUrl, code, says) => {
    const everythingElse = requests.map(([each]) => each).filter((each) => each !== word)
    const scene = await sceneWith(everythingElse)
    await scene.browser.open(await makeUrl(scene))
    const [line, ...others] = scene.log
    expect([line?.level, line?.facts['code'], ids(line?.message ?? ''), others]).toEqual([
      'warn',
      code,
      `${says} (tolerate: [${word}] would let it pass)`,
      [],
    ])
    expect(await whoIsSignedIn(scene.browser)).toBe('alice')
  },
)

test.each(requests)('what is tolerated unless somebody says otherwise: %s', async (word, makeUrl) => {
  const scene = await sceneWith()
  await scene.browser.open(await makeUrl(scene))
  const isTolerated = word === 'longRelayState' || word === 'weakAlgorithms'
  expect(await whoIsSignedIn(scene.browser)).toBe(isTolerated ? undefined : 'alice')
})

test.each([
  [80, 'as it came', 200],
  [82, 'as it came', 200],
  [8_192, 'as it came', 200],
  [8_194, 'not at all', 400],
])('C041, C050 a RelayState of %i octets, two to a letter, is carried back %s', async (octets, _how, status) => {
  const { browser, orders } = await makeWorld()
  const relayState = 'ä'.repeat(octets / 2)
  const asked = await browser.open(await orders.redirect(orders.authnRequest(), { relayState }))
  expect(asked.status).toBe(status)
  if (status !== 200) {
    expect(ids(asked.text)).toContain(
      'the RelayState of AuthnRequest _ID has 8194 octets, at most 8192 are allowed Code',
    )
    return
  }
  const page = await browser.press(asked, 'alice')
  expect(findButton(page, 'Continue').form.fields['RelayState']).toBe(relayState)
})

test('a long RelayState comes back from a logout as well', async () => {
  const scene = await sceneWith()
  const relayState = `https://orders.test/${'x'.repeat(200)}`
  const done = await scene.browser.open(await good(scene, relayState))
  expect(readSent(done.location, scene.key).relayState).toBe(relayState)
})

test('a RelayState too long to be carried does not come back with another refusal either', async () => {
  const scene = await sceneWith([])
  const request = requestOf(scene, { notOnOrAfter: noon - 3_600_000 })
  const done = await scene.browser.open(await scene.orders.redirect(request, { relayState: 'x'.repeat(81) }))
  expect(readSent(done.location, scene.key).relayState).toBeUndefined()
})

test('who promised to sign its AuthnRequests is believed without when that is tolerated', async () => {
  const { browser, idp, log } = await makeWorld({ tolerate: ['unsigned'] })
  const careless = await makeSp('careless', { authnRequestsSigned: true })
  idp.trust(careless.metadata)
  await logIn(browser, careless)
  expect(log.map(({ facts, message }) => [facts['tolerated'], ids(message)])).toEqual([
    ['unsigned', 'AuthnRequest _ID is not signed, and the metadata of https://careless.test says it is: tolerated'],
  ])
})

test('a LogoutResponse without signature counts where that is tolerated', async () => {
  const { browser, orders, key } = await sceneWith(['unsigned'])
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const answer = await orders.answer(readSentRequest(location, key), {}, { signWith: 'nobody' })
  expect((await browser.open(answer)).text).toContain('Every service provider confirmed the logout.')
})

test('the list of a service provider replaces the one for all', async () => {
  const scene = await sceneWith(['longRelayState'])
  const { orders, reports, idp, browser, key } = scene
  idp.trust(orders.metadata, { name: 'orders', tolerate: ['unsigned'] })
  expect((await browser.open(await good(scene, 'x'.repeat(81)))).location).toContain(orders.sloUrl)
  expect(await whoIsSignedIn(browser)).toBe('alice')
  const done = await browser.open(await orders.redirect(requestOf(scene), { signWith: 'nobody' }))
  expect(readSentResponse(done.location, key).status.codes).toEqual([STATUS.success])
  const login = await logIn(browser, reports)
  const request = reports.logoutRequest({ nameId: login.nameId })
  expect((await browser.open(await reports.redirect(request, { signWith: 'nobody' }))).text).toContain(
    '(tolerate: [unsigned] would let it pass)',
  )
})

test('looseNameId does not find a session by another value or another SessionIndex', async () => {
  const scene = await sceneWith(['looseNameId'])
  for (const given of [
    { nameId: { value: idpOrigin } },
    { nameId: { value: scene.login.nameId.value }, sessionIndexes: ['_x'] },
  ]) {
    const done = await scene.browser.open(await scene.orders.redirect(requestOf(scene, given)))
    expect(readSentResponse(done.location, scene.key).status.codes).toEqual([STATUS.requester, STATUS.unknownPrincipal])
  }
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})

test('looseNameId does not find the session of the same value at another service provider', async () => {
  const scene = await sceneWith(['looseNameId'])
  const request = scene.reports.logoutRequest({ nameId: scene.login.nameId })
  const done = await scene.browser.open(await scene.reports.redirect(request))
  expect(readSentResponse(done.location, scene.key).status.codes).toEqual([STATUS.requester, STATUS.unknownPrincipal])
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})

test('the portal shows what was tolerated, of whom and how often', async () => {
  const scene = await sceneWith()
  await scene.browser.open(await good(scene, 'x'.repeat(81)))
  await scene.browser.open(await signedWith(scene, rsaSha1, 'sha1')(scene))
  await scene.browser.open(await scene.orders.redirect(scene.orders.authnRequest(), { relayState: 'x'.repeat(90) }))
  const { text } = await scene.browser.open('/')
  expect(ids(text)).toMatch(
    /orders longRelayState the RelayState of AuthnRequest _ID has 90 octets, at most 80 are allowed 2 orders weakAlgorithms the signature algorithm \[.*rsa-sha1\] is too weak to be believed 1/,
  )
})

test('a message that is refused after all was not tolerated', async () => {
  const scene = await sceneWith()
  const url = (await signedWith(scene, rsaSha1, 'sha1')(scene)).replace(/Signature=.*/, 'Signature=AAAA')
  await scene.browser.open(url)
  expect(scene.log.map(({ facts }) => facts['code'])).toEqual(['SAML_SIGNATURE'])
  expect((await scene.browser.open('/')).text).not.toContain('weakAlgorithms')
})

test('with unknownSession: succeed a LogoutRequest that matches no session is answered with Success, with a warning', async () => {
  const { browser, orders, key, log } = await makeWorld({ unknownSession: 'succeed' })
  await logIn(browser, orders)
  log.length = 0
  const done = await browser.open(await orders.redirect(orders.logoutRequest({ nameId: { value: 'nobody' } })))
  expect(readSentResponse(done.location, key).status).toEqual({ codes: [STATUS.success] })
  expect(log.map(({ level, message }) => [level, message])).toEqual([
    ['warn', 'no session of this principal is known here: answered with Success all the same'],
  ])
  expect(await whoIsSignedIn(browser)).toBe('alice')
})

test('with unknownSession: succeed other refusals stay refusals', async () => {
  const { browser, orders, key } = await makeWorld({ unknownSession: 'succeed' })
  const request = orders.logoutRequest({ nameId: { value: 'nobody' }, notOnOrAfter: noon - 3_600_000 })
  const done = await browser.open(await orders.redirect(request))
  expect(readSentResponse(done.location, key).status.codes).toEqual([STATUS.requester, STATUS.requestDenied])
})

// cases/reports 10: a realm without signing keys, as in most guides, has metadata without any key.
test.each([
  [undefined, 'alice'],
  [['unsigned'] as const, undefined],
])('cases/reports 10: the unsigned logout of a realm without keys, with tolerate: %j', async (tolerate, left) => {
  const world = await makeWorld()
  const { browser, orders, idp, key } = world
  idp.trust({ ...orders.metadata, keyDescriptors: [] }, { name: 'orders', tolerate })
  const { nameId, sessionIndex } = await logIn(browser, orders)
  const request = orders.logoutRequest({ nameId, sessionIndexes: [sessionIndex] })
  const page = await browser.open(await orders.redirect(request, { signWith: 'nobody' }))
  if (left === undefined) expect(readSentResponse(page.location, key).status.codes).toEqual([STATUS.success])
  else
    expect(ids(page.text)).toContain(
      'the message _ID of https://orders.test is not signed (tolerate: [unsigned] would let it pass)',
    )
  expect(await whoIsSignedIn(browser)).toBe(left)
})
