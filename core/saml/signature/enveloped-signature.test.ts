import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idp, idpKeys, stranger, strangerKeys, trustKey } from '../credentials.test-support.ts'
import { SamlError } from '../errors.ts'
import { parseLogoutRequest, writeLogoutRequest } from '../messages/logout-request.ts'
import { assertion } from '../messages/messages.test-support.ts'
import { NAMESPACE } from '../names.ts'
import { judgeSchema, judgeXmlSignature, signWithXmlsec } from '../oracles.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { readMessage } from '../schema/message.ts'
import { signEnveloped, verifyEnveloped } from './enveloped-signature.ts'
import { lenientPolicy, strictPolicy } from './policy.ts'
import {
  assertingResponse,
  receiveAssertions,
  receiveRequest,
  receiveResponse,
  request,
  signatureOf,
  signedRequest,
  signedResponse,
  unsignedRequest,
} from './signed-documents.test-support.ts'

const logoutRequest = `${NAMESPACE.protocol}:LogoutRequest`
const notVerified = refusal(
  'SAML_SIGNATURE',
  'the signature of LogoutRequest _1 does not verify with any of 1 trusted keys',
)

test('what is signed here is verified here, and read as it was written', () => {
  expect(receiveRequest(signedRequest)).toMatchObject(request)
  expect(receiveAssertions(assertingResponse)).toEqual([assertion])
  expect(receiveResponse(signedResponse)).toEqual([assertion])
})

test('an Assertion may be signed inside a Response that is signed too', async () => {
  const both = await signEnveloped(assertingResponse, '_1', idp)
  expect(receiveAssertions(both)).toEqual([assertion])
  expect(receiveResponse(both)).toEqual([assertion])
})

test('C012, C013 xmlsec1 verifies what is signed here', async () => {
  const pem = idp.certificatePem
  expect(await judgeXmlSignature(signedRequest, pem, logoutRequest)).toMatchObject({ accepted: true })
  expect(await judgeXmlSignature(signedResponse, pem, `${NAMESPACE.protocol}:Response`)).toMatchObject({
    accepted: true,
  })
  expect(await judgeXmlSignature(assertingResponse, pem, `${NAMESPACE.assertion}:Assertion`)).toMatchObject({
    accepted: true,
  })
  expect(await judgeXmlSignature(signedRequest.replace('alice', 'mallory'), pem, logoutRequest)).toMatchObject({
    accepted: false,
  })
})

test('what is signed here is valid under the schema of OASIS', async () => {
  expect(await judgeSchema(signedRequest, 'protocol')).toMatchObject({ accepted: true })
  expect(await judgeSchema(assertingResponse, 'protocol')).toMatchObject({ accepted: true })
})

test('C013 the certificate travels in KeyInfo', () => {
  expect(signatureOf(signedRequest)).toContain(
    `<ds:X509Data><ds:X509Certificate>${idp.certificate.raw.toString('base64')}</ds:X509Certificate></ds:X509Data>`,
  )
})

test('what is believed is without its signature', () => {
  const root = readMessage(signedRequest)
  const covered = verifyEnveloped({ document: signedRequest, root, element: root }, idpKeys, strictPolicy)
  expect(covered.children.map(({ key }) => key)).toEqual(['saml:Issuer', 'saml:NameID', 'samlp:SessionIndex'])
})

test('any text is signed so that it verifies', async () => {
  const names = fc.sample(fc.string({ unit: 'grapheme' }), { numRuns: 20, seed: 7 })
  for (const value of ['\r', 'a\r\nb', '\t', '&<>"\'', '\u0085\u2028', ...names]) {
    const signed = await signEnveloped(
      writeLogoutRequest({ ...request, nameId: { value, spNameQualifier: value } }),
      '_1',
      idp,
    )
    expect(receiveRequest(signed).nameId).toMatchObject({ value, spNameQualifier: value })
  }
})

test('C084 any one of several trusted keys may have signed', () => {
  const root = readMessage(signedRequest)
  const covered = verifyEnveloped(
    { document: signedRequest, root, element: root },
    [...strangerKeys, ...idpKeys],
    strictPolicy,
  )
  expect(parseLogoutRequest(covered)).toMatchObject(request)
})

test('T04 a signature by another key is refused, although its certificate is in KeyInfo', async () => {
  const foreign = await signEnveloped(unsignedRequest, '_1', stranger)
  expect(signatureOf(foreign)).toContain(stranger.certificate.raw.toString('base64'))
  expect(() => receiveRequest(foreign)).toThrow(notVerified)
})

test('a message without a signature is refused', () => {
  expect(() => receiveRequest(unsignedRequest)).toThrow(refusal('SAML_UNSIGNED', 'the LogoutRequest is not signed'))
})

