import { expect, test } from 'vitest'
import type { RealmConfig } from '../realm-config.ts'
import { idpKey, spKey, strangerKey, testRealm } from '../test-realm.test-support.ts'

const metadataOf = (config = {}) => testRealm(config).realm.spMetadata()

test('case 37: without keys and a logout address there is only the assertion consumer service', () => {
  expect(metadataOf({ signing: undefined, logoutUrl: '' })).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.test/">' +
      '<md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
      '<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sp.test/saml/acs" index="1" isDefault="true"/>' +
      '</md:SPSSODescriptor></md:EntityDescriptor>',
  )
})

test('the logout service stands before the assertion consumer service, for redirects', () => {
  expect(metadataOf()).toContain(
    '<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://sp.test/saml/logout"/><md:AssertionConsumerService ',
  )
})

test('case 40: without encryption keys the signing certificate is the only one, for signing, in lines of 76', () => {
  const [certificate = '', ...others] = metadataOf().match(/<ds:X509Certificate>[^<]*/g) ?? []
  const lines = certificate.replace('<ds:X509Certificate>', '').split('\n')
  expect(others).toEqual([])
  expect(metadataOf()).toContain('<md:KeyDescriptor use="signing"><ds:KeyInfo ')
  expect(lines.join('')).toBe(spKey.certificate.raw.toString('base64'))
  expect(new Set(lines.slice(0, -1).map((line) => line.length))).toEqual(new Set([76]))
})

test('AuthnRequestsSigned says whether an AuthnRequest would be signed', () => {
  expect(metadataOf()).toContain(' AuthnRequestsSigned="true" ')
  expect(metadataOf({ signedMessages: new Set(['LogoutRequest']) })).toContain(' AuthnRequestsSigned="false" ')
})

/** The `use` of every key, and the certificate. */
const keysOf = (config: Partial<RealmConfig>) => {
  const descriptors = metadataOf(config).matchAll(/<md:KeyDescriptor(?: use="(\w+)")?>.*?<ds:X509Certificate>([^<]*)/gs)
  return [...descriptors].map(([, use, certificate = '']) => [use, certificate.replaceAll('\n', '')])
}
const [sp, other] = [spKey, strangerKey].map(({ certificate }) => certificate.raw.toString('base64'))

test('case 38: one certificate for both uses is named once, without a use', () => {
  expect(keysOf({ encryption: [spKey] })).toEqual([[undefined, sp]])
})

test('case 40: the signing certificate comes first, then every certificate for encryption', () => {
  expect(keysOf({ encryption: [strangerKey, idpKey] })).toEqual([
    ['signing', sp],
    ['encryption', other],
    ['encryption', idpKey.certificate.raw.toString('base64')],
  ])
})

test('a certificate for both uses that is not the only one for encryption is named twice', () => {
  expect(keysOf({ encryption: [spKey, strangerKey] })).toEqual([
    ['signing', sp],
    ['encryption', sp],
    ['encryption', other],
  ])
})

test('a realm that does not sign names its certificate for encryption alone', () => {
  expect(keysOf({ signing: undefined, encryption: [spKey] })).toEqual([['encryption', sp]])
})
