import { expect, test } from 'vitest'
import { connectionsDuring } from '../canary.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { lenientPolicy } from './policy.ts'
import { receiveRequest, signedRequest } from './signed-documents.test-support.ts'

const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
const exclusive = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'
const profile = (message: string) => refusal('SAML_SIGNATURE_PROFILE', message)
const schema = (message: string) =>
  expect.objectContaining({ code: 'SAML_SCHEMA', message: expect.stringContaining(message) })
const changed = (part: string | RegExp, replacement: string) => {
  const document = signedRequest.replace(part, replacement)
  if (document === signedRequest) throw new TypeError(`nothing to change at ${part}`)
  return document
}

test.each([
  ['the whole document', 'URI=""', ''],
  ['another element', 'URI="#_2"', '#_2'],
  ['an XPointer to the root', 'URI="#xpointer(/)"', '#xpointer(/)'],
  ['an XPointer to the ID', `URI="#xpointer(id('_1'))"`, "#xpointer(id('_1'))"],
  ['a file', 'URI="file:///etc/passwd"', 'file:///etc/passwd'],
  ['another document', 'URI="http://127.0.0.1:1/#_1"', 'http://127.0.0.1:1/#_1'],
  ['nothing', '', 'nothing'],
])('a Reference to %s is refused', (_case, written, shown) => {
  expect(() => receiveRequest(changed('URI="#_1"', written))).toThrow(
    profile(`the Reference is to [${shown}], expected [#_1]`),
  )
})

const reference = /<ds:Reference .*<\/ds:Reference>/s.exec(signedRequest)?.[0] ?? ''

test('two References are refused', () => {
  expect(() => receiveRequest(changed(reference, reference + reference))).toThrow(
    profile('the signature has 2 References, expected 1'),
  )
})

test.each([
  ['no Reference', reference, '', 'ds:SignedInfo holds [ds:CanonicalizationMethod ds:SignatureMethod]'],
  [
    'a second SignedInfo',
    /<ds:SignedInfo>.*<\/ds:SignedInfo>/s,
    '$&$&',
    'ds:Signature holds [ds:SignedInfo ds:SignedInfo',
  ],
  [
    'a second SignatureValue',
    /<ds:SignatureValue>.*<\/ds:SignatureValue>/s,
    '$&$&',
    'ds:Signature holds [ds:SignedInfo ds:SignatureValue ds:SignatureValue',
  ],
  [
    'a second DigestValue',
    /<ds:DigestValue>.*<\/ds:DigestValue>/s,
    '$&$&',
    'ds:Reference holds [ds:Transforms ds:DigestMethod ds:DigestValue ds:DigestValue]',
  ],
  ['an element in DigestValue', '<ds:DigestValue>', '$&<x/>', 'ds:DigestValue holds [{}x]'],
  ['an element in SignatureValue', '<ds:SignatureValue>', '$&<x/>', 'ds:SignatureValue holds [{}x]'],
  [
    'a stray method before SignedInfo',
    '<ds:SignedInfo>',
    '<ds:CanonicalizationMethod Algorithm="urn:x"/>$&',
    'ds:Signature holds [ds:CanonicalizationMethod ds:SignedInfo',
  ],
  ['a SignedInfo of another namespace', /<(\/?)ds:SignedInfo>/g, '<$1SignedInfo>', 'ds:Signature holds [{}SignedInfo'],
])('a signature with %s is refused', (_case, part, replacement, message) => {
  expect(() => receiveRequest(changed(part, replacement))).toThrow(schema(message))
})

test.each([
  ['a comment', '<!-- 47DE -->', 'the signature has a comment in it'],
  ['a CDATA section', '<![CDATA[47DE]]>', 'the signature has a CDATA section in it'],
  ['a processing instruction', '<?x 47DE?>', 'the document has a processing instruction [x]'],
])('%s in DigestValue is refused', (_case, content, message) => {
  expect(() => receiveRequest(changed('<ds:DigestValue>', `$&${content}`))).toThrow(refusal('SAML_XML', message))
})

test('an Object is refused', () => {
  const document = changed('</ds:Signature>', '<ds:Object><x/></ds:Object>$&')
  expect(() => receiveRequest(document)).toThrow(profile('the signature holds an Object'))
})

const asSamlAllows = 'the Transforms are not enveloped-signature followed by exclusive canonicalisation'
const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"/>`

