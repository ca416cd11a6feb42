import { expect, test } from 'vitest'
import { generateCredential } from '../credentials.ts'
import { writeLogoutRequest } from '../messages/logout-request.ts'
import { judgeXmlSignature } from '../oracles.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { readMessage } from '../schema/message.ts'
import { signEnveloped, verifyEnveloped } from '../signature/enveloped-signature.ts'
import { strictPolicy } from '../signature/policy.ts'
import { trustCertificate } from '../signature/trusted-key.ts'
import { readSoap, writeSoap, writeSoapFault } from './soap.ts'

const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const credential = await generateCredential('sp', 0)
const fields = { id: '_1', issueInstant: 0, issuer: 'urn:sp', nameId: { value: 'a\rb' }, sessionIndexes: ['_s'] }
const signed = await signEnveloped(writeLogoutRequest(fields), '_1', credential)
const key = trustCertificate(credential.certificate)

function verify(document: string) {
  const root = readMessage(document)
  return verifyEnveloped({ document, root, element: root }, [key], strictPolicy)
}

test('a message that was signed verifies in its envelope and out of it again', async () => {
  const envelope = writeSoap(signed)
  const name = 'urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest'
  expect(await judgeXmlSignature(envelope, credential.certificatePem, name)).toMatchObject({ accepted: true })
  expect(verify(readSoap(Buffer.from(envelope)).toString()).key).toBe('samlp:LogoutRequest')
})

test('a message whose namespaces the envelope declares is the same by itself', () => {
  const names = /( xmlns:saml2p="[^"]*")/.exec(signed)?.[1] ?? ''
  const envelope = writeSoap(signed.replace(names, '')).replace('<soap:Envelope', `<soap:Envelope${names}`)
  expect(verify(readSoap(Buffer.from(envelope)).toString()).key).toBe('samlp:LogoutRequest')
})

const wrap = (body: string, header = '', namespace = soap) =>
  `<s:Envelope xmlns:s="${namespace}">${header}<s:Body>${body}</s:Body></s:Envelope>`

test('header blocks that need not be understood are passed over', () => {
  const header = '<s:Header><a xmlns="urn:a" s:mustUnderstand="0"/></s:Header>'
  expect(readSoap(Buffer.from(wrap('<x/>', header))).toString()).toContain('<x')
})

test('a Body in a header block is not the Body', () => {
  const header = '<s:Header><a xmlns="urn:a"><s:Body><evil/></s:Body></a></s:Header>'
  const document = readSoap(Buffer.from(wrap('<x/>', header))).toString()
  expect(document).toMatch(/^<x[ /]/)
})

test.each<[string, string, string]>([
  ['a message without envelope', '<x/>', 'the root element is {}x'],
  [
    'an envelope of SOAP 1.2',
    wrap('<x/>', '', 'http://www.w3.org/2003/05/soap-envelope'),
    'the root element is {http://www.w3.org/2003/05/soap-envelope}Envelope',
  ],
  ['an empty Body', wrap(''), 'the Body does not hold one message'],
  ['two messages', wrap('<x/><x/>'), 'the Body does not hold one message'],
  ['two Bodies', wrap('</s:Body><s:Body><x/>'), 'the Envelope holds [soap:Body soap:Body]'],
  [
    'a Header behind the Body',
    wrap('<x/></s:Body><s:Header/><s:Body>'),
    'the Envelope holds [soap:Body soap:Header soap:Body]',
  ],
  [
    'a block that must be understood',
    wrap('<x/>', '<s:Header><a xmlns="urn:a" s:mustUnderstand="1"/></s:Header>'),
    'the Header block {urn:a}a must be understood',
  ],
])('C080 %s is no SOAP message', (_case, envelope, says) => {
  expect(() => readSoap(Buffer.from(envelope))).toThrow(refusal('SAML_SOAP', `this is no SOAP message: ${says}`))
})

test('a DOCTYPE is refused before anything is read', () => {
  const document = `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${wrap('<x>&e;</x>')}`
  expect(() => readSoap(Buffer.from(document))).toThrow(
    refusal('SAML_XML', 'the document has a DOCTYPE, which no SAML message may have'),
  )
})

test('a fault is told as what it is', () => {
  const fault = Buffer.from(writeSoapFault('Client', 'no <such> session'))
  expect(() => readSoap(fault)).toThrow(refusal('SAML_SOAP', 'this is a SOAP fault: no <such> session'))
})
