import { expect, test } from 'vitest'
import { writeSoap } from '#saml/bindings/soap'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import type { Presented } from '#saml/rules/presented'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { idpOrigin, noon, readSentRequest } from '../sp.test-support.ts'
import { logIn, makeWorld, type World } from '../world.test-support.ts'
import { addresses, inQuery } from './both-faces.test-support.ts'

const world = await makeWorld()
const { idp, orders, reports, stranger } = world
const login = await logIn(world.browser, orders)
const request = (given = {}) =>
  orders.logoutRequest({ nameId: login.nameId, sessionIndexes: [login.sessionIndex], ...given })
const explained = async (given = {}, how = {}) => idp.explain(inQuery(await orders.redirect(request(given), how)))
const alone = (document: string): Presented => ({ carrier: 'document', document })
const brokenIn = ({ checks }: Awaited<ReturnType<typeof idp.explain>>) =>
  checks.filter(({ holds }) => holds === false).map(({ rule }) => rule)
const unaskableIn = ({ checks }: Awaited<ReturnType<typeof idp.explain>>) =>
  checks.filter(({ holds }) => holds === null).map(({ rule, message }) => [rule, message])
const [session] = await (await idp.state()).listSessions()

test('a right LogoutRequest is told with how many sessions it would end', async () => {
  const { checks, document, ...told } = await explained({ id: '_1' })

  expect(checks.map(({ holds }) => holds)).toEqual(checks.map(() => true))
  expect(told).toEqual({
    ...{ kind: 'LogoutRequest', binding: 'redirect', id: '_1', from: orders.entityId, to: addresses.slo },
    ...{ wouldInvalidate: 1, nearest: [], logout: null },
  })
  expect(document).toContain('<saml2p:LogoutRequest')
})

test('what is explained is neither logged nor told in the journal nor counted as seen, and ends nothing', async () => {
  world.log.length = 0
  const message = inQuery(await orders.redirect(request(), { relayState: 'r'.repeat(100) }))
  const before = world.journal.last
  const once = await idp.explain(message)

  expect(await idp.explain(message)).toEqual(once)
  expect([once.wouldInvalidate, brokenIn(once)]).toEqual([1, []])
  expect([world.log, world.journal.last]).toEqual([[], before])
  expect((await (await idp.state()).listSessions()).map(({ id }) => id)).toEqual([session?.id])
  expect((await world.newBrowser().open('/')).text).not.toContain('RelayState')
})

test('a departure that is tolerated holds, and the word is told', async () => {
  const { checks } = await explained({ id: '_1' }, { relayState: 'r'.repeat(100) })

  expect(checks.find(({ rule }) => rule === 'shortRelayState')).toMatchObject({
    holds: true,
    message:
      'the RelayState of LogoutRequest _1 has 100 octets, at most 80 are allowed: tolerated by the word longRelayState',
  })
})

test('behind a signature that does not verify the rest is judged all the same', async () => {
  const told = await explained(
    { id: '_1', destination: 'https://other.test/', notOnOrAfter: 0, sessionIndexes: ['_2'] },
    { signWith: stranger.credential },
  )

  expect(brokenIn(told)).toEqual(['signedByItsIssuer', 'ownDestination', 'notExpired', 'namesASession'])
})

test('what the schemas do not allow is read as far as it goes', async () => {
  const document = writeLogoutRequest(request({ destination: 'https://other.test/' })).replace(' Version="2.0"', '')

  expect(brokenIn(await idp.explain(alone(document)))).toEqual([
    'allowedBySchema',
    'ownDestination',
    'supportedVersion',
  ])
})

test('a rule behind what cannot be read says what is missing', async () => {
  const told = await idp.explain({ carrier: 'query', queryString: 'SAMLRequest=a_b-' })

  expect(brokenIn(told)).toEqual(['base64'])
  expect(unaskableIn(told)).toContainEqual(['deflated', 'no octets could be read'])
  expect(unaskableIn(told)).toContainEqual(['ownDestination', 'no octets could be read'])
  expect(told).toMatchObject({ kind: null, id: null, from: null, to: null, document: null, wouldInvalidate: 0 })
})

test('a message of an Issuer that nobody knows is judged as far as that goes', async () => {
  const told = await idp.explain(
    inQuery(await stranger.redirect(stranger.logoutRequest({ nameId: login.nameId, version: '1.0' }))),
  )

  expect(brokenIn(told)).toEqual(['knownIssuer', 'supportedVersion'])
  expect(unaskableIn(told)).toContainEqual(['signedByItsIssuer', 'the Issuer is nobody we know'])
  expect(unaskableIn(told)).toContainEqual(['namesASession', 'nobody knows whom it names'])
})

test('of a document alone nobody knows how it was carried', async () => {
  const told = await idp.explain(alone(writeLogoutRequest(request())))

  expect([told.binding, told.wouldInvalidate, brokenIn(told)]).toEqual([null, 1, []])
  expect(unaskableIn(told).map(([rule]) => rule)).toEqual([
    'signed',
    'strongAlgorithms',
    'signedByItsIssuer',
    'shortRelayState',
  ])
})

