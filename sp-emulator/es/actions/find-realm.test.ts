import { expect, test } from 'vitest'
import { nearMisses, withBlanks } from '#saml/near-misses.test-support'
import { refusal } from '#saml/refusals.test-support'
import { fakeRealm } from '../fake-realm.test-support.ts'
import { findRealm } from './find-realm.ts'

// cases/sabotage XE14: a realm is chosen character by character (spec §2), and nothing is trimmed.

const realms = [fakeRealm({ name: 'saml1' }), fakeRealm({ name: 'saml2' })]
const acs = 'https://saml1.test/acs'
const none = refusal('SAML_REALM', 'Cannot find any matching realm here')

test.each([...nearMisses(acs), ...withBlanks(acs)])('an ACS %s finds no realm: %j', (_miss, value) => {
  expect(() => findRealm(realms, { realm: undefined, acs: value }, 'here')).toThrow(none)
  expect(() => findRealm(realms, { realm: 'saml1', acs: value }, 'here')).toThrow(none)
})

test.each([...nearMisses('saml1'), ...withBlanks('saml1')])('a name %s finds no realm: %j', (_miss, realm) => {
  expect(() => findRealm(realms, { realm }, 'here')).toThrow(none)
  expect(() => findRealm(realms, { realm, acs }, 'here')).toThrow(none)
})

test('both must be those of the same realm', () => {
  expect(findRealm(realms, { realm: 'saml1', acs }, 'here').name).toBe('saml1')
  expect(() => findRealm(realms, { realm: 'saml2', acs }, 'here')).toThrow(none)
})
