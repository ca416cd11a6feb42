import { expect, test } from 'vitest'
import { mapRoles } from './map-roles.ts'
import type { UserData } from './match-rules.ts'
import { parseRules } from './parse-rules.ts'
import type { RoleMapping } from './role-mapping.ts'

const alice: UserData = {
  username: 'alice',
  dn: 'CN=Alice, OU=People, DC=example, DC=com',
  groups: ['Finance-Team', 'cn=admins,dc=example,dc=com'],
  metadata: { saml_uid: ['al', 'ali'], level: 3, staff: true },
  realm: 'saml1',
}

const mapping = (rules: object, more: Partial<RoleMapping> = {}): RoleMapping => ({
  enabled: true,
  roles: ['r'],
  rules: parseRules(rules),
  metadata: {},
  ...more,
})

const field = (name: string, value: unknown) => ({ field: { [name]: value } })

test.each([
  [field('username', 'alice'), true],
  [field('username', 'Alice'), false],
  [field('username', ['bob', 'alice']), true],
  [field('username', 'al*'), true],
  [field('username', '/al.ce/'), true],
  [field('username', '*'), true],
  [field('realm.name', 'saml1'), true],
  [field('realm.name', 'saml2'), false],
  [field('groups', 'finance-team'), true],
  [field('groups', 'FINANCE-*'), true],
  [field('groups', 'CN=Admins, DC=Example, DC=com'), true],
  [field('groups', 'x'), false],
  [field('dn', 'cn=alice,ou=people,dc=example,dc=com'), true],
  [field('dn', '*,ou=PEOPLE,DC=example,dc=com'), true],
  [field('dn', '*,dc=other'), false],
  [field('metadata.saml_uid', 'ali'), true],
  [field('metadata.saml_uid', 'x'), false],
  [field('metadata.level', 3), true],
  [field('metadata.level', '3'), false],
  [field('metadata.staff', true), true],
  [field('metadata.none', null), true],
  [field('metadata.constructor', null), true],
  [field('unheard.of', null), true],
  [field('unheard.of', 'x'), false],
  [{ any: [field('username', 'bob'), field('realm.name', 'saml1')] }, true],
  [{ any: [] }, false],
  [{ all: [field('username', 'alice'), field('realm.name', 'saml2')] }, false],
  [{ all: [field('username', '*'), { except: field('groups', 'x') }] }, true],
  [{ all: [{ except: { any: [field('username', 'alice')] } }] }, false],
])('alice fits %j: %s', (rules, expected) => {
  expect(mapRoles(alice, [mapping(rules)])).toEqual(expected ? ['r'] : [])
})

test('nobody without a DN fits a rule about one, but null', () => {
  const nameless = { ...alice, dn: null }
  expect(mapRoles(nameless, [mapping(field('dn', '*'))])).toEqual([])
  expect(mapRoles(nameless, [mapping(field('dn', null))])).toEqual(['r'])
})

test('the roles of all fitting mappings are given, each once; a disabled mapping gives none', () => {
  const everybody = field('username', '*')
  const mappings = [
    mapping(everybody, { roles: ['a', 'b'] }),
    mapping(everybody, { roles: ['b', 'c'] }),
    mapping(everybody, { roles: ['d'], enabled: false }),
  ]
  expect(mapRoles(alice, mappings)).toEqual(['a', 'b', 'c'])
})

test('without a mapping there are no roles', () => {
  expect(mapRoles(alice, [])).toEqual([])
})
