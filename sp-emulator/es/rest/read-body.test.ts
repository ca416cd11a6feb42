import { expect, test } from 'vitest'
import { cutOffRequest } from '#server/cut-off-request.test-support'
import { basic, errorOf, testNode } from '../test-node.test-support.ts'

test('a body on a call that takes none is refused', async () => {
  const answer = await testNode().call('GET /_security/saml/metadata/saml1', undefined, {
    'content-length': '2',
    'content-type': 'application/json',
  })
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    400,
    'request [GET /_security/saml/metadata/saml1] does not support having a body',
  ])
})

test.each([
  ['none', undefined],
  ['an empty one', ''],
])('a call that needs a body refuses %s', async (_case, body) => {
  const answer = await testNode().call('POST /_security/saml/logout', body)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    400,
    'parse_exception',
    'request body is required',
  ])
})

test('a body above the limit is 413 and nothing more', async () => {
  const node = testNode({ maxBodyOctets: 10 })
  expect((await node.call('POST /_security/saml/logout', '{"a":"123456"}')).status).toBe(413)
  expect((await node.call('POST /_security/saml/logout', '{"a":12  }')).status).toBe(400)
})

// cases/robustness H1
test('unless said otherwise the limit of a body is 1 MiB', async () => {
  const body = (octets: number) => `{"realm":"saml1"${' '.repeat(octets - 17)}}`
  const node = testNode()
  expect((await node.call('POST /_security/saml/prepare', body(1024 * 1024))).status).toBe(200)
  expect((await node.call('POST /_security/saml/prepare', body(1024 * 1024 + 1))).status).toBe(413)
})

test('a caller that goes away in the middle of a body leaves no line in the log', async () => {
  const node = testNode()
  const answer = await node.es.fetch(cutOffRequest('http://es.test/_security/saml/logout', basic('elastic')))
  expect([answer.status, await answer.text()]).toEqual([400, ''])
  expect(node.logged).toEqual([])
})
