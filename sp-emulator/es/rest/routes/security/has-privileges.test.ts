import { expect, test } from 'vitest'
import { basic, errorOf, testNode } from '../../../test-node.test-support.ts'

const path = 'POST /_security/user/_has_privileges'

test('the caller is told what they may do, in the order of a node', async () => {
  const asked = { cluster: ['manage_saml', 'all'], index: [{ names: ['a'], privileges: ['read'] }] }
  const { status, text } = await testNode().call(path, asked, basic('kibana_system'))
  expect([status, text]).toEqual([
    200,
    '{"username":"kibana_system","has_all_requested":false,"cluster":{"all":false,"manage_saml":true},"index":{"a":{"read":false}},"application":{}}',
  ])
})

test('a superuser may everything', async () => {
  const application = [{ application: 'kibana-.kibana', privileges: ['all'], resources: ['space:x'] }]
  const asked = { cluster: ['manage_own_api_key'], index: [{ names: ['a'], privileges: ['all'] }], application }
  expect((await testNode().call(path, asked)).json['has_all_requested']).toBe(true)
})

test('callers ask about themselves alone', async () => {
  const node = testNode()
  const asked = { cluster: ['monitor'] }
  const own = await node.call('POST /_security/user/watcher/_has_privileges', asked, basic('watcher'))
  expect(own.json).toMatchObject({ username: 'watcher', cluster: { monitor: false } })
  const others = await node.call('POST /_security/user/watcher/_has_privileges', asked)
  expect([others.status, errorOf(others)['reason']]).toEqual([
    400,
    'users may only check the privileges of their own account',
  ])
  const refused = await node.call('POST /_security/user/elastic/_has_privileges', asked, basic('watcher'))
  expect([refused.status, errorOf(refused)['reason']]).toEqual([
    403,
    expect.stringContaining(
      'granted by the cluster privileges [read_ccr,read_security,manage_ccr,manage_security,all]',
    ),
  ])
})

test.each([
  [
    {},
    'parse_exception',
    'failed to parse privileges check [elastic]. All privilege fields [cluster,index,applications] are missing',
  ],
  [{ clusters: [] }, 'parse_exception', 'failed to parse privileges check [elastic]. unexpected field [clusters]'],
  [
    { index: [{ names: ['a'], privileges: ['read'], query: {} }] },
    'parse_exception',
    'Field [query] is not supported in a has_privileges request',
  ],
  [{ cluster: ['x'] }, 'illegal_argument_exception', expect.stringMatching(/^unknown cluster privilege \[x\]\. /)],
  [
    { index: [{ names: ['a'], privileges: ['x'] }] },
    'illegal_argument_exception',
    expect.stringMatching(/^unknown index privilege \[x\]\. /),
  ],
])('a question that makes no sense is refused: %j', async (body, type, reason) => {
  const answer = await testNode().call(path, body)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([400, type, reason])
})
