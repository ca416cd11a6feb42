import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import { keySettingNames, readKeySettings } from './key-settings.ts'
import { SettingReader } from './setting-reader.ts'

const section = 'xpack.security.authc.realms.saml.saml1'
const read = (given: Record<string, string>, use: 'signing' | 'encryption' = 'signing') =>
  readKeySettings(new SettingReader({ name: 'saml1', section, values: new Map(Object.entries(given)) }), use)
const refusal = (message: string) => expect.objectContaining({ constructor: ConfigError, message })

test('without settings there is no key', () => {
  expect(read({})).toBeUndefined()
})

test('a key and its certificate are in two PEM files, paths as they were written', () => {
  const given = { 'signing.key': 'sp.key', 'signing.certificate': 'sp.crt', 'signing.secure_key_passphrase': 'secret' }
  expect(read(given)).toEqual({
    use: 'signing',
    alias: undefined,
    source: { kind: 'pem', keyPath: 'sp.key', certificatePath: 'sp.crt', passphrase: 'secret' },
  })
})

test('keys are in a keystore', () => {
  const given = {
    'encryption.keystore.path': 'keys.p12',
    'encryption.keystore.type': 'pkcs12',
    'encryption.keystore.algorithm': 'PKIX',
    'encryption.keystore.secure_password': 'secret',
    'encryption.keystore.secure_key_password': 'secret',
    'encryption.keystore.alias': 'one',
  }
  expect(read(given, 'encryption')).toEqual({
    use: 'encryption',
    alias: 'one',
    source: { kind: 'keystore', path: 'keys.p12', password: 'secret' },
  })
})

test('a keystore without a password has an empty one', () => {
  expect(read({ 'signing.keystore.path': 'keys.p12' })?.source).toMatchObject({ password: '' })
})

test('the settings of one use say nothing about the other', () => {
  expect(read({ 'encryption.keystore.path': 'keys.p12' })).toBeUndefined()
})

test.each([
  [{ key: 'sp.key' }, `cannot specify [${section}.signing.key] without also setting [${section}.signing.certificate]`],
  [
    { certificate: 'sp.crt' },
    `cannot specify [${section}.signing.certificate] without also setting [${section}.signing.key]`,
  ],
  [
    { key: 'sp.key', certificate: 'sp.crt', 'keystore.path': 'keys.p12' },
    `cannot specify both [${section}.signing.certificate] and [${section}.signing.keystore.path]`,
  ],
  [
    { key: 'sp.key', 'keystore.path': 'keys.p12' },
    `cannot specify [${section}.signing.key] without also setting [${section}.signing.certificate]`,
  ],
  [
    { 'keystore.path': 'keys.jks', 'keystore.type': 'jks' },
    `the setting [${section}.signing.keystore.type] is [jks], only [PKCS12] is supported by this emulator`,
  ],
  [
    { 'keystore.path': 'keys.p12', 'keystore.secure_password': 'a', 'keystore.secure_key_password': 'b' },
    `the setting [${section}.signing.keystore.secure_key_password] is another than that of the keystore: a PKCS#12 keystore has one password for all that is in it`,
  ],
])('an illegal combination is refused: %j', (given, message) => {
  const settings = Object.fromEntries(Object.entries(given).map(([name, value]) => [`signing.${name}`, value]))
  expect(() => read(settings)).toThrow(refusal(message))
})

test('every setting is known for both uses', () => {
  expect(keySettingNames).toContain('signing.keystore.secure_key_password')
  expect(keySettingNames).toContain('encryption.secure_key_passphrase')
})
