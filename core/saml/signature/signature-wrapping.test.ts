import { expect, test } from 'vitest'
import { idp } from '../credentials.test-support.ts'
import { assertion } from '../messages/messages.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { signEnveloped } from './enveloped-signature.ts'
import {
  assertingResponse,
  receiveAssertions,
  receiveRequest,
  receiveResponse,
  signatureOf,
  signedRequest,
  signedResponse,
  unsigned,
  unsignedRequest,
} from './signed-documents.test-support.ts'

// What is wrapped into an element of no schema may stand where a schema admits anything of another namespace.
const hidden = (content: string) => `<x xmlns="urn:x">${content}</x>`
const extensions = (content: string) =>
  `<saml2p:Extensions xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol">${content}</saml2p:Extensions>`
const withObject = (signature: string, content: string) =>
  signature.replace('</ds:Signature>', `<ds:Object>${content}</ds:Object></ds:Signature>`)

const profile = (message: string) => refusal('SAML_SIGNATURE_PROFILE', message)
const holdsObject = profile('the signature holds an Object')
const twice = (id: string) => refusal('SAML_XML', `the identifier [${id}] occurs twice`)

const requestSignature = signatureOf(signedRequest)
const evilRequest = ({ id = '_evil', behindIssuer = '' }) =>
  unsignedRequest
    .replace('ID="_1"', `ID="${id}"`)
    .replace('alice@', 'victim@')
    .replace('</saml2:Issuer>', `$&${behindIssuer}`)

test.each([
  [
    'bare inside an Object of the signature',
    { behindIssuer: withObject(requestSignature, unsignedRequest) },
    holdsObject,
  ],
  [
    'bare in Extensions next to the moved signature',
    { behindIssuer: requestSignature + extensions(hidden(unsignedRequest)) },
    profile('the Reference is to [#_1], expected [#_evil]'),
  ],
  [
    'whole in Extensions',
    { behindIssuer: extensions(hidden(signedRequest)) },
    refusal('SAML_UNSIGNED', 'the LogoutRequest is not signed'),
  ],
  [
    'with the same ID in Extensions',
    { id: '_1', behindIssuer: requestSignature + extensions(hidden(unsignedRequest)) },
    twice('_1'),
  ],
  [
    'with the same ID in an Object',
    { id: '_1', behindIssuer: withObject(requestSignature, unsignedRequest) },
    twice('_1'),
  ],
])('a LogoutRequest that wraps a signed one is refused: %s', (_case, evil, expected) => {
  expect(() => receiveRequest(evilRequest(evil))).toThrow(expected)
})

const signedAssertion = /<saml2:Assertion .*<\/saml2:Assertion>/s.exec(assertingResponse)?.[0] ?? ''
const assertionSignature = signatureOf(assertingResponse)
const bareAssertion = unsigned(signedAssertion)
const evilAssertion = ({ id = '_evil', behindIssuer = '' } = {}) =>
  bareAssertion
    .replace('ID="_a"', `ID="${id}"`)
    .replace(/(<saml2:NameID[^>]*>)[^<]*/, '$1victim')
    .replace('</saml2:Issuer>', `$&${behindIssuer}`)
const responseWith = (...assertions: string[]) => assertingResponse.replace(signedAssertion, assertions.join(''))

test('a LogoutRequest with a captured signed Assertion in it is refused', () => {
  const captured = evilRequest({ behindIssuer: extensions(hidden(signedAssertion)) })
  expect(() => receiveRequest(captured)).toThrow(refusal('SAML_UNSIGNED', 'the LogoutRequest is not signed'))
})

test('a LogoutRequest with the signature of a captured Assertion is refused', () => {
  const captured = evilRequest({ behindIssuer: assertionSignature + extensions(hidden(bareAssertion)) })
  expect(() => receiveRequest(captured)).toThrow(profile('the Reference is to [#_a], expected [#_evil]'))
})

const responseSignature = signatureOf(signedResponse)
const evilResponse = (behindIssuer: string, tail = '') =>
  unsigned(signedResponse)
    .replace('ID="_1"', 'ID="_evil"')
    .replace('ID="_a"', 'ID="_evilAssertion"')
    .replace('</saml2:Issuer>', `$&${behindIssuer}`)
    .replace('</saml2p:Response>', `${tail}$&`)
