import { expect, onTestFinished, test } from 'vitest'
import { readSoap, writeSoap } from '#saml/bindings/soap'
import { type LogoutRequest, parseLogoutRequest, writeLogoutRequest } from '#saml/messages/logout-request'
import { type LogoutResponse, parseLogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { BINDING, STATUS } from '#saml/names'
import { judgeXmlSignature } from '#saml/oracles.test-support'
import { readMessage } from '#saml/schema/message'
import { signEnveloped, verifyEnveloped } from '#saml/signature/enveloped-signature'
import { strictPolicy } from '#saml/signature/policy'
import type { TrustedKey } from '#saml/signature/trusted-key'
import { type Fetch, listen } from '#server/serve'
import type { IdpOptions } from '../config.ts'
import { idpOrigin, readSentRequest, type TestSp } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { ids } from './logout-request.test-support.ts'

const soapUrl = `${idpOrigin}/slo/soap`
const partial = [STATUS.success, STATUS.partialLogout]

/** The message in an envelope, after its signature has verified. */
function opened(envelope: string, key: TrustedKey) {
  const document = readSoap(Buffer.from(envelope)).toString()
  const root = readMessage(document)
  return verifyEnveloped({ document, root, element: root }, [key], strictPolicy)
}

async function serving(fetch: Fetch): Promise<string> {
  const listener = await listen({ host: '127.0.0.1', port: 0, closeGraceMs: 0 })
  onTestFinished(() => listener.close())
  listener.mount(fetch)
  return `${listener.origin('sp.localhost')}/soap`
}

type Answer = (asked: LogoutRequest, request: Request, envelope: string) => Promise<Response> | Response

/** Alice is logged in at `orders`, which takes logout messages by SOAP and answers them so. */
async function makeScene(answer: Answer = () => new Response(), given: Partial<IdpOptions> = {}) {
  const world = await makeWorld(given)
  const serve = async (sp: TestSp, respond: Answer) => {
    const location = await serving(async (request) => {
      const envelope = await request.text()
      return respond(parseLogoutRequest(opened(envelope, world.key)), request, envelope)
    })
    world.idp.trust({ ...sp.metadata, singleLogoutServices: [{ binding: BINDING.soap, location }] }, { name: sp.name })
    return location
  }
  const location = await serve(world.orders, answer)
  const login = await logIn(world.browser, world.orders)
  const logOut = async () => world.browser.press(await world.browser.open('/'), 'Log out everywhere')
  return { ...world, serve, location, login, logOut }
}

const respond = (envelope: string, status = 200) =>
  new Response(envelope, { status, headers: { 'content-type': 'text/xml' } })

/** What a service provider answers to a call, signed by it. */
async function answerOf(sp: TestSp, asked: LogoutRequest, given: Partial<LogoutResponse> = {}): Promise<Response> {
  const response = { ...sp.answerTo(asked), destination: undefined, ...given }
  return respond(writeSoap(await signEnveloped(writeLogoutResponse(response), response.id, sp.credential)))
}

const { orders } = await makeWorld()

test('a participant that takes SOAP only is called, with a message that is signed in the document', async () => {
  const calls: unknown[] = []
  const { logOut, login, credential, location } = await makeScene(async (asked, request, envelope) => {
    const { destination, nameId, sessionIndexes } = asked
    const signed = 'urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest'
    const { accepted } = await judgeXmlSignature(envelope, credential.certificatePem, signed)
    const headers = ['content-type', 'soapaction'].map((name) => request.headers.get(name))
    calls.push([accepted, request.method, headers, { destination, nameId, sessionIndexes }])
    return answerOf(orders, asked)
  })
  const page = await logOut()
  expect([page.status, page.text]).toEqual([
    200,
    expect.stringMatching(/Every service provider confirmed the logout\. .* orders says Success asked by SOAP/),
  ])
  const headers = ['text/xml; charset=utf-8', '"http://www.oasis-open.org/committees/security"']
  const says = { destination: location, nameId: login.nameId, sessionIndexes: [login.sessionIndex] }
  expect(calls).toEqual([[true, 'POST', headers, says]])
})

test('all who take SOAP are called at once, before the browser goes anywhere', async () => {
  const called: string[] = []
  let release = () => {}
  const bothCalled = new Promise<void>((resolve) => {
    release = resolve
  })
  const together =
    (sp: TestSp): Answer =>
    async (asked) => {
      called.push(sp.name)
      if (called.length === 2) release()
      await bothCalled
      return answerOf(sp, asked)
    }
  const { logOut, serve, browser, stranger, reports, key } = await makeScene(together(orders))
  await logIn(browser, reports)
  await serve(stranger, together(stranger))
  await logIn(browser, stranger)
  const next = await logOut()
  expect([called.toSorted(), next.location.split('?')[0]]).toEqual([['orders', 'stranger'], reports.sloUrl])
  const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(last.text).toContain('Every service provider confirmed the logout.')
})

const endless = () =>
  new Response(new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(64 * 1024).fill(32)) }))

