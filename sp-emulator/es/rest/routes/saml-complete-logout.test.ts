import { expect, test } from 'vitest'
import { SamlError } from '#saml/errors'
import { fakeRealm } from '../../fake-realm.test-support.ts'
import { errorOf, testNode } from '../../test-node.test-support.ts'

const path = 'POST /_security/saml/complete_logout'

test.each([
  ['a query', { query_string: 'q', ids: ['_1'] }, { queryString: 'q', content: undefined, ids: ['_1'] }],
  ['a form', { content: 'c', ids: '_1' }, { queryString: undefined, content: 'c', ids: ['_1'] }],
  ['a form beside a null', { content: 'c', query_string: null }, { queryString: undefined, content: 'c', ids: null }],
  ['a form beside an empty query', { content: 'c', query_string: '' }, { queryString: '', content: 'c', ids: null }],
])('the realm judges what came, as it came: %s', async (_case, body, expected) => {
  const seen: unknown[] = []
  const realm = fakeRealm({ checkLogoutResponse: (input) => void seen.push(input) })
  const { status, text } = await testNode({ realms: [realm] }).call(path, { realm: 'saml1', ...body })
  expect([status, text, seen]).toEqual([200, '{}', [expected]])
})

test.each([
  [{ content: 'c' }, '1: realm may not be empty;'],
  [{ realm: ' ', content: 'c' }, '1: realm may not be empty;'],
  [{ realm: 'saml1' }, '1: query_string and content may not both be empty;'],
  [{ realm: 'saml1', query_string: ' ', content: '' }, '1: query_string and content may not both be empty;'],
  [{ realm: 'saml1', query_string: 'q', content: 'c' }, '1: query_string and content may not both present;'],
  [{}, '1: realm may not be empty;2: query_string and content may not both be empty;'],
])('what is missing or too much is named: %j', async (body, messages) => {
  const answer = await testNode().call(path, body)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    400,
    'action_request_validation_exception',
    `Validation Failed: ${messages}`,
  ])
})

test('a refused LogoutResponse is 500 with the reason of the realm, and one line in the log', async () => {
  const reason = 'Query string is not signed, but is required for HTTP-Redirect binding'
  const checkLogoutResponse = () => {
    throw new SamlError('SAML_UNSIGNED', reason)
  }
  const node = testNode({ realms: [fakeRealm({ checkLogoutResponse })] })
  const answer = await node.call(path, { realm: 'saml1', query_string: 'q', ids: [] })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'security_exception',
    reason,
  ])
  expect(node.logged).toEqual([
    {
      level: 'warn',
      facts: { code: 'SAML_UNSIGNED', action: 'complete_logout', realm: 'saml1', trusts: 'https://idp.test' },
      message: reason,
    },
  ])
})

test('ids that are missing may be a null pointer, if the realm says so', async () => {
  const checkLogoutResponse = () => {
    throw new SamlError('SAML_IN_RESPONSE_TO', 'ids is null', { esType: 'null_pointer_exception' })
  }
  const node = testNode({ realms: [fakeRealm({ checkLogoutResponse })] })
  const answer = await node.call(path, { realm: 'saml1', query_string: 'q' })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'null_pointer_exception',
    'ids is null',
  ])
})

test('an unknown realm is refused by its name', async () => {
  const answer = await testNode().call(path, { realm: 'none', query_string: 'q', ids: [] })
  expect([answer.status, errorOf(answer)['reason']]).toEqual([500, 'Cannot find any matching realm with name [none]'])
})

test('the old name works with a Warning of this call', async () => {
  const answer = await testNode().call(path, { realm: 'saml1', queryString: 'q', ids: [] })
  expect([answer.status, answer.headers.get('warning')]).toEqual([
    200,
    expect.stringContaining(
      '[saml_complete_logout][1:18] Deprecated field [queryString] used, expected [query_string] instead',
    ),
  ])
})
