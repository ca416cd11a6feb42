import { expect, test } from 'vitest'
import { spKey, testRealm } from './test-realm.test-support.ts'

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
