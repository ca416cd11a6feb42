import { type CacheProvider, SAML } from '@node-saml/node-saml'
import { expect, test } from 'vitest'
import { signedLogin } from '../test-logins.test-support.ts'
import { acsUrl, idpEntityId, idpKey, spEntityId, spKey, ssoUrl } from '../test-realm.test-support.ts'
import { encryptIn } from './encrypted.test-support.ts'

/** node-saml, with its own decryption, in the place of the realm. */
const asked: CacheProvider = {
  saveAsync: async () => null,
  getAsync: async () => new Date(0).toISOString(),
  removeAsync: async (key) => key,
}
const foreignSp = new SAML({
  callbackUrl: acsUrl,
  entryPoint: ssoUrl,
  issuer: spEntityId,
  audience: spEntityId,
  idpIssuer: idpEntityId,
  idpCert: idpKey.certificatePem,
  decryptionPvk: spKey.privateKeyPem,
  wantAuthnResponseSigned: false,
  // The Assertion is of another year than the clock of this machine.
  acceptedClockSkewMs: -1,
  cacheProvider: asked,
})

test.each([
  'http://www.w3.org/2001/04/xmlenc#aes128-cbc',
  'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
])('node-saml reads an Assertion that we encrypt with %s', async (cipher) => {
  const xml = encryptIn(await signedLogin(), 'Assertion', { cipher })
  const { profile } = await foreignSp.validatePostResponseAsync({ SAMLResponse: Buffer.from(xml).toString('base64') })
  expect(profile?.nameID).toBe('alice')
})
