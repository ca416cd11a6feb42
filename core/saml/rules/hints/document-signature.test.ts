import { expect, test } from 'vitest'
import { idp, idpKeys, stranger, strangerKeys } from '../../credentials.test-support.ts'
import { readMessage } from '../../schema/message.ts'
import { signEnveloped } from '../../signature/enveloped-signature.ts'
import {
  assertingResponse,
  signedRequest,
  signedResponse,
  unsignedRequest,
} from '../../signature/signed-documents.test-support.ts'
import { trustCertificate } from '../../signature/trusted-key.ts'
import { childOf } from '../../xml/element.ts'
import { hintForDocumentSignature } from './document-signature.ts'

const hintFor = (document: string, keys = idpKeys) => {
  const root = readMessage(document)
  return hintForDocumentSignature({ document, root, element: root, keys })
}
const broken = (document: string, from: string | RegExp, to: string) => {
  const changed = document.replace(from, to)
  expect(changed).not.toBe(document)
  return changed
}

test('white space that was put between elements is taken out', () => {
  expect(hintFor(broken(signedRequest, /></g, '>\n  <'))).toBe(
    'it verifies without the white space between its elements: it was printed with line breaks and indents after it was signed',
  )
})

test('line ends that became LF are made CR LF again', async () => {
  const document = await signEnveloped(broken(unsignedRequest, /></g, '>&#xD;\n<'), '_1', idp)
  expect(hintFor(broken(document, /&#xD;\n/g, '\n'))).toBe(
    'it verifies with CR LF for its line ends: they were made LF after it was signed, as XML parsers do',
  )
})

test('a document that was encoded twice is decoded once more', async () => {
  const document = await signEnveloped(broken(unsignedRequest, 'alice', 'ali\u00E7e'), '_1', idp)
  expect(hintFor(Buffer.from(document).toString('latin1'))).toBe(
    'it verifies when its octets are read as UTF-8 once more: it was taken for Latin-1 and encoded again',
  )
})

test('prefixes that were renamed are renamed back', () => {
  expect(hintFor(broken(signedRequest, /(<\/?|xmlns:)saml2(?=[:=])/g, '$1saml'))).toBe(
    'it verifies with the prefix saml2 for saml: prefixes are signed, and were renamed after that',
  )
})

test('a known key that is not trusted is named', () => {
  const root = readMessage(signedRequest)
  const otherKeys = [{ label: 'the next key of https://idp.test/', ...trustCertificate(idp.certificate) }]
  expect(
    hintForDocumentSignature({ document: signedRequest, root, element: root, keys: strangerKeys, otherKeys }),
  ).toBe('it verifies with the next key of https://idp.test/: that is none of the keys that are trusted here')
})

test('the certificate that nobody trusts is named when it is the right one', async () => {
  const document = await signEnveloped(unsignedRequest, '_1', stranger)
  const begin = stranger.certificate.fingerprint256.slice(0, 23)
  expect(hintFor(document)).toBe(
    `it verifies with the certificate that it brings itself, CN=stranger.test, whose SHA-256 begins with ${begin}: that is none of those that are trusted here`,
  )
})

test('of a document that was changed it is told which digest is broken', () => {
  expect(hintFor(broken(signedRequest, 'alice', 'mallory'))).toBe(
    'a trusted key made the signature, and the digest of its Reference is of something else: LogoutRequest _1 was changed after it was signed',
  )
})

test('a Reference to something else is told', () => {
  expect(hintFor(broken(signedRequest, 'URI="#_1"', 'URI="#_2"'))).toBe(
    'its Reference is to [#_2], which is nothing in this document, where the LogoutRequest has the ID _1',
  )
  expect(hintFor(broken(signedResponse, 'URI="#_1"', 'URI="#_a"'))).toBe(
    'its Reference is to [#_a], which is the Assertion, where the Response has the ID _1',
  )
})

test('what else is signed is told of what is not', () => {
  expect(hintFor(assertingResponse)).toBe('the Assertion _a is signed, and here the Response is to be')
  const root = readMessage(signedResponse)
  const element = childOf(root, 'saml:Assertion') ?? root
  expect(hintForDocumentSignature({ document: signedResponse, root, element, keys: idpKeys })).toBe(
    'the Response _1 is signed, and here the Assertion is to be',
  )
})

test('nothing is said of a signature that no key verifies', () => {
  expect(hintFor(broken(signedRequest, /<ds:SignatureValue>.{8}/, '<ds:SignatureValue>AAAAAAAA'))).toBeUndefined()
})

test('nothing is said of a document that is not signed, or that verifies', () => {
  expect(hintFor(unsignedRequest)).toBeUndefined()
  expect(hintFor(signedRequest)).toBeUndefined()
})
