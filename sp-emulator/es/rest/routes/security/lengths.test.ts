import { expect, test } from 'vitest'
import { type Answer, errorOf, testNode } from '../../../test-node.test-support.ts'

// A node counts these in characters: letters that need two octets show that we do not count octets.

const description = (length: number) => ({ cluster: ['monitor'], description: 'ü'.repeat(length) })
const withPassword = (length: number) => ({ password: 'ü'.repeat(length), roles: [] })
const outcome = (answer: Answer) => [answer.status, answer.status === 200 ? undefined : errorOf(answer)['reason']]

test.each<[string, string, (length: number) => object, number, string]>([
  [
    'the name of an API key',
    'POST /_security/api_key',
    (length) => ({ name: 'ü'.repeat(length) }),
    256,
    'Validation Failed: 1: api key name may not be more than 256 characters long;',
  ],
  [
    'the description of a role',
    'PUT /_security/role/r',
    description,
    1000,
    'Validation Failed: 1: Role description must be less than 1000 characters.;',
  ],
])('%s may be as long as its limit in characters, and no longer', async (_what, line, body, limit, reason) => {
  const node = testNode()
  expect(outcome(await node.call(line, body(limit)))).toEqual([200, undefined])
  expect(outcome(await node.call(line, body(limit + 1)))).toEqual([400, reason])
})

test('a password of six characters is long enough, one of five is not though it has ten octets', async () => {
  const node = testNode()
  const reason = 'Validation Failed: 1: passwords must be at least [6] characters long;'
  expect(outcome(await node.call('PUT /_security/user/u', withPassword(5)))).toEqual([400, reason])
  expect(outcome(await node.call('PUT /_security/user/u', withPassword(6)))).toEqual([200, undefined])
})

test('a role name may have 1024 characters, and no letter beyond ASCII', async () => {
  const node = testNode()
  const put = async (name: string) => (await node.call(`PUT /_security/role/${encodeURIComponent(name)}`, {})).status
  expect([await put('r'.repeat(1024)), await put('r'.repeat(1025)), await put('ü')]).toEqual([200, 400, 400])
})
