import { expect, test } from 'vitest'
import { basic, errorOf, testNode } from '../../../test-node.test-support.ts'

const path = '/_security/user/saml-service-user'
const user = { password: 'changeme', roles: ['saml-service-role'] }
const whoAmI = 'GET /_security/_authenticate'
const asUser = basic('saml-service-user', 'changeme')

test.each(['POST', 'PUT'])('%s creates a user once, who can log in', async (method) => {
  const node = testNode()
  const answers = [await node.call(`${method} ${path}`, user), await node.call(`${method} ${path}`, user)]
  expect(answers.map(({ status, text }) => [status, text])).toEqual([
    [200, '{"created":true}'],
    [200, '{"created":false}'],
  ])
  expect((await node.call(whoAmI, undefined, asUser)).json).toMatchObject({
    username: 'saml-service-user',
    roles: ['saml-service-role'],
    authentication_realm: { name: 'default_native', type: 'native' },
  })
})

test('a user is shown without the password, in the order of a node', async () => {
  const node = testNode()
  const more = { full_name: 'S', email: 's@x', metadata: { a: { b: [1] } }, enabled: false }
  await node.call(`PUT ${path}`, { ...user, ...more })
  expect((await node.call(`GET ${path}`)).text).toBe(
    '{"saml-service-user":{"username":"saml-service-user","roles":["saml-service-role"],"full_name":"S","email":"s@x",' +
      '"metadata":{"a":{"b":[1]}},"enabled":false}}',
  )
})

test('an update without a password keeps it and replaces everything else', async () => {
  const node = testNode()
  await node.call(`PUT ${path}`, { ...user, full_name: 'S' })
  await node.call(`PUT ${path}`, { roles: 'a,b' })
  const who = await node.call(whoAmI, undefined, asUser)
  expect(who.json).toMatchObject({ roles: ['a', 'b'], full_name: null })
})

test('a fresh node has its reserved users', async () => {
  const { json } = await testNode().call('GET /_security/user')
  expect(json).toMatchObject({
    elastic: { roles: ['superuser'], metadata: { _reserved: true }, enabled: true },
    kibana_system: { roles: ['kibana_system'], metadata: { _reserved: true } },
  })
})

test.each([
  [`GET ${path}`, '{}'],
  [`DELETE ${path}`, '{"found":false}'],
])('%s of a user who is not there is 404', async (line, text) => {
  const answer = await testNode().call(line)
  expect([answer.status, answer.text]).toEqual([404, text])
})

test('a deleted user can no longer log in', async () => {
  const node = testNode()
  await node.call(`PUT ${path}`, user)
  expect((await node.call(`DELETE ${path}`)).text).toBe('{"found":true}')
  expect((await node.call(whoAmI, undefined, asUser)).status).toBe(401)
})

test.each([
  [
    { roles: [] },
    'validation_exception',
    'Validation Failed: 1: password must be specified unless you are updating an existing user;',
  ],
  [
    { password: 'short', roles: [] },
    'validation_exception',
    'Validation Failed: 1: passwords must be at least [6] characters long;',
  ],
  [{ password: 'changeme' }, 'action_request_validation_exception', 'Validation Failed: 1: roles are missing;'],
  [
    { ...user, metadata: { _a: 1 } },
    'action_request_validation_exception',
    'Validation Failed: 1: metadata keys may not start with [_];',
  ],
  [{ ...user, role: [] }, 'parse_exception', 'failed to parse add user request. unexpected field [role]'],
  [
    { ...user, password: 1 },
    'parse_exception',
    'expected field [password] to be of type string, but found [VALUE_NUMBER] instead',
  ],
  [
    { ...user, enabled: 'yes' },
    'parse_exception',
    'expected field [enabled] to be of type boolean, but found [VALUE_STRING] instead',
  ],
  [
    { ...user, roles: null },
    'parse_exception',
    'could not parse [roles] field. expected a string array but found null value instead',
  ],
  [
    { ...user, username: 'x' },
    'illegal_argument_exception',
    '[username] in source does not match the username provided [saml-service-user]',
  ],
  [
    { password_hash: 'x', roles: [] },
    'illegal_argument_exception',
    '[password_hash] is not supported by this emulator, which keeps no hashes; send [password]',
  ],
])('a body that makes no user is refused: %j', async (body, type, reason) => {
  const answer = await testNode().call(`PUT ${path}`, body)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([400, type, reason])
})

