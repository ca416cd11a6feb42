import { expect, test } from 'vitest'
import { checkPrivileges, type PrivilegesToCheck } from './has-privileges.ts'
import { hasIndexPrivilege, mayAct } from './permission.ts'
import { emptyRole, type Role } from './role.ts'

const role = (more: Partial<Role>): Role => ({ ...emptyRole, ...more })
const over = (names: string[], ...privileges: string[]) => ({ names, privileges, allowRestrictedIndices: false })
const nothing: PrivilegesToCheck = { cluster: [], index: [], application: [] }

test('every layer of a permission must allow an action', () => {
  const [all, saml] = [role({ cluster: ['all'] }), role({ cluster: ['manage_saml'] })]
  const action = { name: 'cluster:monitor/main' }
  expect([mayAct([[saml, all]], action), mayAct([[saml], [all]], action), mayAct([[]], action)]).toEqual([
    true,
    false,
    false,
  ])
})

test.each([
  ['logs-1', 'read', true],
  ['logs-*', 'read', true],
  ['logs-1', 'index', true],
  ['logs-1', 'write', false],
  ['logs-1', 'indices:data/read/search', true],
  ['log', 'read', false],
  ['*', 'read', false],
  ['other', 'read', false],
])('over %s there is %s: %s', (index, privilege, expected) => {
  const permission = [[role({ indices: [over(['logs-*'], 'read')] }), role({ indices: [over(['logs-1'], 'index')] })]]
  expect(hasIndexPrivilege(permission, index, privilege)).toBe(expected)
})

test('the answer names everything that was asked, in order', () => {
  const applications = [{ application: 'app', privileges: ['read'], resources: ['a/*'] }]
  const permission = [[role({ cluster: ['manage_saml'], indices: [over(['a'], 'all')], applications })]]
  const asked = {
    cluster: ['monitor', 'manage_saml'],
    index: [over(['b', 'a'], 'read')],
    application: [{ application: 'app', privileges: ['read', 'write'], resources: ['a/1', '*'] }],
  }
  expect(JSON.stringify(checkPrivileges(permission, asked))).toBe(
    JSON.stringify({
      hasAll: false,
      cluster: { manage_saml: true, monitor: false },
      index: { a: { read: true }, b: { read: false } },
      application: { app: { '*': { read: false, write: false }, 'a/1': { read: true, write: false } } },
    }),
  )
})

test('all is held when everything asked is, be that nothing', () => {
  expect(checkPrivileges([[]], nothing).hasAll).toBe(true)
  expect(checkPrivileges([[role({ cluster: ['all'] })]], { ...nothing, cluster: ['monitor'] }).hasAll).toBe(true)
})
