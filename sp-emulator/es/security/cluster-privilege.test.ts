import { expect, test } from 'vitest'
import { ACTION } from '../privileges.ts'
import {
  findClusterPrivilege,
  grantsAction,
  holdsClusterPrivilege,
  privilegesThatGrant,
  unknownClusterPrivilege,
} from './cluster-privilege.ts'

test.each([
  [ACTION.samlLogout, 'manage_saml,manage_security,all'],
  [ACTION.samlMetadata, 'manage_saml,monitor,manage,all'],
  [ACTION.createToken, 'manage_token,manage_security,all'],
  [ACTION.refreshToken, 'manage_saml,manage_token,manage_security,all'],
  [ACTION.invalidateToken, 'delegate_pki,manage_saml,manage_token,manage_security,all'],
  [ACTION.main, 'monitor,manage,all'],
  [ACTION.putRole, 'manage_security,all'],
  [ACTION.getUsers, 'read_security,manage_security,all'],
  [ACTION.createApiKey, 'manage_api_key,manage_security,all'],
])('%s is granted by %s', (name, privileges) => {
  expect(privilegesThatGrant({ name }).join(',')).toBe(privileges)
})

test("manage_own_api_key grants what touches only the caller's own keys", () => {
  const name = ACTION.getApiKeys
  expect(privilegesThatGrant({ name, onOwnApiKeys: true }).join(',')).toBe(
    'manage_own_api_key,read_security,manage_api_key,manage_security,all',
  )
  expect(grantsAction('manage_own_api_key', { name })).toBe(false)
})

test.each(['constructor', '__proto__', 'manage_samls', 'saml/*', ''])('there is no privilege "%s"', (name) => {
  expect(findClusterPrivilege(name)).toBeUndefined()
})

test('a privilege is found in any case, and a pattern over actions is one', () => {
  expect(grantsAction('MANAGE_saml', { name: ACTION.samlLogout })).toBe(true)
  expect(grantsAction('cluster:admin/xpack/security/saml/', { name: ACTION.samlLogout })).toBe(true)
  expect(grantsAction('cluster:admin/xpack/security/oidc/*', { name: ACTION.samlLogout })).toBe(false)
})

test.each([
  [['all'], 'manage_saml', true],
  [['all'], 'manage_own_api_key', true],
  [['manage_security'], 'manage_token', true],
  [['manage_security'], 'manage_own_api_key', true],
  [['manage_own_api_key'], 'manage_own_api_key', true],
  [['manage_own_api_key'], 'manage_api_key', false],
  [['manage'], 'manage', true],
  [['manage'], 'all', false],
  [['manage'], 'manage_saml', false],
  [['monitor'], 'monitor_ml', true],
  [['manage_saml'], 'cluster:admin/xpack/security/saml/prepare', true],
  [[], 'none', true],
  [[], 'monitor', false],
])('who holds %j has %s: %s', (held, asked, expected) => {
  expect(holdsClusterPrivilege(held, asked)).toBe(expected)
})

test('an unknown privilege is refused with the names of those there are', () => {
  expect(unknownClusterPrivilege('Nope')).toMatch(
    /^unknown cluster privilege \[nope\]\. a privilege must be either one of the predefined cluster privilege names \[manage_own_api_key,none,.*,all\] or a pattern over one of the available cluster actions$/,
  )
})
