import { expect, test } from 'vitest'
import { makeToken } from '../../../tokens/token.ts'
import { errorOf, testNode } from '../../test-node.test-support.ts'

const path = 'DELETE /_security/oauth2/token'
const wellFormed = makeToken(Buffer.alloc(16, 0xff))
const counts = (invalidated: number, previously = 0) => ({
  invalidated_tokens: invalidated,
  previously_invalidated_tokens: previously,
  error_count: 0,
})

test('case 101: a token is invalidated once, in the order of a node', async () => {
  const node = testNode()
  const { accessToken } = await node.login()
  const first = await node.call(path, { token: accessToken })
  expect([first.status, first.text]).toEqual([
    200,
    '{"invalidated_tokens":1,"previously_invalidated_tokens":0,"error_count":0}',
  ])
  const second = await node.call(path, { token: accessToken })
  expect([second.status, second.json]).toEqual([200, counts(0, 1)])
})

test('case 102: the refresh token is invalidated by itself', async () => {
  const node = testNode()
  const { accessToken, refreshToken } = await node.login()
  expect((await node.call(path, { refresh_token: refreshToken })).json).toEqual(counts(1))
  expect((await node.call(path, { token: accessToken })).json).toEqual(counts(1))
})

test.each([{ username: 'alice' }, { realm_name: 'saml1' }, { realm_name: 'saml1', username: 'alice' }])(
  'case 103: three logins are six tokens: %j',
  async (body) => {
    const node = testNode()
    for (const who of ['alice s1', 'alice s2', 'alice s3']) await node.login(who)
    const answer = await node.call(path, body)
    expect([answer.status, answer.json]).toEqual([200, counts(6)])
  },
)

test('case 104: a realm without tokens is zeros', async () => {
  const answer = await testNode().call(path, { realm_name: 'none' })
  expect([answer.status, answer.json]).toEqual([200, counts(0)])
})

test.each([{ token: wellFormed }, { refresh_token: wellFormed }])(
  'case 105: before the first token a well-formed one cannot be invalidated: %j',
  async (body) => {
    const answer = await testNode().call(path, body)
    expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
      400,
      'security_exception',
      'failed to invalidate token',
    ])
  },
)

test.each(['garbage', 'x', '%%%', wellFormed])('case 106: an unknown token is 404 with zeros: %s', async (token) => {
  const node = testNode()
  await node.login()
  const answer = await node.call(path, { token })
  expect([answer.status, answer.json]).toEqual([404, counts(0)])
})

test('two tokens at once are refused', async () => {
  const answer = await testNode().call(path, { token: 'a', refresh_token: 'b' })
  expect([answer.status, errorOf(answer)]).toMatchObject([
    400,
    {
      type: 'x_content_parse_exception',
      reason: 'Failed to build [invalidate_token] after last required field arrived',
      caused_by: {
        type: 'illegal_argument_exception',
        reason: 'only one of [token, refresh_token] may be sent per request',
      },
    },
  ])
})

test.each([
  [{}, '1: token string must be provided when not specifying a realm name or a username;'],
  [{ token: '' }, '1: token string must be provided when not specifying a realm name or a username;'],
  [
    { token: 'x', username: 'alice' },
    '1: token string must not be provided when realm name or username is specified;' +
      '2: token type must not be provided when realm name or username is specified;',
  ],
])('a token or an owner is named, not both: %j', async (body, messages) => {
  const answer = await testNode().call(path, body)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    400,
    'action_request_validation_exception',
    `Validation Failed: ${messages}`,
  ])
})