test.each([
  ['none but the first', enveloped],
  ['none but the second', exclusive],
  ['in the wrong order', exclusive + enveloped],
  ['the same twice', enveloped + enveloped],
  ['fifty', enveloped + exclusive.repeat(49)],
  ['XSLT', enveloped + exclusive + transform('http://www.w3.org/TR/1999/REC-xslt-19991116')],
  ['XPath', transform('http://www.w3.org/TR/1999/REC-xpath-19991116') + exclusive],
  ['XPath Filter 2', transform('http://www.w3.org/2002/06/xmldsig-filter2') + exclusive],
  ['base64', enveloped + transform('http://www.w3.org/2000/09/xmldsig#base64')],
  ['inclusive canonicalisation', enveloped + transform('http://www.w3.org/TR/2001/REC-xml-c14n-20010315')],
])('other transforms than SAML allows are refused: %s', (_case, transforms) => {
  expect(() => receiveRequest(changed(/(?<=<ds:Transforms>).*(?=<\/ds:Transforms>)/s, transforms))).toThrow(
    profile(asSamlAllows),
  )
})

test('no transform at all is refused', () => {
  expect(() => receiveRequest(changed(/<ds:Transforms>.*<\/ds:Transforms>/s, ''))).toThrow(profile(asSamlAllows))
})

test.each(['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2006/12/xml-c14n11/', 'urn:x'])(
  'SignedInfo is not canonicalised by %s',
  (algorithm) => {
    expect(() => receiveRequest(changed(/(?<=<ds:CanonicalizationMethod Algorithm=")[^"]*/, algorithm))).toThrow(
      profile(`the canonicalisation [${algorithm}] is not supported`),
    )
  },
)

test('a changed canonicalisation of SignedInfo is a changed SignedInfo', () => {
  const algorithm = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
  expect(() => receiveRequest(changed(/(?<=<ds:CanonicalizationMethod Algorithm=")[^"]*/, algorithm))).toThrow(
    refusal('SAML_SIGNATURE', 'the signature of LogoutRequest _1 does not verify with any of 1 trusted keys'),
  )
})

test.each([
  ['signature', 'HMAC', /(?<=<ds:SignatureMethod Algorithm=")[^"]*/, 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'],
  ['signature', 'DSA', /(?<=<ds:SignatureMethod Algorithm=")[^"]*/, 'http://www.w3.org/2000/09/xmldsig#dsa-sha1'],
  [
    'signature',
    'PSS',
    /(?<=<ds:SignatureMethod Algorithm=")[^"]*/,
    'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  ],
  ['digest', 'MD5', /(?<=<ds:DigestMethod Algorithm=")[^"]*/, 'http://www.w3.org/2001/04/xmldsig-more#md5'],
])('the %s algorithm %s is refused under every policy', (kind, _name, part, algorithm) => {
  expect(() => receiveRequest(changed(part, algorithm), lenientPolicy)).toThrow(
    refusal('SAML_ALGORITHM', `the ${kind} algorithm [${algorithm}] is not supported`),
  )
})

const withPrefixes = (count: number, method: string) => {
  const list = `<InclusiveNamespaces xmlns="${exclusiveC14n}" PrefixList="${'ds '.repeat(count)}"/>`
  return changed(
    `<${method} Algorithm="${exclusiveC14n}"/>`,
    `<${method} Algorithm="${exclusiveC14n}">${list}</${method}>`,
  )
}

test.each(['ds:CanonicalizationMethod', 'ds:Transform'])('%s lists no more than 64 prefixes', (method) => {
  expect(() => receiveRequest(withPrefixes(64, method))).toThrow(
    refusal('SAML_SIGNATURE', 'the signature of LogoutRequest _1 does not verify with any of 1 trusted keys'),
  )
  for (const count of [65, 80_000]) {
    expect(() => receiveRequest(withPrefixes(count, method))).toThrow(
      profile(`a PrefixList has ${count} prefixes, expected no more than 64`),
    )
  }
})

test('the digest of nothing is refused', () => {
  const ofNothing = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
  expect(() => receiveRequest(changed(/(?<=<ds:DigestValue>)[^<]*/, ofNothing))).toThrow(
    refusal('SAML_SIGNATURE', 'the signature of LogoutRequest _1 does not verify with any of 1 trusted keys'),
  )
})

test('a relative namespace name, for which canonicalisation is undefined, is refused', () => {
  expect(() => receiveRequest(changed('ID="_1"', 'xmlns:x="1" ID="_1"'))).toThrow(
    refusal('SAML_XML', 'the namespace name [1] is not an absolute URI'),
  )
})

test('nothing that a signature names is ever fetched', async () => {
  const connections = await connectionsDuring((url) => {
    const retrieval = `<ds:KeyInfo><ds:RetrievalMethod URI="${url}"/></ds:KeyInfo>`
    expect(receiveRequest(changed(/<ds:KeyInfo>.*<\/ds:KeyInfo>/s, retrieval)).id).toBe('_1')
    expect(() => receiveRequest(changed('URI="#_1"', `URI="${url}"`))).toThrow(
      profile(`the Reference is to [${url}], expected [#_1]`),
    )
  })
  expect(connections).toBe(0)
})
