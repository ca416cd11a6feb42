import { expect, test } from 'vitest'
import { writeSoap } from '#saml/bindings/soap'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { BINDING, STATUS } from '#saml/names'
import { makeWorld } from '../world.test-support.ts'
import { ids } from './logout-request.test-support.ts'
import { type Answer, answerOf, makeSoapScene, respond } from './soap-scene.test-support.ts'

const { orders } = await makeWorld()

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
    'Responder: no',
  ],
]

test.each(failures)('a participant that is called and %s makes the logout partial', async (_case, answer, says) => {
  const { logOut, location, log } = await makeSoapScene(answer)
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
  const { logOut } = await makeSoapScene(() => new Promise(() => {}), { participantTimeoutMs: 50 })
  expect((await logOut()).text).toMatch(/Partial logout: 1 of 1 .* orders did not answer within 0\.05 s asked by SOAP/)
})

test('a participant that is called and is not there makes the logout partial', async () => {
  const { logOut, idp, orders: sp } = await makeSoapScene()
  const singleLogoutServices = [{ binding: BINDING.soap, location: 'http://127.0.0.1:1/' }]
  idp.trust({ ...sp.metadata, singleLogoutServices }, { name: 'orders' })
  expect((await logOut()).text).toContain('orders did not answer: POST http://127.0.0.1:1/: connection refused')
})
