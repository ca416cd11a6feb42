import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { trustCertificate } from '#saml/signature/trusted-key'
import { aftermathOf, envelope, noEffect } from './bad-input.test-support.ts'
import {
  carry,
  idpKey,
  logoutRequest,
  notValidated,
  signed,
  signedBy,
  spKey,
  strangerKey,
  testRealm,
} from './realm/test-realm.test-support.ts'

/** Algorithms and keys that may not sign a LogoutRequest. */

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const xmldsig = 'http://www.w3.org/2000/09/xmldsig#'
const good = carry(logoutRequest())

/** A MAC over the query, for a verifier that takes the certificate for a secret. */
function authenticated(digest: string, algorithm: string, secret: string | Buffer): string {
  const octets = `${good}&SigAlg=${encodeURIComponent(algorithm)}`
  const mac = createHmac(digest, secret).update(octets).digest('base64')
  return `${octets}&Signature=${encodeURIComponent(mac)}`
}

const { certificatePem, certificate } = idpKey

test.each([
  ['T43: rsa-md5', signed(good, { digest: 'md5', algorithm: `${more}rsa-md5` })],
  ['T44: a name that only ends well', signed(good, { algorithm: 'urn:anything#sha256' })],
  ['T44: a name without its namespace', signed(good, { algorithm: 'RSA-SHA256' })],
  ['T44: a name with a blank behind it', signed(good, { algorithm: `${more}rsa-sha256 ` })],
  ['T44: a name in another case', signed(good, { algorithm: `${more}RSA-SHA256` })],
  ['T44: no name', signed(good, { algorithm: '' })],
  ['T45: hmac-sha1 with the certificate', authenticated('sha1', `${xmldsig}hmac-sha1`, certificatePem)],
  ['T45: hmac-sha1 with its octets', authenticated('sha1', `${xmldsig}hmac-sha1`, certificate.raw)],
  ['T45: hmac-sha256 with the certificate', authenticated('sha256', `${more}hmac-sha256`, certificatePem)],
  ['T45: hmac-sha256 with its octets', authenticated('sha256', `${more}hmac-sha256`, certificate.raw)],
  ['T70: our own key', signed(good, { key: spKey })],
])('a LogoutRequest is refused and ends nothing, signed with %s', async (_rule, query) => {
  const { answer, effects, logged } = await aftermathOf((node) => node.invalidate(query))
  expect(answer.json).toEqual(envelope(500, 'security_exception', notValidated(query, idpKey)))
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code: 'SAML_SIGNATURE', level: 'warn' }])
})

const byStranger = signed(good, { key: strangerKey })
const forEncryption = { use: 'encryption' as const, key: trustCertificate(strangerKey.certificate) }
const keyDescriptors = [...(signedBy(idpKey).keyDescriptors ?? []), forEncryption]
const otherRealm = testRealm({ name: 'saml2' }, signedBy(strangerKey)).realm

test.each([
  ['that its IdP has for encryption', { idp: { keyDescriptors } }],
  ['of the IdP of another realm', { beside: [otherRealm] }],
])('T70: a LogoutRequest that is signed with a key %s ends nothing', async (_key, parts) => {
  const { answer, effects, logged } = await aftermathOf((node) => node.invalidate(byStranger), parts)
  expect(answer.json).toEqual(envelope(500, 'security_exception', notValidated(byStranger, idpKey)))
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code: 'SAML_SIGNATURE', level: 'warn' }])
})

test('T70: the LogoutRequest that we sent ends nothing when it comes back', async () => {
  const { realm } = testRealm()
  const metadata = { saml_realm: 'saml1', saml_nameid_val: 'alice', saml_session: '_session1' }
  const redirect = (await realm.requestLogout(metadata))?.redirect ?? ''
  const query = redirect.slice(redirect.indexOf('?') + 1)
  const { answer, effects } = await aftermathOf((node) => node.invalidate(query))
  expect(answer.json).toEqual(envelope(500, 'security_exception', notValidated(query, idpKey)))
  expect(effects).toEqual(noEffect)
})
