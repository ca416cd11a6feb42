import { expect, test } from 'vitest'
import { refusal } from '../refusals.test-support.ts'
import { parseIdpMetadata, writeIdpMetadata } from './idp-metadata.ts'
import { idpMetadata, spMetadata } from './metadata.test-support.ts'
import { parseSpMetadata, writeSpMetadata } from './sp-metadata.ts'

const withoutDeclaration = (document: string) => document.replace(/^<\?xml[^>]*>/, '')
const idpOf = (entityId: string) => withoutDeclaration(writeIdpMetadata({ ...idpMetadata, entityId }))
const sp = withoutDeclaration(writeSpMetadata(spMetadata))
const group = (...members: string[]) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${members.join('')}</md:EntitiesDescriptor>`

test('the only entity with the role is found among others, however deep', () => {
  expect(parseIdpMetadata(group(sp, group(idpOf('https://one.test/')))).entityId).toBe('https://one.test/')
})

test('an entity is chosen by its entityID', () => {
  const document = group(idpOf('https://one.test/'), idpOf('https://two.test/'))
  expect(parseIdpMetadata(document, 'https://two.test/').entityId).toBe('https://two.test/')
})

test.each([
  [
    'several and no choice',
    group(idpOf('https://one.test/'), idpOf('https://two.test/')),
    undefined,
    'https://one.test/, https://two.test/',
    'exactly one IDPSSODescriptor',
  ],
  [
    'the same twice',
    group(idpOf('https://one.test/'), idpOf('https://one.test/')),
    'https://one.test/',
    'https://one.test/, https://one.test/',
    'the IDPSSODescriptor of [https://one.test/]',
  ],
  [
    'another one',
    idpOf('https://one.test/'),
    'https://two.test/',
    'https://one.test/',
    'the IDPSSODescriptor of [https://two.test/]',
  ],
  ['only another role', sp, undefined, '', 'exactly one IDPSSODescriptor'],
  [
    'one inside of Extensions',
    group(`<md:Extensions>${idpOf('https://one.test/')}</md:Extensions>`),
    undefined,
    '',
    'exactly one IDPSSODescriptor',
  ],
  [
    'one that speaks SAML 1',
    idpOf('https://one.test/').replace('SAML:2.0:protocol', 'SAML:1.1:protocol'),
    undefined,
    '',
    'exactly one IDPSSODescriptor',
  ],
])('metadata is refused with %s', (_case, document, entityId, known, wanted) => {
  expect(() => parseIdpMetadata(document, entityId)).toThrow(
    refusal('SAML_METADATA', `the metadata has IDPSSODescriptor for [${known}], expected ${wanted}`),
  )
})

test('another document is no metadata', () => {
  expect(() => parseSpMetadata('<html/>')).toThrow(
    refusal('SAML_METADATA', 'the document is a {}html, expected SAML metadata'),
  )
})

test('T51 metadata with a DOCTYPE is refused', () => {
  expect(() => parseSpMetadata(`<!DOCTYPE x>${sp}`)).toThrow(
    refusal('SAML_XML', 'the document has a DOCTYPE, which no SAML message may have'),
  )
})

test.each([
  ['equal identifiers (cases/toolkits 05)', ' ID="x"', '<x xmlns="urn:x" id="x"/><x xmlns="urn:x" Id="x"/>'],
  ['a relative namespace name (cases/toolkits 05)', '', '<x xmlns="foo"/>'],
  [
    'a comment in a signature that is not looked at',
    '',
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><!-- x --></ds:Signature>',
  ],
  ['a processing instruction', '', '<?xml-stylesheet href="x.xsl"?>'],
])('metadata may have %s: nothing validates it', (_case, attribute, extension) => {
  const extended = sp
    .replace('<md:SPSSODescriptor', `$&${attribute}`)
    .replace(/(<md:SPSSODescriptor[^>]*>)/, `$1<md:Extensions>${extension}</md:Extensions>`)
  expect(parseSpMetadata(extended).entityId).toBe('https://sp.test/')
})

test('octets of metadata are read in the encoding that they declare, of a text it does not count', () => {
  const document = `<?xml version="1.0" encoding="ISO-8859-1"?>${sp.replace('https://sp.test/"', 'https://sp.test/ü"')}`
  expect(parseSpMetadata(Buffer.from(document, 'latin1')).entityId).toBe('https://sp.test/ü')
  expect(parseSpMetadata(document).entityId).toBe('https://sp.test/ü')
})

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'https://user@evil.test/',
  'https://user:password@evil.test/',
  'https://sp.test/\\evil',
  'https://sp.test/ x',
  'https://sp.test/é',
  'https://sp.test/slo#fragment',
  '//sp.test/slo',
  '/slo',
  '',
])('T78, C062 an endpoint must be a plain http or https address: %s', (location) => {
  const other = sp.replaceAll('https://sp.test/slo', location)
  expect(() => parseSpMetadata(other)).toThrow(
    refusal('SAML_METADATA', `the endpoint [${location}] is not a plain http or https address`),
  )
})

test('T78 line breaks in an endpoint are refused', () => {
  expect(() => parseSpMetadata(sp.replace('https://sp.test/slo', 'https://sp.test/&#xD;&#xA;X: y'))).toThrow(
    refusal('SAML_METADATA', 'the endpoint [https://sp.test/\r\nX: y] is not a plain http or https address'),
  )
})

test('T78, C062 a ResponseLocation is held to the same rule', () => {
  const other = sp.replace('Location="https://sp.test/slo"', '$& ResponseLocation="javascript:x"')
  expect(() => parseSpMetadata(other)).toThrow(
    refusal('SAML_METADATA', 'the endpoint [javascript:x] is not a plain http or https address'),
  )
})

test('an endpoint may be at an address with a port and a query', () => {
  const other = sp.replace('https://sp.test/slo', 'http://sp.localhost:5601/slo?a=b')
  expect(parseSpMetadata(other).singleLogoutServices[0]?.location).toBe('http://sp.localhost:5601/slo?a=b')
})

test('a key for an unknown use is not trusted for any', () => {
  expect(() => parseSpMetadata(sp.replace('use="signing"', 'use="Signing"'))).toThrow(
    refusal('SAML_METADATA', 'a key is for the use [Signing], expected signing or encryption'),
  )
})

test('a key descriptor without a certificate gives no key', () => {
  const other = sp.replace(/<ds:X509Data>.*?<\/ds:X509Data>/s, '<ds:KeyName>k</ds:KeyName>')
  expect(parseSpMetadata(other).keyDescriptors).toEqual([])
})

test('a certificate that cannot be read is refused', () => {
  const other = sp.replace(/(?<=<ds:X509Certificate>)[^<]*/, 'AAAA')
  expect(() => parseSpMetadata(other)).toThrow(
    expect.objectContaining({ code: 'SAML_KEY', message: expect.stringMatching(/^the certificate cannot be read: /) }),
  )
})
