import { expect, test } from 'vitest'
import type { Attribute } from '#saml/messages/assertion'
import { errorOf } from './es/test-node.test-support.ts'
import { type RealNode, realNode } from './real-node.test-support.ts'
import { compileJavaPattern } from './realm/settings/java-pattern.ts'
import { signedLogin, withAssertion } from './realm/test-logins.test-support.ts'
import { idpEntityId, logoutQuery } from './realm/test-realm.test-support.ts'

// Who a login becomes, seen over HTTP: cases 91 and 93 to 100 with a signed Response.

const memberOf = (...values: readonly string[]): Attribute => ({ name: 'memberOf', values })
const login = async (node: RealNode, ...attributes: readonly Attribute[]) =>
  node.authenticate(await signedLogin(withAssertion({ attributes })))

async function mapGroup(node: RealNode, group: string, roles: readonly string[]) {
  const rules = { all: [{ field: { groups: group } }, { field: { 'realm.name': 'saml1' } }] }
  await node.call(`PUT /_security/role_mapping/of-${group}`, { enabled: true, roles, rules })
}

const generic =
  'unable to authenticate user [<unauthenticated-saml-user>] for action [cluster:admin/xpack/security/saml/authenticate]'

test('case 93: without a role mapping a login succeeds with no roles', async () => {
  const { status, json } = await login(realNode())
  expect([status, json['authentication']]).toMatchObject([200, { roles: [] }])
})

test('the groups of a login get the roles of their mappings', async () => {
  const node = realNode({ attributes: { principal: 'nameid', groups: 'memberOf' } })
  await mapGroup(node, 'admins', ['editor'])
  await mapGroup(node, 'others', ['viewer'])
  const { json } = await login(node, memberOf('staff', 'admins'))
  expect(json['authentication']).toMatchObject({ username: 'alice', roles: ['editor'] })
})

test('case 94: an excluded role is not given, whatever the mappings say', async () => {
  const node = realNode({
    attributes: { principal: 'nameid', groups: 'memberOf' },
    excludedRoles: ['superuser'],
  })
  await mapGroup(node, 'admins', ['superuser', 'viewer'])
  expect((await login(node, memberOf('admins'))).json['authentication']).toMatchObject({ roles: ['viewer'] })
})

test('case 91: a delegated user has the roles, name and metadata of the native realm, and logs out by SAML', async () => {
  const node = realNode({ authorizationRealms: ['default_native'] })
  const native = { password: 'a-password', roles: ['editor'], full_name: 'Native Alice', metadata: { desk: 7 } }
  await node.call('PUT /_security/user/alice', native)
  const { json } = await login(node, memberOf('staff'))
  expect(json['authentication']).toMatchObject({
    username: 'alice',
    roles: ['editor'],
    full_name: 'Native Alice',
    metadata: { desk: 7 },
    authentication_realm: { name: 'saml1', type: 'saml' },
  })
  expect((await node.invalidate(logoutQuery())).json['invalidated']).toBe(1)
})

test('a delegated user whom the native realm does not know cannot log in, and only the log says why', async () => {
  const node = realNode({ authorizationRealms: ['default_native'] })
  const answer = await login(node)
  expect([answer.status, errorOf(answer)['reason']]).toEqual([401, generic])
  expect(node.logged).toEqual([
    {
      level: 'warn',
      facts: { code: 'SAML_REALM', action: 'authenticate', realm: 'saml1', issuer: idpEntityId, trusts: idpEntityId },
      message: 'the principal [alice] was authenticated, but no user could be found in realms [native/default_native]',
    },
  ])
})

test('case 96: a pattern makes the principal of the NameID', async () => {
  const node = realNode({ attributePatterns: { principal: compileJavaPattern('^(al)') } })
  expect((await login(node)).json['username']).toBe('al')
})

test('case 97: divided groups get their roles one by one', async () => {
  const node = realNode({ attributes: { principal: 'nameid', groups: 'memberOf' }, groupsDelimiter: '$' })
  await mapGroup(node, 'admins', ['editor'])
  expect((await login(node, memberOf('staff$$admins'))).json['authentication']).toMatchObject({ roles: ['editor'] })
})

test.each([
  ['case 98: groups in two values that should be divided', { groupsDelimiter: '$' }],
  [
    'case 100: a principal that its pattern does not find',
    { attributePatterns: { principal: compileJavaPattern('(x)') } },
  ],
])('%s: no login', async (_case, config) => {
  const node = realNode({ attributes: { principal: 'nameid', groups: 'memberOf' }, ...config })
  const answer = await login(node, memberOf('a', 'b'))
  expect([answer.status, errorOf(answer)['reason']]).toEqual([401, generic])
})

test('case 99: groups that the pattern finds get their roles', async () => {
  const node = realNode({
    attributes: { principal: 'nameid', groups: 'memberOf' },
    attributePatterns: { groups: compileJavaPattern('^cn=(\\w+),') },
  })
  await mapGroup(node, 'admins', ['editor'])
  const { json } = await login(node, memberOf('cn=staff,o=x', 'ou=y', 'cn=admins,o=x'))
  expect(json['authentication']).toMatchObject({ roles: ['editor'] })
})

test('a private attribute is shown nowhere in the answer', async () => {
  const { status, text } = await login(realNode({ privateAttributes: ['memberOf'] }), memberOf('for nobody'))
  expect([status, text.includes('for nobody')]).toEqual([200, false])
})
