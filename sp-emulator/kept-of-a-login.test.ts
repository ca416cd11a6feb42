import { expect, test } from 'vitest'
import { heapGrowth } from '#server/heap.test-support'
import { testNode } from './es/test-node.test-support.ts'
import { signedLogin, withAssertion } from './realm/test-logins.test-support.ts'
import { logoutQuery, testRealm } from './realm/test-realm.test-support.ts'

// cases/robustness M1: a login must not keep its whole assertion in memory.

const messageSize = 100_000
const padding = withAssertion({ attributes: [{ name: 'padding', values: ['x'.repeat(messageSize)] }] })

test('of a login nothing is kept but what the node needs, though it was read from a long message', async () => {
  const node = testNode({ realms: [testRealm({ privateAttributes: ['padding'] }).realm] })
  const content = (await signedLogin(padding)).toString('base64')
  const logInOften = async () => {
    for (let each = 0; each < 30; each++) {
      const { status } = await node.call('POST /_security/saml/authenticate', { content, ids: ['_login1'] })
      expect(status).toBe(200)
    }
  }
  await logInOften()
  expect(await heapGrowth(logInOften)).toBeLessThan(10 * messageSize)
  const { json } = await node.call('POST /_security/saml/invalidate', { realm: 'saml1', query_string: logoutQuery() })
  expect(json).toMatchObject({ invalidated: 60 })
})