test('of a reserved user only the password can be changed', async () => {
  const node = testNode()
  const put = await node.call('PUT /_security/user/elastic', user)
  expect([put.status, errorOf(put)['reason']]).toEqual([
    400,
    'Validation Failed: 1: user [elastic] is reserved and only the password can be changed;',
  ])
  const removed = await node.call('DELETE /_security/user/elastic')
  expect([removed.status, errorOf(removed)['reason']]).toEqual([
    400,
    'user [elastic] is reserved and cannot be deleted',
  ])
})

test('a reserved user without a password can be given one', async () => {
  const node = testNode()
  const answer = await node.call('PUT /_security/user/beats_system/_password', { password: 'changeme' })
  expect([answer.status, answer.text]).toEqual([200, '{}'])
  const who = await node.call(whoAmI, undefined, basic('beats_system', 'changeme'))
  expect(who.json).toMatchObject({ roles: ['beats_system'], authentication_realm: { type: 'reserved' } })
})

test('users change their own password without a privilege, and nobody else does', async () => {
  const node = testNode()
  const body = { password: 'another' }
  const own = await node.call('POST /_security/user/_password', body, basic('watcher'))
  expect([own.status, own.text]).toEqual([200, '{}'])
  const others = await node.call('POST /_security/user/elastic/_password', body, basic('watcher', 'another'))
  expect([others.status, errorOf(others)['reason']]).toEqual([
    403,
    expect.stringMatching(
      /^action \[cluster:admin\/xpack\/security\/user\/change_password\] is unauthorized for user \[watcher\]/,
    ),
  ])
})

test.each([
  ['nobody', { password: 'changeme' }, 'user must exist in order to change password'],
  ['watcher', {}, 'password is missing'],
  ['watcher', { password: 'short' }, 'passwords must be at least [6] characters long'],
])('a password is not changed: %s %j', async (username, body, message) => {
  const answer = await testNode().call(`PUT /_security/user/${username}/_password`, body)
  expect([answer.status, errorOf(answer)['reason']]).toEqual([400, `Validation Failed: 1: ${message};`])
})

test('a disabled user cannot log in until enabled again', async () => {
  const node = testNode()
  const status = async () => (await node.call(whoAmI, undefined, basic('watcher'))).status
  expect((await node.call('PUT /_security/user/watcher/_disable')).text).toBe('{}')
  expect(await status()).toBe(401)
  expect((await node.call('POST /_security/user/watcher/_enable')).text).toBe('{}')
  expect(await status()).toBe(200)
})

test.each([
  ['nobody', 'validation_exception', 'Validation Failed: 1: only existing users can be disabled;'],
  ['elastic', 'illegal_argument_exception', 'users may not update the enabled status of their own account'],
])('nobody disables %s', async (username, type, reason) => {
  const answer = await testNode().call(`PUT /_security/user/${username}/_disable`)
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([400, type, reason])
})

test('a native user gets tokens by the password grant', async () => {
  const node = testNode()
  await node.call(`PUT ${path}`, user)
  const grant = { grant_type: 'password', username: 'saml-service-user', password: 'changeme' }
  const { status, json } = await node.call('POST /_security/oauth2/token', grant)
  expect([status, json['authentication']]).toEqual([
    200,
    expect.objectContaining({ username: 'saml-service-user', roles: ['saml-service-role'] }),
  ])
})
