import { expect, test } from 'vitest'
import { writeSoap, writeSoapFault } from '#saml/bindings/soap'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { parseLogoutResponse, writeLogoutResponse } from '#saml/messages/logout-response'
import { STATUS } from '#saml/names'
import { cutOffRequest } from '#server/cut-off-request.test-support'
import { idpOrigin } from '../sp.test-support.ts'
import { makeWorld, refusedIn, whoIsSignedIn } from '../world.test-support.ts'
import { ids } from './logout-request.test-support.ts'
import {
  call,
  makeSoapScene,
  opened,
  requestOf,
  type SoapScene,
  signedCall,
  soapUrl,
} from './soap-scene.test-support.ts'

const soap12 = 'http://www.w3.org/2003/05/soap-envelope'
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const mustUnderstand = '<soap:Header><a xmlns="urn:a" soap:mustUnderstand="true"/></soap:Header>'

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
    'in an envelope of SOAP 1.2',
    async (scene) => call((await signedCall(scene)).replace('http://schemas.xmlsoap.org/soap/envelope/', soap12)),
    500,
    `soap:VersionMismatch SAML_SOAP: this is no SOAP message: the root element is {${soap12}}Envelope`,
  ],
  [
    'in an envelope of no namespace',
    async (scene) => call((await signedCall(scene)).replaceAll(/<(\/?)soap:/g, '<$1')),
    500,
    'soap:VersionMismatch SAML_SOAP: this is no SOAP message: the root element is {}Envelope',
  ],
  ['as a form', async (scene) => call(await signedCall(scene), form), 500, 'soap:Client SAML_SOAP: a call is text/xml'],
  ['of no type', async (scene) => call(await signedCall(scene), { 'content-type': '' }), 500, 'a call is text/xml'],
  ['of nothing', async () => call(''), 500, 'soap:Client SAML_XML: the document is not well-formed'],
  ['with an empty Body', async () => call(writeSoap('')), 500, 'the Body does not hold one message'],
  [
    'with two messages',
    async (scene) => call((await signedCall(scene)).replace('</soap:Body>', '<x/>$&')),
    500,
    'soap:Client SAML_SOAP: this is no SOAP message: the Body does not hold one message',
  ],
  [
    'with a header block that must be understood',
    async (scene) => call((await signedCall(scene)).replace('<soap:Body>', `${mustUnderstand}$&`)),
    500,
    'soap:MustUnderstand SAML_SOAP: this is no SOAP message: the Header block {urn:a}a must be understood',
  ],
  [
    'that is a fault',
    async () => call(writeSoapFault('Client', '<x>')),
    500,
    'soap:Client SAML_SOAP: this is a SOAP fault: &lt;x&gt;',
  ],
  [
    'that ends in the middle',
    async () => cutOffRequest(soapUrl, { 'content-type': 'text/xml' }),
    500,
    'soap:Client SAML_SOAP: the connection ended in the middle of the call',
  ],
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
    'without signature (T01)',
    async (scene) => call(writeSoap(writeLogoutRequest(requestOf(scene)))),
    403,
    'soap:Client SAML_UNSIGNED: the message _ID of https://orders.test is not signed (tolerate: [unsigned] would let it pass)',
  ],
  [
    'signed by a stranger, whose certificate it brings along (T04)',
    async (scene) => call(await signedCall(scene, {}, scene.stranger)),
    403,
    'soap:Client SAML_SIGNATURE: the signature of LogoutRequest _ID does not verify with any of 1 trusted keys',
  ],
  [
    'for the other address (T19)',
    async (scene) => call(await signedCall(scene, { destination: `${idpOrigin}/slo` })),
    403,
    `soap:Client SAML_DESTINATION: LogoutRequest _ID is for ${idpOrigin}/slo, this is ${soapUrl}`,
  ],
]

test.each(refused)(
  'C080 a call %s is refused with a fault, and the session lives',
  async (_case, make, status, says) => {
    const scene = await makeSoapScene()
    const response = await scene.idp.fetch(await make(scene))
    const [, code, reason] =
      /<faultcode>(.*)<\/faultcode><faultstring>(.*)<\/faultstring>/.exec(await response.text()) ?? []
    expect([response.status, `${code} ${ids(reason ?? '')}`]).toEqual([status, expect.stringContaining(says)])
    const [seen, ...more] = refusedIn(scene)
    const given = reason?.replace('&lt;', '<').replace('&gt;', '>')
    expect([`${seen?.refusal?.code}: ${seen?.refusal?.message}`, seen?.binding, more]).toEqual([given, 'soap', []])
    expect(await whoIsSignedIn(scene.browser)).toBe('alice')
  },
)

// saml-bindings-2.0 §3.2.3.1: nobody may depend on it.
test.each(['', '""', '"urn:other"', 'http://www.oasis-open.org/committees/security'])(
  'C080 the SOAPAction of a call decides nothing: [%s]',
  async (soapaction) => {
    const scene = await makeSoapScene()
    const response = await scene.idp.fetch(call(await signedCall(scene), { soapaction }))
    expect(parseLogoutResponse(opened(await response.text(), scene.key)).status.codes).toEqual([STATUS.success])
    expect(await whoIsSignedIn(scene.browser)).toBeUndefined()
  },
)

test.each(['GET', 'PUT'])('C080 the address for calls does not answer to %s', async (method) => {
  const { idp } = await makeWorld()
  const { status, headers } = await idp.fetch(new Request(soapUrl, { method }))
  expect([status, headers.get('allow')]).toEqual([405, 'POST'])
})
