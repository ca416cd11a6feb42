import { expect, test } from 'vitest'
import { basic, errorOf, testNode } from '../../../test-node.test-support.ts'

const path = '/_security/role/saml-service-role'
const role = { cluster: ['manage_saml', 'manage_token'] }

test.each(['POST', 'PUT'])('%s creates a role once', async (method) => {
  const node = testNode()
  const answers = [await node.call(`${method} ${path}`, role), await node.call(`${method} ${path}?refresh=true`, role)]
  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [200, '{"role":{"created":true}}'],
    [200, '{"role":{"created":false}}'],
  ])
})

test('a role is shown whole, in the order of a node', async () => {
  const node = testNode()
  const index = { names: 'a', privileges: ['read'], field_security: { grant: ['x'] }, query: { match_all: {} } }
  const application = { application: 'app', privileges: ['read'], resources: ['*'] }
  const more = { indices: [index], applications: [application], run_as: ['bob'], metadata: { v: 1 }, description: 'd' }
  await node.call(`PUT ${path}`, { ...role, ...more })
  expect((await node.call(`GET ${path}`)).text).toBe(
    '{"saml-service-role":{"cluster":["manage_saml","manage_token"],"indices":[{"names":["a"],"privileges":["read"],' +
      '"field_security":{"grant":["x"]},"query":"{\\"match_all\\":{}}","allow_restricted_indices":false}],' +
      '"applications":[{"application":"app","privileges":["read"],"resources":["*"]}],"run_as":["bob"],"metadata":{"v":1},' +
      '"transient_metadata":{"enabled":true},"description":"d"}}',
  )
})

test('several roles are found by name, built-in and stored; what is not there is left out', async () => {
  const node = testNode()
  await node.call(`PUT ${path}`, role)
  const { json } = await node.call('GET /_security/role/saml-service-role,superuser,nothing')
  expect(Object.keys(json).sort()).toEqual(['saml-service-role', 'superuser'])
  expect(Object.keys((await node.call('GET /_security/role')).json)).toContain('kibana_system')
})

test.each([
  [`GET ${path}`, '{}'],
  [`DELETE ${path}`, '{"found":false}'],
  ['GET /_security/role/constructor', '{}'],
])('%s of a role that is not there is 404', async (line, text) => {
  const answer = await testNode().call(line)
  expect([answer.status, answer.text]).toEqual([404, text])
})

test('a role is deleted once', async () => {
  const node = testNode()
  await node.call(`PUT ${path}`, role)
  const answer = await node.call(`DELETE ${path}`)
  expect([answer.status, answer.text]).toEqual([200, '{"found":true}'])
  expect((await node.call(`GET ${path}`)).status).toBe(404)
})

test.each([
  [
    'PUT',
    'action_request_validation_exception',
    'Validation Failed: 1: Role [superuser] is reserved and may not be used.;',
  ],
  ['DELETE', 'illegal_argument_exception', 'role [superuser] is reserved and cannot be deleted'],
])('%s of a built-in role is refused', async (method, type, reason) => {
  const answer = await testNode().call(`${method} /_security/role/superuser`, method === 'PUT' ? role : undefined)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([400, type, reason])
})

test.each([
  [{ clusters: [] }, 'failed to parse role [r]. unexpected field [clusters]'],
  [
    { cluster: 'all' },
    'could not parse [cluster] field. expected a string array but found [VALUE_STRING] value instead',
  ],
  [
    { cluster: [1] },
    'could not parse [cluster] field. expected a string array but one of the value in the array is [VALUE_NUMBER]',
  ],
  [{ metadata: [] }, 'expected field [metadata] to be of type object, but found [START_ARRAY] instead'],
  [
    { indices: {} },
    'failed to parse indices privileges for role [r]. expected field [indices] value to be an array, but found [START_OBJECT] instead',
  ],
  [{ indices: [{ names: [] }] }, 'failed to parse indices privileges for role [r]. [names] cannot be an empty array'],
  [
    { indices: [{ names: ['a'] }] },
    'failed to parse indices privileges for role [r]. missing required [privileges] field',
  ],
  [
    { indices: [{ privileges: ['all'] }] },
    'failed to parse indices privileges for role [r]. missing required [names] field',
  ],
  [{ indices: [{ x: 1 }] }, 'failed to parse indices privileges for role [r]. unexpected field [x]'],
  [
    { applications: [{ application: 'a' }] },
    'failed to parse application privileges for role [r]. missing required [resources] field',
  ],
])('a body that is no role is refused: %j', async (body, reason) => {
  const answer = await testNode().call('PUT /_security/role/r', body)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([400, 'parse_exception', reason])
})

test('a name that is none is refused before its body', async () => {
  const answer = await testNode().call('PUT /_security/role/%20r', { x: 1 })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    400,
    'validation_exception',
    expect.stringMatching(/^Validation Failed: 1: Role names must be at least 1 and no more than 1024 characters\. /),
  ])
})

test('unknown privileges and reserved metadata are all complained about', async () => {
  const indices = [{ names: ['a'], privileges: ['reed'] }]
  const answer = await testNode().call('PUT /_security/role/r', { cluster: ['x'], indices, metadata: { _x: 1 } })
  expect(errorOf(answer)['reason']).toMatch(
    /^Validation Failed: 1: unknown cluster privilege \[x\].*;2: unknown index privilege \[reed\].*;3: role descriptor metadata keys may not start with \[_\];$/,
  )
})

test('a role takes effect at once on who holds it, and ends with it', async () => {
  const node = testNode()
  const prepare = () => node.call('POST /_security/saml/prepare', {}, basic('watcher'))
  await node.call('PUT /_security/role/gone', role)
  expect((await prepare()).status).toBe(200)
  await node.call('DELETE /_security/role/gone')
  expect((await prepare()).status).toBe(403)
})

test.each([
  [`PUT ${path}`, role, 'role/put', 'manage_security,all'],
  [`GET ${path}`, undefined, 'role/get', 'read_security,manage_security,all'],
  [`DELETE ${path}`, undefined, 'role/delete', 'manage_security,all'],
])('%s needs a privilege', async (line, body, action, privileges) => {
  const answer = await testNode().call(line, body, basic('kibana_system'))
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    403,
    `action [cluster:admin/xpack/security/${action}] is unauthorized for user [kibana_system] with effective roles [kibana_system], ` +
      `this action is granted by the cluster privileges [${privileges}]`,
  ])
})