test('what xmldom would have to repair is refused', async () => {
  const twoIndexes = writeLogoutRequest({ ...request, sessionIndexes: ['_s1', '_s2'] })
  const signed = await signEnveloped(twoIndexes, '_1', idp)
  const misread = signed.replace('_s2</saml2p:SessionIndex>', '_s2</saml2p:SessionIndex\n>')
  expect(() => receiveRequest(misread)).toThrow(
    expect.objectContaining({
      code: 'SAML_XML',
      message: 'two parsers read the document differently',
      facts: { complaints: [expect.stringContaining('unclosed xml attribute')] },
    }),
  )
})

test('any change of one byte is refused or changes nothing', () => {
  const octets = Buffer.from(signedRequest)
  const place = fc.nat({ max: octets.length - 1 })
  const changes = fc.property(place, fc.integer({ min: 0x20, max: 0x7e }), (index, octet) => {
    const changed = Buffer.from(octets)
    changed[index] = octet
    const outcome = attempt(() => receiveRequest(changed.toString()))
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(SamlError)
    else expect(outcome).toMatchObject(request)
  })
  fc.assert(changes, { numRuns: 500 })
})

function attempt<T>(action: () => T): T | Error {
  try {
    return action()
  } catch (error) {
    return error as Error
  }
}

interface Template {
  readonly signature?: string
  readonly digest?: string
  readonly canonicalization?: string
  readonly uri?: string
  readonly inside?: string
}

const rsa = (digest: string) => `http://www.w3.org/2001/04/xmldsig-more#rsa-${digest}`
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'

function template({
  signature = rsa('sha256'),
  digest = sha256,
  canonicalization = exclusive,
  uri = '#_1',
  inside = '',
}: Template) {
  const method = (name: string, algorithm: string, content = '') =>
    `<${name} Algorithm="${algorithm}">${content}</${name}>`
  const transforms = `<Transforms>${method('Transform', 'http://www.w3.org/2000/09/xmldsig#enveloped-signature')}${method('Transform', canonicalization, inside)}</Transforms>`
  const reference = `<Reference URI="${uri}">${transforms}${method('DigestMethod', digest)}<DigestValue/></Reference>`
  const signedInfo = `<SignedInfo>${method('CanonicalizationMethod', canonicalization)}${method('SignatureMethod', signature)}${reference}</SignedInfo>`
  const empty = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#">\n${signedInfo}\n<SignatureValue/></Signature>`
  return unsignedRequest.replace('</saml2:Issuer>', `$&${empty}`)
}

const inclusiveNamespaces = `<InclusiveNamespaces xmlns="${exclusive}" PrefixList="saml2p xs"/>`

test.each<[string, Template]>([
  ['RSA with SHA-256', {}],
  ['RSA with SHA-384', { signature: rsa('sha384'), digest: 'http://www.w3.org/2001/04/xmldsig-more#sha384' }],
  ['RSA with SHA-512', { signature: rsa('sha512'), digest: 'http://www.w3.org/2001/04/xmlenc#sha512' }],
  ['canonicalisation with comments', { canonicalization: `${exclusive}WithComments` }],
  ['a list of inclusive namespaces', { inside: inclusiveNamespaces }],
])('what xmlsec1 signs is verified: %s', async (_case, differs) => {
  const signed = await signWithXmlsec(template(differs), idp.privateKeyPem, logoutRequest)
  expect(receiveRequest(signed)).toMatchObject(request)
})

test.each([
  ['P-256', 'sha256'],
  ['P-384', 'sha384'],
])('what xmlsec1 signs with ECDSA is verified: %s', async (namedCurve, digest) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const signature = `http://www.w3.org/2001/04/xmldsig-more#ecdsa-${digest}`
  const document = await signWithXmlsec(template({ signature }), pem, logoutRequest)
  const root = readMessage(document)
  expect(verifyEnveloped({ document, root, element: root }, [trustKey(publicKey)], strictPolicy).key).toBe(
    'samlp:LogoutRequest',
  )
})

test.each<[string, Template, string]>([
  [
    'signature',
    { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' },
    'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  ],
  ['digest', { digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }, 'http://www.w3.org/2000/09/xmldsig#sha1'],
])('SHA-1 as %s is too weak for the strict policy and good enough for the lenient one', async (kind, differs, uri) => {
  const signed = await signWithXmlsec(template(differs), idp.privateKeyPem, logoutRequest)
  expect(receiveRequest(signed, lenientPolicy)).toMatchObject(request)
  expect(() => receiveRequest(signed)).toThrow(
    refusal('SAML_ALGORITHM', `the ${kind} algorithm [${uri}] is too weak to be believed`),
  )
})

test('a reference to the whole document stands for the root under the lenient policy only', async () => {
  const signed = await signWithXmlsec(template({ uri: '' }), idp.privateKeyPem, logoutRequest)
  expect(receiveRequest(signed, lenientPolicy)).toMatchObject(request)
  expect(() => receiveRequest(signed)).toThrow(
    refusal('SAML_SIGNATURE_PROFILE', 'the Reference is to [], expected [#_1]'),
  )
})
