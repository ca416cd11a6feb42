import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { writeSoap } from '#saml/bindings/soap'
import { connectionsDuring } from '#saml/canary.test-support'
import { makeCertificate } from '#saml/certificate'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { BINDING } from '#saml/names'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { listen } from '#server/serve'
import { noon } from '../sp.test-support.ts'
import { whoIsSignedIn } from '../world.test-support.ts'
import {
  answerOf,
  call,
  makeSoapScene,
  opened,
  requestOf,
  type SoapScene,
  signedCall,
} from './soap-scene.test-support.ts'

/** Only an address in metadata is ever called, and only who proves to be there is believed. */

/** What the page says of `orders` once it is called at this address. */
async function calledAt(location: string): Promise<string> {
  const { logOut, idp, orders } = await makeSoapScene()
  idp.trust({ ...orders.metadata, singleLogoutServices: [{ binding: BINDING.soap, location }] }, { name: 'orders' })
  return (await logOut()).text.replaceAll(location, 'URL')
}

test.each([301, 302, 303, 307, 308])('a call that is answered with %i leads nowhere', async (status) => {
  const visits = await connectionsDuring(async (location) => {
    const { logOut } = await makeSoapScene(() => new Response(null, { status, headers: { location } }))
    expect((await logOut()).text).toMatch(
      new RegExp(`Partial logout: 1 of 1 .* orders did not answer: POST .*: answered with ${status} `),
    )
  })
  expect(visits).toBe(0)
})

const addressing = (url: string) =>
  `<soap:Header><a:ReplyTo xmlns:a="http://www.w3.org/2005/08/addressing"><a:Address>${url}</a:Address></a:ReplyTo></soap:Header>`
const redirecting = (url: string) =>
  `<saml2p:Extensions><md:SingleLogoutService xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" Binding="${BINDING.soap}" Location="${url}" ResponseLocation="${url}"/></saml2p:Extensions>`

type Naming = (text: string, url: string) => string
const unchanged: Naming = (text) => text

test.each<[string, Naming, Naming]>([
  [
    'as the address to reply to',
    unchanged,
    (envelope, url) => envelope.replace('<soap:Body>', `${addressing(url)}<soap:Body>`),
  ],
  [
    'as a way to log out',
    (document, url) => document.replace('</saml2:Issuer>', `</saml2:Issuer>${redirecting(url)}`),
    unchanged,
  ],
])('an address that a LogoutRequest names %s is not called', async (_case, inDocument, inEnvelope) => {
  const visits = await connectionsDuring(async (url) => {
    const scene = await makeSoapScene()
    const request = requestOf(scene)
    const document = inDocument(writeLogoutRequest(request), url)
    const envelope = inEnvelope(writeSoap(await signEnveloped(document, request.id, scene.orders.credential)), url)
    expect(envelope).toContain(url)
    const response = await scene.idp.fetch(call(envelope))
    expect([response.status, opened(await response.text(), scene.key).local]).toEqual([200, 'LogoutResponse'])
    expect(await whoIsSignedIn(scene.browser)).toBeUndefined()
  })
  expect(visits).toBe(0)
})

test('the Destination of an answer is no address to be called', async () => {
  const visits = await connectionsDuring(async (destination) => {
    const scene: SoapScene = await makeSoapScene((asked) => answerOf(scene.orders, asked, { destination }))
    expect((await scene.logOut()).text).toContain('asked by SOAP')
  })
  expect(visits).toBe(0)
})

test.each(['http://orders.test/x', 'urn:nobody'])(
  'a Destination that is not ours is refused: %s',
  async (destination) => {
    const scene = await makeSoapScene()
    const response = await scene.idp.fetch(call(await signedCall(scene, { destination })))
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('SAML_DESTINATION')])
    expect(await whoIsSignedIn(scene.browser)).toBe('alice')
  },
)

async function secureServer(names: readonly string[], notAfter: number): Promise<(hostname: string) => string> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const given = { commonName: 'sp', notBefore: noon - 1e12, notAfter, publicKey, privateKey, use: names }
  const cert = (await makeCertificate(given)).toString()
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' })
  const listener = await listen({ host: '127.0.0.1', port: 0, tls: { cert, key }, closeGraceMs: 0 })
  onTestFinished(() => listener.close())
  listener.mount(() => {
    throw new Error('nobody who does not trust the certificate gets here')
  })
  return (hostname) => `${listener.origin(hostname)}/slo`
}

test('a participant whose certificate nobody vouches for is not believed to be there', async () => {
  const url = await secureServer(['localhost'], noon)
  expect(await calledAt(url('localhost'))).toMatch(
    /Partial logout: 1 of 1 .* orders did not answer: POST URL: self-signed certificate/,
  )
})

/** A server that does with a connection whatever is given. */
async function rawServer(use: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(use).listen(0, '127.0.0.1')
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('the listener has no port')
  return `127.0.0.1:${address.port}/slo`
}

test.each<[string, string, (request: Buffer) => string, RegExp]>([
  ['speaks no TLS', 'https', () => 'HTTP/1.1 200 OK\r\n\r\n', /wrong version number|packet length too long/],
  ['speaks no HTTP', 'http', () => 'SSH-2.0-OpenSSH\r\n', /Parse Error/],
  ['hangs up', 'http', () => '', /socket hang up/],
  ['hangs up within its answer', 'http', () => 'HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n<', /aborted/],
  ['sends headers without end', 'http', () => `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(200_000)}`, /Header overflow/],
])('a participant that %s has not answered, and the page says so', async (_case, scheme, respond, says) => {
  const place = await rawServer((socket) => {
    socket.on('error', () => undefined).once('data', (request) => socket.end(respond(request)))
  })
  const text = await calledAt(`${scheme}://${place}`)
  expect(text).toMatch(/Partial logout: 1 of 1 .* orders did not answer: POST URL: /)
  expect(text).toMatch(says)
})
