import { expect, test } from 'vitest'
import { refusal } from '#saml/refusals.test-support'
import { fakeRealm } from '../fake-realm.test-support.ts'
import { resolveUser } from './resolve-user.ts'

const principal = {
  username: 'alice',
  dn: 'cn=alice',
  groups: ['admins'],
  fullName: 'Alice',
  email: 'alice@sp.test',
  metadata: { saml_nameid: 'alice' },
}
const native = {
  username: 'alice',
  roles: ['editor'],
  fullName: 'Alice of the node',
  email: null,
  metadata: { desk: 7 },
  realm: { name: 'default_native', type: 'native' },
}
const nobody = { roleMapper: () => [], lookupUser: () => undefined }

test('case 93: without a role mapping a login has no roles', () => {
  expect(resolveUser(principal, fakeRealm(), nobody).roles).toEqual([])
})

test('role mappings are asked about what the IdP says and the realm that let it in', () => {
  const asked: unknown[] = []
  const roleMapper = (user: object) => {
    asked.push(user)
    return ['viewer']
  }
  expect(resolveUser(principal, fakeRealm(), { ...nobody, roleMapper })).toEqual({
    username: 'alice',
    roles: ['viewer'],
    fullName: 'Alice',
    email: 'alice@sp.test',
    metadata: { saml_nameid: 'alice' },
    realm: { name: 'saml1', type: 'saml' },
  })
  expect(asked).toEqual([
    { username: 'alice', dn: 'cn=alice', groups: ['admins'], metadata: { saml_nameid: 'alice' }, realm: 'saml1' },
  ])
})

test('case 94: excluded roles are taken from those that were mapped', () => {
  const realm = fakeRealm({ excludedRoles: ['superuser'] })
  const roleMapper = () => ['superuser', 'viewer']
  expect(resolveUser(principal, realm, { ...nobody, roleMapper }).roles).toEqual(['viewer'])
})

test('case 91: a delegated user is as the other realm knows them, authenticated by this one', () => {
  const realm = fakeRealm({ authorizationRealms: ['default_native'] })
  expect(resolveUser(principal, realm, { roleMapper: () => ['viewer'], lookupUser: () => native })).toEqual({
    ...native,
    realm: { name: 'saml1', type: 'saml' },
  })
})

test('a delegated user whom nobody knows is refused', () => {
  const realm = fakeRealm({ authorizationRealms: ['native1', 'native2'] })
  expect(() => resolveUser(principal, realm, nobody)).toThrow(
    refusal(
      'SAML_REALM',
      'the principal [alice] was authenticated, but no user could be found in realms [native/native1,native/native2]',
    ),
  )
})
