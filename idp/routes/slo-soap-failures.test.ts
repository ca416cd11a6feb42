import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { writeSoap, writeSoapFault } from '#saml/bindings/soap'
import { type LogoutRequest, writeLogoutRequest } from '#saml/messages/logout-request'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { BINDING, STATUS } from '#saml/names'
import { logIn, makeWorld } from '../world.test-support.ts'
import { ids } from './logout-request.test-support.ts'
import { type Answer, answerOf, makeSoapScene, respond } from './soap-scene.test-support.ts'

const { orders, reports, stranger } = await makeWorld()

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

const soap12 = 'http://www.w3.org/2003/05/soap-envelope'
const changedEnvelope =
  (change: (envelope: string) => string): Answer =>
  async (asked) => {
    const envelope = await (await answerOf(orders, asked)).text()
    const changed = change(envelope)
    return respond(changed === envelope ? 'nothing to change' : changed)
  }
const refusedEnvelope = (says: string) => `its answer was refused: this is no SOAP message: ${says}`

/** What is no message, and what is no answer of who was called. */
const badAnswers: typeof failures = [
  ['answers nothing', () => new Response(null, { status: 202 }), 'did not answer: POST URL: answered with 202'],
  ['is no such page', () => new Response('no', { status: 404 }), 'did not answer: POST URL: answered with 404'],
  ['answers an empty body', () => respond(''), 'its answer was refused: the document is not well-formed'],
  ['answers a page', () => respond('<html><body>hello</body></html>'), refusedEnvelope('the root element is {}html')],
  ['answers a page that is no XML', () => respond('<html><br></html>'), 'its answer was refused: the document is not'],
  [
    'answers a fault with 200',
    () => respond(writeSoapFault('Client', 'no </faultstring> session')),
    'its answer was refused: this is a SOAP fault: no </faultstring> session',
  ],
  [
    'answers in SOAP 1.2',
    changedEnvelope((envelope) => envelope.replace('http://schemas.xmlsoap.org/soap/envelope/', soap12)),
    refusedEnvelope(`the root element is {${soap12}}Envelope`),
  ],
  [
    'answers in an envelope of no namespace',
    changedEnvelope((envelope) => envelope.replaceAll(/<(\/?)soap:/g, '<$1')),
    refusedEnvelope('the root element is {}Envelope'),
  ],
  [
    'answers twice at once',
    changedEnvelope((envelope) => envelope.replace(/(?<=<soap:Body>).*(?=<\/soap:Body>)/s, '$&<x/>')),
    refusedEnvelope('the Body does not hold one message'),
  ],
  [
    'wants a header block understood',
    changedEnvelope((envelope) =>
      envelope.replace('<soap:Body>', '<soap:Header><a xmlns="urn:a" soap:mustUnderstand="1"/></soap:Header>$&'),
    ),
    refusedEnvelope('the Header block {urn:a}a must be understood'),
  ],
  [
    'answers with a request',
    async (asked) => respond(writeSoap(writeLogoutRequest({ ...asked, issuer: orders.entityId }))),
    'its answer was refused: the message is a LogoutRequest, expected a LogoutResponse',
  ],
  [
    'changed its answer after signing',
    changedEnvelope((envelope) => envelope.replace('status:Success', 'status:Requester')),
    'its answer was refused: the signature of LogoutResponse _ID does not verify with any of 1 trusted keys',
  ],
  [
    'lets a stranger answer',
    (asked) => answerOf(stranger, asked),
    'its answer was refused: the LogoutResponse comes from https://stranger.test, which is no known service provider',
  ],
  [
    'lets another service provider answer',
    (asked) => answerOf(reports, asked),
    'its answer was refused: LogoutResponse _ID comes from https://reports.test, the request went to https://orders.test',
  ],
  [
    'has a stranger sign',
    (asked) => answerOf({ ...orders, credential: stranger.credential }, asked),
    'its answer was refused: the signature of LogoutResponse _ID does not verify with any of 1 trusted keys',
  ],
  [
    'answers in another version',
    (asked) => answerOf(orders, asked, { version: '1.1' }),
    'its answer was refused: LogoutResponse _ID is not of version 2.0',
  ],
  [
    'answers no request',
    (asked) => answerOf(orders, asked, { inResponseTo: undefined }),
    'its answer was refused: LogoutResponse _ID answers no LogoutRequest, and nobody waits for that',
  ],
]

test.each([...failures, ...badAnswers])(
  'C037, C080 a participant that is called and %s makes the logout partial',
  async (_case, answer, says) => {
    const { logOut, location, log } = await makeSoapScene(answer)
    log.length = 0
    const page = await logOut()
    expect([page.status, page.title]).toEqual([200, 'Logged out'])
    expect(ids(page.text).replace(location, 'URL')).toContain(`Partial logout: 1 of 1`)
    expect(ids(page.text).replace(location, 'URL')).toContain(`orders ${says}`)
    expect(log.map(({ level, message }) => [level, ids(message).replace(location, 'URL')])).toEqual([
      ['warn', expect.stringContaining(`logout at orders: ${says}`)],
    ])
  },
)

/** Sends something, and then never enough of it. */
const dripping = () =>
  new Response(
    new ReadableStream({
      start: (stream) => stream.enqueue(Buffer.from('<s:Envelope')),
      pull: async (stream) => stream.enqueue(await setImmediate(Buffer.from(' '))),
    }),
  )

test.each<[string, Answer]>([
  ['never answers', () => new Promise(() => {})],
  ['never comes to an end with its answer', dripping],
])('a participant that is called and %s is waited for as long as the configuration says', async (_case, answer) => {
  const { logOut } = await makeSoapScene(answer, { participantTimeoutMs: 50 })
  expect((await logOut()).text).toMatch(/Partial logout: 1 of 1 .* orders did not answer within 0\.05 s asked by SOAP/)
})

test('a participant that is called and is not there makes the logout partial', async () => {
  const { logOut, idp, orders: sp } = await makeSoapScene()
  const singleLogoutServices = [{ binding: BINDING.soap, location: 'http://127.0.0.1:1/' }]
  idp.trust({ ...sp.metadata, singleLogoutServices }, { name: 'orders' })
  expect((await logOut()).text).toContain('orders did not answer: POST http://127.0.0.1:1/: connection refused')
})

test('a call is answered by who was called: two who answer for each other have both not answered', async () => {
  const asked: LogoutRequest[] = []
  let release = () => {}
  const bothCalled = new Promise<void>((resolve) => {
    release = resolve
  })
  const { logOut, browser } = await makeSoapScene(async (request) => {
    if (asked.push(request) === 2) release()
    await bothCalled
    return answerOf(orders, asked.find(({ id }) => id !== request.id) ?? request)
  })
  await logIn(browser, orders)
  const { text } = await logOut()
  expect(text).toContain('Partial logout: 2 of 2')
  expect(
    ids(text).match(/its answer was refused: LogoutResponse _ID answers _ID, and nobody waits for that/g),
  ).toHaveLength(2)
})
