import { expect, test } from 'vitest'
import { fakeRealm } from '../../fake-realm.test-support.ts'
import { basic, errorOf, testNode } from '../../test-node.test-support.ts'

test('answers the document of the realm', async () => {
  const { status, json } = await testNode().call('GET /_security/saml/metadata/saml1')
  const metadata = '<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="saml1"/>'
  expect([status, json]).toEqual([200, { metadata }])
})

test('the name of the realm is read through its escapes', async () => {
  const node = testNode({ realms: [fakeRealm({ name: 'säml 1' })] })
  expect((await node.call('GET /_security/saml/metadata/s%C3%A4ml%201')).status).toBe(200)
})

test.each([
  ['none', 'none'],
  ['%zz', '%zz'],
  ['saml1%2F', 'saml1/'],
])('an unknown realm is refused by its name: %s', async (segment, shown) => {
  const answer = await testNode().call(`GET /_security/saml/metadata/${segment}`)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'security_exception',
    `Cannot find any matching realm for [${shown}]`,
  ])
})

test('a blank realm is refused', async () => {
  const answer = await testNode().call('GET /_security/saml/metadata/%20')
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    400,
    'Validation Failed: 1: Realm name may not be empty;',
  ])
})

test('no realm at all is no path', async () => {
  expect((await testNode().call('GET /_security/saml/metadata/')).text).toBe(
    '{"error":"no handler found for uri [/_security/saml/metadata/] and method [GET]"}',
  )
})

test('whoever may monitor may read it', async () => {
  const users = [{ username: 'app', password: 'secret', roles: ['remote_monitoring_collector'] }]
  const answer = await testNode({ users }).call('GET /_security/saml/metadata/saml1', undefined, basic('app'))
  expect(answer.status).toBe(200)
})