const failures: [string, Answer, string][] = [
  ['never stops answering', endless, 'did not answer: POST URL: the answer is longer than 262144 octets'],
  [
    'leads elsewhere',
    () => new Response(null, { status: 307, headers: { location: 'http://evil.test/' } }),
    'did not answer: POST URL: answered with 307',
  ],
  ['fails', () => new Response('<html>', { status: 500 }), 'did not answer: POST URL: answered with 500'],
  [
    'answers with a fault',
    () =>
      respond(
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>out of order</faultstring></s:Fault></s:Body></s:Envelope>',
        500,
      ),
    'its answer was refused: this is a SOAP fault: out of order',
  ],
  [
    'answers without an envelope',
    (asked) => respond(writeLogoutResponse(orders.answerTo(asked))),
    'its answer was refused: this is no SOAP message: the root element is samlp:LogoutResponse',
  ],
  [
    'answers without a signature',
    (asked) => respond(writeSoap(writeLogoutResponse(orders.answerTo(asked)))),
    'its answer was refused: the message _ID of https://orders.test is not signed',
  ],
  [
    'answers another request',
    (asked) => answerOf(orders, asked, { inResponseTo: '_other' }),
    'its answer was refused: LogoutResponse _ID answers _other, and nobody waits for that',
  ],
  [
    'answers Responder',
    (asked) => answerOf(orders, asked, { status: { codes: [STATUS.responder], message: 'no' } }),
    'says Responder: no',
  ],
]

test.each(failures)('a participant that is called and %s makes the logout partial', async (_case, answer, says) => {
  const { logOut, location, log } = await makeScene(answer)
  log.length = 0
  const page = await logOut()
  expect([page.status, page.title]).toEqual([200, 'Logged out'])
  expect(ids(page.text).replace(location, 'URL')).toContain(`Partial logout: 1 of 1`)
  expect(ids(page.text).replace(location, 'URL')).toContain(`orders ${says}`)
  expect(log.map(({ level, message }) => [level, ids(message).replace(location, 'URL')])).toEqual([
    ['warn', expect.stringContaining(`logout at orders: ${says}`)],
  ])
})

test('a participant that is called and never answers is waited for as long as the configuration says', async () => {
  const { logOut } = await makeScene(() => new Promise(() => {}), { participantTimeoutMs: 50 })
  expect((await logOut()).text).toMatch(/Partial logout: 1 of 1 .* orders did not answer within 0\.05 s asked by SOAP/)
})

test('a participant that is called and is not there makes the logout partial', async () => {
  const { logOut, idp, orders: sp } = await makeScene()
  const singleLogoutServices = [{ binding: BINDING.soap, location: 'http://127.0.0.1:1/' }]
  idp.trust({ ...sp.metadata, singleLogoutServices }, { name: 'orders' })
  expect((await logOut()).text).toContain('orders did not answer: POST http://127.0.0.1:1/: connection refused')
})

test('the session has ended before anybody is called', async () => {
  const seen: string[] = []
  const scene = await makeScene(async (asked) => {
    seen.push((await (await scene.browser.send('/')).text()).includes('Nobody is signed in.') ? 'nobody' : 'somebody')
    return answerOf(orders, asked)
  })
  await scene.logOut()
  expect(seen).toEqual(['nobody'])
})

test('who asks by a browser and takes answers by SOAP only is told of on the page and in the log', async () => {
  const { browser, orders: sp, login, log } = await makeScene()
  log.length = 0
  const page = await browser.open(await sp.redirect(sp.logoutRequest({ nameId: login.nameId })))
  expect(page.text).toContain('orders asked for this logout and has no way to be told how it ended: only soap.')
  expect(log.map(({ message }) => message)).toEqual([
    'orders asked for a logout and has no way to be answered: only soap',
  ])
})

const call = (body: string, headers: Record<string, string> = {}) =>
  new Request(soapUrl, { method: 'POST', body, headers: { 'content-type': 'text/xml; charset=utf-8', ...headers } })

type Scene = Awaited<ReturnType<typeof makeScene>>

const requestOf = ({ orders: sp, login }: Scene, given: Partial<LogoutRequest> = {}) =>
  sp.logoutRequest({ destination: soapUrl, nameId: login.nameId, sessionIndexes: [login.sessionIndex], ...given })

async function signedCall(scene: Scene, given: Partial<LogoutRequest> = {}, signer: TestSp = scene.orders) {
  const request = requestOf(scene, given)
  return writeSoap(await signEnveloped(writeLogoutRequest(request), request.id, signer.credential))
}

