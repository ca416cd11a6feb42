import { expect, test } from 'vitest'
import { basic, bearer, testNode } from '../../test-node.test-support.ts'

test('_authenticate shows a service user in the order of a node', async () => {
  const { status, text } = await testNode().call('GET /_security/_authenticate', undefined, basic('watcher'))
  const realm = '{"name":"default_native","type":"native"}'
  expect(status).toBe(200)
  expect(text).toBe(
    '{"username":"watcher","roles":["monitoring_user","gone"],"full_name":null,"email":null,"metadata":{},"enabled":true,' +
      `"authentication_realm":${realm},"lookup_realm":${realm},"authentication_type":"realm"}`,
  )
})

test('a built-in user lives in the reserved realm', async () => {
  const { json } = await testNode().call('GET /_security/_authenticate')
  expect(json).toMatchObject({
    metadata: { _reserved: true },
    authentication_realm: { name: 'reserved', type: 'reserved' },
  })
})

test('a user without privileges may ask who they are, and nothing about the cluster', async () => {
  const node = testNode()
  const { accessToken } = await node.login()
  expect((await node.call('GET /_security/_authenticate', undefined, bearer(accessToken))).status).toBe(200)
  expect((await node.call('GET /', undefined, bearer(accessToken))).status).toBe(403)
})

test('GET / is what clients recognise an Elasticsearch by', async () => {
  const { status, json } = await testNode({ version: '9.1.5', clusterName: 'c', nodeName: 'n' }).call('GET /')
  expect(status).toBe(200)
  expect(Object.keys(json)).toEqual(['name', 'cluster_name', 'cluster_uuid', 'version', 'tagline'])
  expect(json).toMatchObject({
    name: 'n',
    cluster_name: 'c',
    version: { number: '9.1.5', build_flavor: 'default', build_hash: expect.stringMatching(/^[0-9a-f]{40}$/) },
    tagline: 'You Know, for Search',
  })
})

test('HEAD / answers the same without a body', async () => {
  const { status, text, headers } = await testNode().call('HEAD /')
  expect([status, text, headers.get('X-elastic-product')]).toEqual([200, '', 'Elasticsearch'])
})
