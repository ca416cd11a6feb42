import { expect, test } from 'vitest'
import { writeSoap } from '#saml/bindings/soap'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { idpOrigin } from '../sp.test-support.ts'
import { whoIsSignedIn } from '../world.test-support.ts'
import { ids } from './logout-request.test-support.ts'
import { call, makeSoapScene, requestOf, type SoapScene, signedCall, soapUrl } from './soap-scene.test-support.ts'

const refused: [string, (scene: SoapScene) => Promise<Request>, number, string][] = [
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
  const scene = await makeSoapScene()
  const response = await scene.idp.fetch(await make(scene))
  const [, code, reason] =
    /<faultcode>(.*)<\/faultcode><faultstring>(.*)<\/faultstring>/.exec(await response.text()) ?? []
  expect([response.status, `${code} ${ids(reason ?? '')}`]).toEqual([status, expect.stringContaining(says)])
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})