const bareResponse = unsigned(signedResponse)

test.each([
  ['XSW1, original inside the signature', evilResponse(withObject(responseSignature, bareResponse)), holdsObject],
  [
    'XSW1, original in Extensions',
    evilResponse(responseSignature + extensions(hidden(bareResponse))),
    profile('the Reference is to [#_1], expected [#_evil]'),
  ],
  [
    'XSW2, original beside the signature',
    evilResponse(bareResponse + responseSignature),
    expect.objectContaining({
      code: 'SAML_SCHEMA',
      message: expect.stringContaining('samlp:Response holds [saml:Issuer samlp:Response ds:Signature'),
    }),
  ],
])('a Response that wraps a signed one is refused: %s', (_case, document, expected) => {
  expect(() => receiveResponse(document)).toThrow(expected)
})

const advice = (content: string) => `<saml2:Advice>${content}</saml2:Advice><saml2:AuthnStatement`
const advised = (evil: string, content: string) => evil.replace('<saml2:AuthnStatement', advice(content))
const evilUnsigned = refusal('SAML_UNSIGNED', 'the Assertion is not signed')
const otherReference = profile('the Reference is to [#_a], expected [#_evil]')
const carrier = evilAssertion({ behindIssuer: assertionSignature })

test.each([
  ['XSW3, evil before the signed one', responseWith(evilAssertion(), signedAssertion), evilUnsigned],
  ['XSW3, evil behind the signed one', responseWith(signedAssertion, evilAssertion()), evilUnsigned],
  ['XSW4, the signed one in the evil one', responseWith(advised(evilAssertion(), signedAssertion)), evilUnsigned],
  ['XSW4, with the signature moved out', responseWith(advised(carrier, bareAssertion)), otherReference],
  ['XSW5, evil carries the signature', responseWith(carrier, bareAssertion), otherReference],
  [
    'XSW5, the same ID',
    responseWith(evilAssertion({ id: '_a', behindIssuer: assertionSignature }), bareAssertion),
    twice('_a'),
  ],
  [
    'XSW6, the original in the signature',
    responseWith(evilAssertion({ behindIssuer: withObject(assertionSignature, bareAssertion) })),
    holdsObject,
  ],
  [
    'XSW7, only the evil one in its place',
    responseWith(evilAssertion()).replace('</saml2:Issuer>', `$&${extensions(hidden(signedAssertion))}`),
    evilUnsigned,
  ],
  [
    'XSW8, the original wrapped in the signature',
    responseWith(evilAssertion({ behindIssuer: withObject(assertionSignature, hidden(bareAssertion)) })),
    holdsObject,
  ],
])('an Assertion that wraps a signed one is refused: %s', (_case, document, expected) => {
  expect(() => receiveAssertions(document)).toThrow(expected)
})

test('XSW7: an evil Assertion in Extensions is never seen, the signed one is', () => {
  const document = assertingResponse.replace('</saml2:Issuer>', `$&${extensions(hidden(evilAssertion()))}`)
  expect(receiveAssertions(document)).toEqual([assertion])
})

test('a signed Assertion in the Advice of the signed one is covered by it and believed by nobody', async () => {
  const document = await signEnveloped(
    advised(unsigned(assertingResponse), evilAssertion({ behindIssuer: assertionSignature })),
    '_a',
    idp,
  )
  expect(document).toContain('ID="_evil"')
  expect(receiveAssertions(document)).toEqual([assertion])
})

test('a signature that was copied elsewhere is refused', () => {
  const copy = withObject(requestSignature, '<NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion">victim</NameID>')
  const document = signedRequest.replace('</ds:Signature>', `$&${extensions(hidden(copy))}`)
  expect(() => receiveRequest(document)).toThrow(profile('1 signatures stand where no signature may stand'))
})

test('a second signature beside the first is refused', () => {
  const document = signedRequest.replace('</ds:Signature>', `$&${requestSignature}`)
  expect(() => receiveRequest(document)).toThrow(
    expect.objectContaining({
      code: 'SAML_SCHEMA',
      message: expect.stringContaining('holds [saml:Issuer ds:Signature ds:Signature'),
    }),
  )
})
