import { expect, test } from 'vitest'
import { baseConfig } from '../test-realm.test-support.ts'
import { checkRealmChain } from './realm-chain.ts'

const native = { type: 'native', name: 'native1', order: '0' }
const check = (realms: readonly object[], otherRealms = [native]) =>
  checkRealmChain(
    realms.map((changes) => ({ ...baseConfig, ...changes })),
    { otherRealms },
  )

test('realms with names and orders of their own stand in a chain', () => {
  expect(() => check([{ order: 1 }, { name: 'saml2', order: 3 }])).not.toThrow()
})

test('two realms of one order are refused by name', () => {
  expect(() => check([{ order: 1 }, { name: 'saml2', order: 1 }])).toThrow(
    'Found multiple realms configured with the same order: 1: [saml1, saml2]',
  )
})

test('an order may not be that of a realm of another type', () => {
  expect(() => check([{ order: 0 }])).toThrow(
    'Found multiple realms configured with the same order: 0: [saml1, native1]',
  )
})

test('a name may not be that of a realm of another type', () => {
  expect(() => check([{ name: 'native1' }])).toThrow(
    'Found multiple realms configured with the same name: native1: [xpack.security.authc.realms.saml.native1, xpack.security.authc.realms.native.native1]',
  )
})

test.each(['native1', 'default_native', 'reserved'])('users may come from %s', (name) => {
  expect(() => check([{ authorizationRealms: [name] }])).not.toThrow()
})

test('users may not come from a realm that is not there', () => {
  expect(() => check([{ authorizationRealms: ['native1', 'ldap1'] }])).toThrow(
    'configured authorizing realm [ldap1] does not exist (or is not enabled)',
  )
})