test.each([soapUrl, undefined])(
  'a LogoutRequest by SOAP for %s is answered in the same exchange',
  async (destination) => {
    const scene = await makeScene()
    const response = await scene.idp.fetch(call(await signedCall(scene, { id: '_soap', destination })))
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8'])
    const answer = parseLogoutResponse(opened(await response.text(), scene.key))
    expect(answer).toMatchObject({ inResponseTo: '_soap', status: { codes: [STATUS.success] } })
    expect(answer.destination).toBeUndefined()
    expect(await whoIsSignedIn(scene.browser)).toBeUndefined()
  },
)

test('who needs a browser is not asked when a call logs out, and the answer says PartialLogout', async () => {
  const scene = await makeScene()
  await logIn(scene.browser, scene.reports)
  scene.log.length = 0
  const response = await scene.idp.fetch(call(await signedCall(scene)))
  expect(parseLogoutResponse(opened(await response.text(), scene.key)).status.codes).toEqual(partial)
  expect(scene.log.map(({ message }) => message)).toEqual([
    'logout at reports: has no way to be asked: it needs a browser, and this logout has none',
  ])
})

test('who takes SOAP is called when a call logs out, and the answer waits for it', async () => {
  const scene = await makeScene()
  await scene.serve(scene.reports, (asked) => answerOf(scene.reports, asked))
  await logIn(scene.browser, scene.reports)
  const response = await scene.idp.fetch(call(await signedCall(scene)))
  expect(parseLogoutResponse(opened(await response.text(), scene.key)).status.codes).toEqual([STATUS.success])
})

test('a call that cannot be acted upon is answered with a status, and the session lives', async () => {
  const scene = await makeScene()
  const response = await scene.idp.fetch(call(await signedCall(scene, { nameId: { value: 'nobody' } })))
  const { status } = parseLogoutResponse(opened(await response.text(), scene.key))
  expect([response.status, status.codes]).toEqual([200, [STATUS.requester, STATUS.unknownPrincipal]])
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})

const refused: [string, (scene: Scene) => Promise<Request>, number, string][] = [
  [
    'without an envelope',
    async (scene) => call(writeLogoutRequest(requestOf(scene))),
    500,
    'soap:VersionMismatch SAML_SOAP: this is no SOAP message: the root element is samlp:LogoutRequest',
  ],
  [
    'of SOAP 1.2',
    async (scene) => call(await signedCall(scene), { 'content-type': 'application/soap+xml' }),
    500,
    'soap:Client SAML_SOAP: a call is text/xml',
  ],
  ['that is no XML', async () => call('hello'), 500, 'soap:Client SAML_XML: the document is not well-formed: '],
  [
    'that is another message',
    async (scene) => call(writeSoap(writeLogoutResponse(scene.orders.answerTo(requestOf(scene))))),
    500,
    'soap:Client SAML_ROOT: the message is a LogoutResponse, expected a LogoutRequest',
  ],
  [
    'that is too large',
    async () => call(' '.repeat(300_000)),
    500,
    'soap:Client SAML_TOO_LARGE: the call has more than 262144 octets',
  ],
  [
    'without signature',
    async (scene) => call(writeSoap(writeLogoutRequest(requestOf(scene)))),
    403,
    'soap:Client SAML_UNSIGNED: the message _ID of https://orders.test is not signed (tolerate: [unsigned] would let it pass)',
  ],
  [
    'signed by a stranger',
    async (scene) => call(await signedCall(scene, {}, scene.stranger)),
    403,
    'soap:Client SAML_SIGNATURE: the signature of LogoutRequest _ID does not verify with any of 1 trusted keys',
  ],
  [
    'for the other address',
    async (scene) => call(await signedCall(scene, { destination: `${idpOrigin}/slo` })),
    403,
    `soap:Client SAML_DESTINATION: LogoutRequest _ID is for ${idpOrigin}/slo, this is ${soapUrl}`,
  ],
]

test.each(refused)('a call %s is refused with a fault, and the session lives', async (_case, make, status, says) => {
  const scene = await makeScene()
  const response = await scene.idp.fetch(await make(scene))
  const [, code, reason] =
    /<faultcode>(.*)<\/faultcode><faultstring>(.*)<\/faultstring>/.exec(await response.text()) ?? []
  expect([response.status, `${code} ${ids(reason ?? '')}`]).toEqual([status, expect.stringContaining(says)])
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})

test('our metadata says where a call goes', async () => {
  const { idp } = await makeWorld()
  expect(idp.metadata).toContain(`<md:SingleLogoutService Binding="${BINDING.soap}" Location="${soapUrl}"/>`)
})
