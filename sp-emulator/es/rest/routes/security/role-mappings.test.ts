import { expect, test } from 'vitest'
import { basic, bearer, errorOf, testNode } from '../../../test-node.test-support.ts'

const path = '/_security/role_mapping/saml-kibana'
const rules = { field: { 'realm.name': 'saml1' } }
const mapping = { roles: ['viewer'], enabled: true, rules }

test.each(['POST', 'PUT'])('%s creates a mapping once', async (method) => {
  const node = testNode()
  const answers = [await node.call(`${method} ${path}`, mapping), await node.call(`${method} ${path}`, mapping)]
  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [200, '{"role_mapping":{"created":true}}'],
    [200, '{"role_mapping":{"created":false}}'],
  ])
})

test('a mapping is shown in the order of a node', async () => {
  const node = testNode()
  await node.call(`PUT ${path}`, { metadata: { v: 1 }, ...mapping })
  const shown =
    '{"saml-kibana":{"enabled":true,"roles":["viewer"],"rules":{"field":{"realm.name":"saml1"}},"metadata":{"v":1}}}'
  expect((await node.call(`GET ${path}`)).text).toBe(shown)
  expect((await node.call('GET /_security/role_mapping')).text).toBe(shown)
})

test('a fresh node has no mapping, and one is deleted once', async () => {
  const node = testNode()
  expect((await node.call('GET /_security/role_mapping')).text).toBe('{}')
  await node.call(`PUT ${path}`, mapping)
  expect((await node.call(`DELETE ${path}`)).text).toBe('{"found":true}')
  const again = await node.call(`DELETE ${path}`)
  expect([again.status, again.text, (await node.call(`GET ${path}`)).status]).toEqual([404, '{"found":false}', 404])
})

test.each([
  [
    { roles: ['a'], enabled: true },
    'failed to parse role-mapping [m]. missing field [rules]',
    'illegal_state_exception',
  ],
  [{ rules, enabled: true }, 'failed to parse role-mapping [m]. missing field [roles]', 'illegal_state_exception'],
  [{ roles: ['a'], rules }, 'failed to parse role-mapping [m]. missing field [enabled]', 'illegal_state_exception'],
  [
    { ...mapping, rule: 1 },
    '[1:77] [role-mapping] unknown field [rule] did you mean any of [rules, roles]?',
    'x_content_parse_exception',
  ],
  [
    { ...mapping, rules: [] },
    "[1:44] [role-mapping] rules doesn't support values of type: START_ARRAY",
    'x_content_parse_exception',
  ],
  [{ ...mapping, rules: { none: 1 } }, '[role-mapping] failed to parse field [rules]', 'parse_exception'],
])('a body that is no mapping is refused: %j', async (body, reason, causeType) => {
  const answer = await testNode().call('PUT /_security/role_mapping/m', body)
  expect([answer.status, errorOf(answer)]).toEqual([
    400,
    expect.objectContaining({
      type: 'parsing_exception',
      reason,
      caused_by: expect.objectContaining({ type: causeType }),
    }),
  ])
})

test.each([
  [{ ...mapping, roles: [] }, 'Validation Failed: 1: role-mapping roles or role-templates are missing;'],
  [{ ...mapping, metadata: { _a: 1 } }, 'Validation Failed: 1: metadata keys may not start with [_];'],
  [
    { ...mapping, role_templates: [] },
    '[role_templates] are not supported by this emulator, which has no script engine; send [roles]',
  ],
])('a mapping that cannot be is refused: %j', async (body, reason) => {
  const answer = await testNode().call('PUT /_security/role_mapping/m', body)
  expect([answer.status, errorOf(answer)['reason']]).toEqual([400, reason])
})

test('who holds tokens keeps the roles that were mapped at login', async () => {
  const node = testNode()
  await node.call(`PUT ${path}`, mapping)
  const { accessToken } = await node.login()
  await node.call(`DELETE ${path}`)
  const who = await node.call('GET /_security/_authenticate', undefined, bearer(accessToken))
  expect(who.json['roles']).toEqual(['viewer'])
})

test('mappings are for who manages security', async () => {
  const answer = await testNode().call(`PUT ${path}`, mapping, basic('kibana_system'))
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    403,
    'action [cluster:admin/xpack/security/role_mapping/put] is unauthorized for user [kibana_system] with effective roles [kibana_system], ' +
      'this action is granted by the cluster privileges [manage_security,all]',
  ])
})
