import { expect, test } from 'vitest'
import { readWorld } from './read-world.ts'
import { withoutSecrets } from './without-secrets.ts'

const pem = '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----'

test('a world is told without its keys, and without what a realm says of keys', () => {
  const keys = { certificate: 'idp.crt', privateKey: pem }
  const settings = {
    'signing.key': 'canary.key',
    signing: { saml_messages: ['*'], secure_key_passphrase: 'canary' },
    'encryption.keystore.secure_password': 'canary',
    force_authn: true,
  }
  const realm = { name: 'saml1', acs: 'https://sp.test/acs' }
  const world = readWorld({
    keys,
    encryptionKeys: [keys],
    es: { accessTokenSeconds: 60 },
    realms: [{ ...realm, settings }],
  })
  expect(withoutSecrets(world)).toEqual({
    es: { accessTokenSeconds: 60 },
    realms: [{ ...realm, settings: { signing: { saml_messages: ['*'] }, force_authn: true } }],
  })
})
