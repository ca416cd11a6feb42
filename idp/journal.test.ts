import { expect, test } from 'vitest'
import { readRedirect } from '#saml/bindings/redirect'
import { cutOffRequest } from '#server/cut-off-request.test-support'
import { createFaults } from '#server/faults'
import type { KeptSeen } from '#server/journal/seen'
import { answerOf, makeSoapScene } from './routes/soap-scene.test-support.ts'
import { idpOrigin, readSentRequest } from './sp.test-support.ts'
import { logIn, makeWorld, type World } from './world.test-support.ts'

const [orders, reports, idp] = ['https://orders.test', 'https://reports.test', `${idpOrigin}/metadata`]

const inShort = ({ what, direction, from, to, accepted, user, endedBy, binding }: KeptSeen) =>
  [what, direction ?? endedBy, from, to, binding, accepted, user].filter((each) => each !== undefined).join(' ')

const story = ({ journal }: Pick<World, 'journal'>, after = 0) => journal.since(after).map(inShort)

/** Alice is logged in at both, and "Log out everywhere" has been pressed. */
async function loggingOut() {
  const world = await makeWorld()
  await logIn(world.browser, world.orders)
  await logIn(world.browser, world.reports)
  const before = world.journal.last
  const { location } = await world.browser.press(await world.browser.open('/'), 'Log out everywhere')
  return { ...world, before, location }
}

test('a login is an AuthnRequest received and a Response sent, with what they say and as they travelled', async () => {
  const world = await makeWorld()
  const { response, nameId, sessionIndex } = await logIn(world.browser, world.orders)
  expect(story(world)).toEqual([
    `AuthnRequest received ${orders} ${idp} redirect true`,
    `Response sent ${idp} ${orders} post alice`,
  ])
  const [asked, answered] = world.journal.since()
  expect(asked).toMatchObject({ id: response.inResponseTo, signature: { state: 'none' } })
  expect(asked?.wire?.url).toMatch(/^http:\/\/idp.localhost:7070\/sso\?SAMLRequest=/)
  expect(Buffer.from(asked?.document ?? '').toString()).toContain('<saml2p:AuthnRequest')
  expect(answered).toMatchObject({
    ...{ id: response.id, inResponseTo: response.inResponseTo, status: ['Success'] },
    ...{ nameId: nameId.value, sessionIndexes: [sessionIndex] },
    wire: { method: 'POST', url: world.orders.acsUrl },
  })
  const form = new URLSearchParams(answered?.wire?.body)
  expect(Buffer.from(form.get('SAMLResponse') ?? '', 'base64').toString()).toBe(answered?.document)
})

test('a logout over two participants is told in the order in which it happened', async () => {
  const { browser, before, location, key, ...world } = await loggingOut()
  const first = readSentRequest(location, key)
  const next = await browser.open(await world.orders.answer(first))
  await browser.open(await world.reports.answer(readSentRequest(next.location, key)))

  expect(story(world, before)).toEqual([
    'sessionEnded portal alice',
    `LogoutRequest sent ${idp} ${orders} redirect alice`,
    `LogoutResponse received ${orders} ${idp} redirect true alice`,
    `LogoutRequest sent ${idp} ${reports} redirect alice`,
    `LogoutResponse received ${reports} ${idp} redirect true alice`,
  ])
  const [, sent, received] = world.journal.since(before)
  const { id, nameId, sessionIndexes } = first
  expect(sent).toMatchObject({ id, nameId: nameId?.value, sessionIndexes, wire: { method: 'GET', url: location } })
  const signature = { state: 'valid', algorithm: 'rsa-sha256' }
  expect(received).toMatchObject({ inResponseTo: id, status: ['Success'], signature })
})

test('a LogoutRequest of a service provider stands before what follows from it', async () => {
  const world = await makeWorld()
  const login = await logIn(world.browser, world.orders)
  await logIn(world.browser, world.reports)
  const before = world.journal.last
  const request = world.orders.logoutRequest({ nameId: login.nameId, sessionIndexes: [login.sessionIndex] })
  await world.browser.open(await world.orders.redirect(request))

  expect(story(world, before)).toEqual([
    `LogoutRequest received ${orders} ${idp} redirect true alice`,
    `sessionEnded ${orders} alice`,
    `LogoutRequest sent ${idp} ${reports} redirect alice`,
  ])
  expect(world.journal.get(before + 2)).toMatchObject({ inResponseTo: request.id })
})

