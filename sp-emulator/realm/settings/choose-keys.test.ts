import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import { spKey, strangerKey } from '../test-realm.test-support.ts'
import { chooseKeys, type KeyEntry } from './choose-keys.ts'

const entry = (alias: string, { privateKey, certificatePem } = spKey): KeyEntry => ({
  alias,
  privateKey,
  certificatePem,
})
const one = entry('One')
const two = entry('two', strangerKey)
const elliptic: KeyEntry = {
  ...entry('elly'),
  privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
}

const choose = (entries: readonly KeyEntry[], use: 'signing' | 'encryption', alias?: string) =>
  chooseKeys(entries, { use, alias }, 'x.saml1').map((each) => each.alias)
const refusal = (message: string) => expect.objectContaining({ constructor: ConfigError, message })

test('all RSA keys of a keystore decrypt', () => {
  expect(choose([one, elliptic, two], 'encryption')).toEqual(['One', 'two'])
})

test('the only RSA key signs', () => {
  expect(choose([elliptic, one], 'signing')).toEqual(['One'])
})

test('of several keys one signs when its alias says so, in upper or lower case', () => {
  expect(choose([one, two], 'signing', 'one')).toEqual(['One'])
  expect(choose([one, two], 'signing', 'TWO')).toEqual(['two'])
})

test('with an alias one key decrypts', () => {
  expect(choose([one, two], 'encryption', 'two')).toEqual(['two'])
})

test('several keys to sign with need an alias', () => {
  expect(() => choose([one, two], 'signing')).toThrow(
    refusal(
      'The configured key store for x.saml1.signing. has multiple keys but no alias has been specified (from setting x.saml1.signing.keystore.alias)',
    ),
  )
})

test.each([[[]], [[elliptic]]])('a keystore without RSA keys is refused', (entries) => {
  expect(() => choose(entries, 'encryption')).toThrow(
    refusal('The configured key store for x.saml1.encryption. does not contain any RSA key pairs'),
  )
})

test('an alias that is not there is refused', () => {
  expect(() => choose([one], 'signing', 'other')).toThrow(
    refusal(
      'The configured key store for x.saml1.signing. does not have a key associated with alias [other] (from setting x.saml1.signing.keystore.alias)',
    ),
  )
})

test('an alias of a key that is not RSA is refused', () => {
  expect(() => choose([one, elliptic], 'encryption', 'elly')).toThrow(
    refusal(
      'The key associated with alias [elly] (from setting x.saml1.encryption.keystore.alias) uses unsupported key algorithm type [EC], only RSA is supported',
    ),
  )
})
