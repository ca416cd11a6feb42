import { expect, test } from 'vitest'
import { SamlError } from '#saml/errors'
import type { SamlRealm } from '../../../realm/saml-realm.ts'
import { fakeRealm } from '../../fake-realm.test-support.ts'
import { bearer, errorOf, testNode } from '../../test-node.test-support.ts'

const path = 'POST /_security/saml/authenticate'
const content = Buffer.from('alice s1').toString('base64')

const refusing =
  (code: 'SAML_EXPIRED' | 'SAML_MESSAGE_MISSING', message: string): SamlRealm['authenticate'] =>
  async () => {
    throw new SamlError(code, message)
  }

const genericReason =
  'unable to authenticate user [<unauthenticated-saml-user>] for action [cluster:admin/xpack/security/saml/authenticate]'

test('a Response becomes tokens, and the answer has the order of a node', async () => {
  const { status, json } = await testNode().call(path, { content, ids: [], realm: 'saml1' })
  expect(status).toBe(200)
  expect(Object.keys(json)).toEqual([
    'username',
    'realm',
    'access_token',
    'refresh_token',
    'expires_in',
    'authentication',
  ])
  expect(json).toMatchObject({ username: 'alice', realm: 'saml1', expires_in: 1200 })
})

test('case 88: the login answer says who logged in, at which realm, by that realm', async () => {
  const { json } = await testNode().call(path, { content, ids: [] })
  expect(json['authentication']).toEqual({
    username: 'alice',
    roles: [],
    full_name: null,
    email: null,
    metadata: { saml_nameid: 'alice', 'saml(urn:oid:0.9.2342.19200300.100.1.1)': ['alice'], saml_uid: ['alice'] },
    enabled: true,
    authentication_realm: { name: 'saml1', type: 'saml' },
    lookup_realm: { name: 'saml1', type: 'saml' },
    authentication_type: 'realm',
  })
})

test('case 89: the token shows the same user, as a token', async () => {
  const node = testNode()
  const { accessToken } = await node.login()
  const { json } = await node.call('GET /_security/_authenticate', undefined, bearer(accessToken))
  expect(json).toMatchObject({ username: 'alice', authentication_type: 'token', metadata: { saml_uid: ['alice'] } })
})

test('case 90: the service user that logged somebody in refreshes for them', async () => {
  const node = testNode()
  const { refreshToken } = await node.login()
  const body = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const { json } = await node.call('POST /_security/oauth2/token', body)
  const me = await node.call('GET /_security/_authenticate', undefined, bearer(String(json['access_token'])))
  expect(me.json).toMatchObject({ username: 'alice', authentication_realm: { name: 'saml1', type: 'saml' } })
})

test.each([
  ['a list', ['_1', '_2'], ['_1', '_2']],
  ['one text', '_1', ['_1']],
  ['an empty list', [], []],
  ['null', null, null],
  ['nothing', undefined, null],
])('the realm gets the ids as they were given: %s', async (_case, ids, expected) => {
  const seen: unknown[] = []
  const { authenticate } = fakeRealm()
  const recording: SamlRealm['authenticate'] = (xml, given) => {
    seen.push(given)
    return authenticate(xml, given)
  }
  await testNode({ realms: [fakeRealm({ authenticate: recording })] }).call(path, { content, ids })
  expect(seen).toEqual([expected])
})

test('whitespace in the content does not count', async () => {
  const spaced = content.replace(/..../g, '$&\r\n\t ')
  expect((await testNode().call(path, { content: spaced, ids: [] })).json['username']).toBe('alice')
})

test.each([
  ['QUJ-', 'Illegal base64 character 2d'],
  ['QUJDR', 'Last unit does not have enough valid bits'],
  ['QQ=', 'Input byte array has wrong 4-byte ending unit'],
])('content that is no base64 is the mistake of the caller: %s', async (broken, reason) => {
  const node = testNode()
  const answer = await node.call(path, { content: broken, ids: [] })
  expect([answer.status, errorOf(answer)]).toMatchObject([400, { type: 'illegal_argument_exception', reason }])
  expect(errorOf(answer)).not.toHaveProperty('caused_by')
  expect(node.logged).toEqual([
    {
      level: 'warn',
      facts: { code: 'CALL_UNREADABLE', type: 'illegal_argument_exception', action: 'authenticate' },
      message: 'the call cannot be read',
    },
  ])
})

test('no content is a null pointer', async () => {
  const answer = await testNode().call(path, { ids: [] })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'null_pointer_exception',
    'Cannot invoke "String.replaceAll(String, String)" because "content" is null',
  ])
})

test('a refused Response is a 401 without the reason, which goes to the log in one line', async () => {
  const node = testNode({ realms: [fakeRealm({ authenticate: refusing('SAML_EXPIRED', 'too late') })] })
  const answer = await node.call(path, { content, ids: [] })
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    401,
    'security_exception',
    genericReason,
  ])
  expect(answer.headers.get('www-authenticate')).toBe(
    'Basic realm="security" charset="UTF-8", Bearer realm="security", ApiKey',
  )
  expect(node.logged).toEqual([
    {
      level: 'warn',
      facts: { code: 'SAML_EXPIRED', action: 'authenticate', realm: 'saml1', trusts: 'https://idp.test' },
      message: 'too late',
    },
  ])
})

test('case 86: without a realm the Response is offered to each in order until one accepts', async () => {
  const asked: string[] = []
  const realms = ['c', 'a', 'b'].map((name, index) => {
    const { authenticate } = fakeRealm({ name })
    return fakeRealm({
      name,
      order: -index,
      authenticate: async (xml, ids) => {
        asked.push(name)
        return name === 'c' ? authenticate(xml, ids) : refusing('SAML_EXPIRED', 'not mine')(xml, ids)
      },
    })
  })
  const node = testNode({ realms })
  expect((await node.call(path, { content, ids: [] })).json['realm']).toBe('c')
  expect([asked, node.logged]).toEqual([['b', 'a', 'c'], []])
})

test('case 87: a Response for one realm is not accepted in the name of another', async () => {
  const realms = [
    fakeRealm({ name: 'a' }),
    fakeRealm({ name: 'b', authenticate: refusing('SAML_EXPIRED', 'not mine') }),
  ]
  expect((await testNode({ realms }).call(path, { content, ids: [], realm: 'b' })).status).toBe(401)
})

test('a realm that does not exist is the generic 401 too', async () => {
  const node = testNode()
  const answer = await node.call(path, { content, ids: [], realm: 'none' })
  expect([answer.status, errorOf(answer)['reason']]).toEqual([401, genericReason])
  expect(node.logged).toEqual([
    {
      level: 'warn',
      facts: { code: 'SAML_REALM', action: 'authenticate', realm: 'none' },
      message: 'no SAML realm was asked',
    },
  ])
})

test('a message that several realms refuse is one line for each, in their order', async () => {
  const realms = [
    fakeRealm({ name: 'a', authenticate: refusing('SAML_EXPIRED', 'too late') }),
    fakeRealm({ name: 'b', authenticate: refusing('SAML_MESSAGE_MISSING', 'quotes: SECRET') }),
  ]
  const node = testNode({ realms })
  await node.call(path, { content, ids: [] })
  const action = 'authenticate'
  expect(node.logged).toEqual([
    {
      level: 'warn',
      facts: { code: 'SAML_EXPIRED', action, realm: 'a', trusts: 'https://idp.test' },
      message: 'too late',
    },
    {
      level: 'warn',
      facts: { code: 'SAML_MESSAGE_MISSING', action, realm: 'b', trusts: 'https://idp.test' },
      message: 'the query string cannot be read',
    },
  ])
})
