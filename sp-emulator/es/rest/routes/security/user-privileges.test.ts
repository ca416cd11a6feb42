import { expect, test } from 'vitest'
import { basic, errorOf, type TestNode, testNode } from '../../../test-node.test-support.ts'

const path = 'GET /_security/user/_privileges'

/** A node with `app`, who holds these roles. */
async function nodeWith(roles: Record<string, object>): Promise<TestNode> {
  const node = testNode()
  for (const [name, role] of Object.entries(roles)) await node.call(`PUT /_security/role/${name}`, role)
  await node.call('PUT /_security/user/app', { password: 'secret', roles: Object.keys(roles) })
  return node
}

test('a caller without privileges may ask for them', async () => {
  const { status, text } = await (await nodeWith({ none: {} })).call(path, undefined, basic('app'))
  expect([status, text]).toEqual([200, '{"cluster":[],"global":[],"indices":[],"applications":[],"run_as":[]}'])
})

test('what several roles give is one list, in the order of a node', async () => {
  const global = { application: { manage: { applications: ['app-*'] } } }
  const application = { application: 'kibana-.kibana', privileges: ['all'], resources: ['*'] }
  const node = await nodeWith({
    one: {
      cluster: ['monitor', 'manage_saml'],
      indices: [
        { names: ['b', 'a'], privileges: ['write', 'read'] },
        { names: ['c'], privileges: ['read'], query: { match_all: {} }, field_security: { grant: ['x'] } },
      ],
      applications: [application],
      run_as: ['z', 'b*'],
      global,
    },
    two: {
      cluster: ['all', 'monitor'],
      indices: [
        { names: ['a', 'b'], privileges: ['read', 'delete'] },
        { names: ['c'], privileges: ['write'], allow_restricted_indices: true },
      ],
      applications: [application],
      run_as: ['z'],
    },
  })
  const { json } = await node.call(path, undefined, basic('app'))
  expect(json).toEqual({
    cluster: ['all', 'manage_saml', 'monitor'],
    global: [global],
    indices: [
      { names: ['a', 'b'], privileges: ['delete', 'read', 'write'], allow_restricted_indices: false },
      {
        names: ['c'],
        privileges: ['read'],
        field_security: [{ grant: ['x'] }],
        query: ['{"match_all":{}}'],
        allow_restricted_indices: false,
      },
      { names: ['c'], privileges: ['write'], allow_restricted_indices: true },
    ],
    applications: [application],
    run_as: ['b*', 'z'],
  })
})

test('what roles give over the same resources of an application is one, and a lone none gives nothing', async () => {
  const over = (privileges: string[], resources: string[]) => ({ application: 'a', privileges, resources })
  const none = { names: ['d'], privileges: ['none'] }
  const node = await nodeWith({
    one: { applications: [over(['y'], ['r', 'q']), over(['y'], ['*'])], indices: [none] },
    two: { applications: [over(['x', 'y'], ['q', 'r'])] },
  })
  const { json } = await node.call(path, undefined, basic('app'))
  expect(json).toMatchObject({ applications: [over(['x', 'y'], ['q', 'r']), over(['y'], ['*'])], indices: [] })
})

test('they are those of whom the caller runs as', async () => {
  const node = await nodeWith({ one: { cluster: ['manage_saml'] } })
  const { json } = await node.call(path, undefined, { 'es-security-runas-user': 'app' })
  expect(json['cluster']).toEqual(['manage_saml'])
})

test('a key is told those of its owner, and one with roles of its own that this is no place for them', async () => {
  const node = testNode()
  const keyWith = async (roles: object) => {
    const { json } = await node.call('POST /_security/api_key', { name: 'k', role_descriptors: roles })
    return { authorization: `ApiKey ${json['encoded']}` }
  }
  expect((await node.call(path, undefined, await keyWith({}))).json).toMatchObject({ cluster: ['all'], run_as: ['*'] })
  const refused = await node.call(path, undefined, await keyWith({ saml: { cluster: ['manage_saml'] } }))
  expect([refused.status, errorOf(refused)['type'], errorOf(refused)['reason']]).toEqual([
    400,
    'illegal_argument_exception',
    'Cannot retrieve privileges for API keys with assigned role descriptors. Please use the Get API key information API https://ela.st/es-api-get-api-key',
  ])
})