test('a request that is answered with a refusal is one entry, which its log line names with whom it names', async () => {
  const world = await makeWorld()
  const nameId = { value: '_nobody' }
  const url = await world.orders.redirect(world.orders.logoutRequest({ nameId }))
  await world.browser.open(url)

  expect(story(world)).toEqual([
    `LogoutRequest received ${orders} ${idp} redirect false`,
    `LogoutResponse sent ${idp} ${orders} redirect`,
  ])
  const [seen, answer] = world.journal.since()
  const message = 'no session of this principal is known here'
  expect(seen).toMatchObject({ nameId: '_nobody', refusal: { code: 'SAML_SESSION', message, actual: '_nobody' } })
  expect(seen?.wire).toEqual({ method: 'GET', url: `${idpOrigin}/slo${url.slice(url.indexOf('?'))}` })
  expect(answer?.status).toEqual(['Requester', 'UnknownPrincipal'])
  const facts = { code: 'SAML_SESSION', sp: orders, from: orders, to: `${idpOrigin}/slo`, seq: 1 }
  expect(world.log).toMatchObject([{ level: 'warn', facts, message }])
})

test('an answer that is not believed is refused in the journal, and the log names its entry', async () => {
  const { before, location, key, ...world } = await loggingOut()
  const { stranger } = world
  const answer = world.orders.answerTo(readSentRequest(location, key))
  await world.browser.open(await world.orders.redirect(answer, { signWith: stranger.credential }))
  const seen = world.journal.get(before + 3)
  expect(seen).toMatchObject({ accepted: false, signature: { state: 'invalid' }, from: orders })
  expect(seen?.refusal).toEqual({
    code: 'SAML_SIGNATURE',
    message: 'the signature does not verify with any of 1 trusted keys',
    expected: 'a signature that a key in the metadata of the sender made over exactly what arrived',
  })
})

test('what was tolerated is told', async () => {
  const world = await makeWorld({ tolerate: ['unsigned'] })
  const { nameId } = await logIn(world.browser, world.orders)
  const before = world.journal.last
  const request = world.orders.logoutRequest({ nameId })
  await world.browser.open(await world.orders.redirect(request, { signWith: 'nobody' }))
  expect(world.journal.get(before + 1)).toMatchObject({
    ...{ accepted: true, tolerated: ['unsigned'], signature: { state: 'none' } },
  })
})

test('a session that nobody ended has ended with its time', async () => {
  const { clock, ...world } = await makeWorld()
  await logIn(world.browser, world.orders)
  const before = world.journal.last
  clock.set(clock.now() + 24 * 3_600_000)
  expect(await (await world.idp.state()).listSessions()).toEqual([])
  expect(story(world, before)).toEqual(['sessionEnded expiry alice'])
})

const formType = 'application/x-www-form-urlencoded'
test.each([
  ['of another type', 'CONTENT_TYPE', (url: string) => new Request(url, { method: 'POST', body: '{}' })],
  [
    'that is too large',
    'TOO_LARGE',
    (url: string) =>
      new Request(url, { method: 'POST', body: 'x'.repeat(600_000), headers: { 'content-type': formType } }),
  ],
  ['that is cut off', 'INCOMPLETE', (url: string) => cutOffRequest(url, { 'content-type': formType })],
])('a form %s is told where a message should have come, and the log names its entry', async (_what, code, request) => {
  const { idp: server, journal, log } = await makeWorld()
  for (const path of ['/sso', '/slo']) await server.fetch(request(idpOrigin + path))
  const about = { direction: 'received', accepted: false, binding: 'post', to: idp, refusal: { code } }
  expect(journal.since()).toMatchObject([
    { what: 'AuthnRequest', wire: { method: 'POST', url: `${idpOrigin}/sso` }, ...about },
    { what: 'LogoutRequest', wire: { method: 'POST', url: `${idpOrigin}/slo` }, ...about },
  ])
  expect(log).toMatchObject([{ facts: { code, seq: 1 } }, { facts: { code, seq: 2 } }])
})

test('by SOAP the call and what came back in it are told, readable or not', async () => {
  const scene = await makeSoapScene((asked) => answerOf(scene.orders, asked))
  const before = scene.journal.last
  await scene.logOut()
  expect(story(scene, before)).toEqual([
    'sessionEnded portal alice',
    `LogoutRequest sent ${idp} ${orders} soap alice`,
    `LogoutResponse received ${orders} ${idp} soap true alice`,
  ])
  const [, sent, received] = scene.journal.since(before)
  expect(sent?.wire).toMatchObject({ method: 'POST', url: scene.location, body: expect.stringContaining('Envelope') })
  expect(received?.wire?.body).toContain(':Envelope')

  const broken = await makeSoapScene(() => new Response('<html/>'))
  await broken.logOut()
  expect(broken.journal.since().at(-1)).toMatchObject({
    ...{ what: 'LogoutResponse', binding: 'soap', accepted: false, wire: { body: '<html/>' } },
    refusal: { code: 'SAML_SOAP' },
  })
})