test('a signature in a document alone is verified, and only its Destination is left open', async () => {
  const document = writeLogoutRequest(request({ id: '_1', destination: undefined }))
  const told = await idp.explain(alone(await signEnveloped(document, '_1', orders.credential)))

  expect(brokenIn(told)).toEqual([])
  expect(unaskableIn(told).map(([rule]) => rule)).toEqual(['ownDestination', 'shortRelayState'])
})

test('an envelope of SOAP is opened', async () => {
  const document = writeLogoutRequest(request({ id: '_1', destination: `${addresses.slo}/soap` }))
  const told = await idp.explain(alone(writeSoap(await signEnveloped(document, '_1', orders.credential))))

  expect([told.binding, told.kind, told.wouldInvalidate, brokenIn(told)]).toEqual(['soap', 'LogoutRequest', 1, []])
})

test('the clock is where it is asked to be', async () => {
  const message = inQuery(await orders.redirect(request({ notOnOrAfter: noon + 1 })))

  expect(brokenIn(await idp.explain(message))).toEqual([])
  expect(brokenIn(await idp.explain(message, { at: noon + 180_001 }))).toEqual(['notExpired'])
})

test.each<[field: string, given: (world: World) => object]>([
  ['value', () => ({ nameId: { ...login.nameId, value: 'bob' } })],
  ['format', () => ({ nameId: { ...login.nameId, format: 'urn:other' } })],
  ['nameQualifier', () => ({ nameId: { ...login.nameId, nameQualifier: 'urn:other' } })],
  ['spNameQualifier', () => ({ nameId: { ...login.nameId, spNameQualifier: 'urn:other' } })],
  ['sessionIndex', () => ({ sessionIndexes: ['_other'] })],
  ['spEntityId', () => ({ issuer: 'https://reports.test' })],
])(
  'of a LogoutRequest that means nobody the nearest session is told, and that it differs in %s',
  async (field, given) => {
    const told = await explained(given(world))

    expect([told.wouldInvalidate, told.nearest]).toEqual([0, [{ session: session?.id, differsIn: [field] }]])
  },
)

test('who has neither logged in there nor has this name is not near', async () => {
  const named = reports.logoutRequest({ nameId: { ...login.nameId, value: 'bob' } })

  expect((await idp.explain(inQuery(await reports.redirect(named)))).nearest).toEqual([])
})

test('a LogoutResponse is told with the logout that waits for it, and from whom', async () => {
  const lonely = await makeWorld()
  await logIn(lonely.browser, orders)
  const { location } = await lonely.browser.press(await lonely.browser.open('/'), 'Log out everywhere')
  const asked = readSentRequest(location, lonely.key)
  const [logout] = await (await lonely.idp.state()).listLogouts()
  const right = await lonely.idp.explain(inQuery(await orders.answer(asked)))
  const foreign = await lonely.idp.explain(inQuery(await reports.answer(asked)))

  expect([right.logout, brokenIn(right)]).toEqual([logout?.id, []])
  expect(foreign.checks.filter(({ holds }) => holds === false)).toMatchObject([
    { rule: 'fromWhoWasAsked', code: 'SAML_ISSUER', expected: orders.entityId, actual: reports.entityId },
  ])
  expect((await (await lonely.idp.state()).listLogouts())[0]?.state).toBe('running')
})

test('which requests wait for an answer can be said', async () => {
  const answer = inQuery(await orders.answer(request(), { inResponseTo: '_said' }))

  expect(brokenIn(await idp.explain(answer))).toEqual(['awaited'])
  expect(brokenIn(await idp.explain(answer, { inResponseTo: ['_said'] }))).toEqual([])
  expect(brokenIn(await idp.explain(answer, { inResponseTo: [] }))).toEqual(['awaited'])
})

test('a Response is for somebody else, and who can explain it is said', async () => {
  const { form } = await (await idp.state()).signIn({ session: session?.id, to: orders.entityId })
  const told = await idp.explain({ carrier: 'form', fields: form.fields })

  expect([told.kind, told.binding, told.from]).toEqual(['Response', 'post', `${idpOrigin}/metadata`])
  expect(told.checks.find(({ holds }) => holds === false)).toMatchObject({
    ...{ rule: 'expectedMessage', code: 'SAML_ROOT', expected: 'LogoutResponse', actual: 'Response' },
    hint: 'an identity provider receives no Response: the service provider that it is for can explain it, such as Elasticsearch',
  })
})

test('what the IdP wrote itself is for somebody else', async () => {
  const { queryString = '' } = await idp
    .mint({ kind: 'LogoutRequest', to: orders.entityId, nameId: { value: 'x' } })
    .then((minted) => ('queryString' in minted ? minted : { queryString: '' }))
  const told = await idp.explain({ carrier: 'query', queryString })

  expect(told.checks.find(({ holds }) => holds === false)).toMatchObject({
    rule: 'knownIssuer',
    hint: 'this identity provider wrote it: it is for who was to receive it',
  })
})