test('a message that a fault changed is told as it was sent, and the fault that it took', async () => {
  const faults = createFaults([
    { party: 'idp', on: 'LogoutRequest', times: 1, change: { id: { value: '_wrong' }, sessionIndex: 'none' } },
    { party: 'idp', on: 'LogoutRequest', times: 1, change: { delivery: 'never' } },
  ])
  const world = await makeWorld({ faults: faults.of('idp') })
  const { sessionIndex } = await logIn(world.browser, world.orders)
  await logIn(world.browser, world.reports)
  const before = world.journal.last
  const asked = await world.browser.press(await world.browser.open('/'), 'Log out everywhere')
  await world.browser.open(await world.orders.answer(readSentRequest(asked.location, world.key)))

  const [, changed, fired, answered, never, firedToo] = world.journal.since(before)
  expect(changed).toMatchObject({ id: '_wrong', sessionIndexes: [], faults: ['f1'] })
  expect(Buffer.from(changed?.document ?? '').toString()).not.toContain(sessionIndex)
  expect(fired).toMatchObject({ what: 'fault', id: '_wrong', faults: ['f1'], to: orders })
  expect(answered).toMatchObject({ inResponseTo: '_wrong', accepted: true })
  expect([never, firedToo]).toMatchObject([{ to: reports, direction: 'sent', faults: ['f2'] }, { what: 'fault' }])
})

test('a fault that cannot be made is told at the message that went out right', async () => {
  const change = { relayState: 'none', parameters: ['message'] }
  const faults = createFaults([{ party: 'idp', on: 'Response', times: 1, change }])
  const world = await makeWorld({ faults: faults.of('idp') })
  await logIn(world.browser, world.orders)
  expect(world.journal.since().at(-1)).toMatchObject({
    what: 'Response',
    notMade: [{ fault: 'f1', key: 'parameters', why: expect.any(String) }],
  })
})

test('what is minted, and a login without a browser, are told as sent; and who ended a session', async () => {
  const world = await makeWorld()
  const state = await world.idp.state()
  const { session } = await state.signIn({ user: 'alice', to: orders })
  const url = await world.orders.redirect(world.orders.authnRequest(), { signWith: 'nobody' })
  await state.signIn({ session, authnRequest: url, change: { issuer: 'none' } })
  const minted = await world.idp.mint({ kind: 'LogoutRequest', to: orders, session })
  const logout = await state.startLogout({ session })
  const other = await state.signIn({ user: 'bob', to: orders })
  await state.endSession(other.session)

  expect(story(world)).toEqual([
    `Response sent ${idp} ${orders} post alice`,
    `AuthnRequest received ${orders} ${idp} redirect true`,
    `Response sent ${idp} ${orders} post alice`,
    `LogoutRequest sent ${idp} ${orders} redirect alice`,
    'sessionEnded control alice',
    `Response sent ${idp} ${orders} post bob`,
    'sessionEnded control bob',
  ])
  expect(world.journal.get(4)).toMatchObject({ id: minted.id, minted: true })
  expect(world.journal.get(5)?.id).toBe(logout.id)
})

test('no cookie of a session stands in the journal, and what is kept of a message holds nothing else in memory', async () => {
  const { browser, before, location, key, ...world } = await loggingOut()
  const next = await browser.open(await world.orders.answer(readSentRequest(location, key)))
  await browser.open(await world.reports.answer(readSentRequest(next.location, key)))
  await logIn(browser, world.orders)
  const [alice] = await (await world.idp.state()).listSessions()
  const secret = browser.cookies.get('sloop_idp') ?? ''
  expect([secret.length > 20, alice?.id]).toEqual([true, secret])

  const received = world.journal.since().filter(({ direction }) => direction === 'received')
  const documents = received.map(({ document }) => document as Uint8Array)
  expect(documents.map(({ byteLength, buffer }) => buffer.byteLength - byteLength)).toEqual([0, 0, 0, 0, 0])
  const all = JSON.stringify(world.journal.since().map((seen) => ({ ...seen, document: String(seen.document) })))
  expect(all).toContain(readRedirect(location.slice(location.indexOf('?') + 1)).kind)
  expect(all).not.toContain(secret)
})
