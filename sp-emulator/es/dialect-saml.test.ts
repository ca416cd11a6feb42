import { expect, test } from 'vitest'
import { SamlError } from '#saml/errors'
import { fakeRealm } from './fake-realm.test-support.ts'
import { errorOf, testNode } from './test-node.test-support.ts'

/** A node of some version whose realm refuses every LogoutRequest. */
const refusing = (version: string, error = new SamlError('SAML_ISSUER', 'no')) => {
  const refuse = () => {
    throw error
  }
  return testNode({ version, realms: [fakeRealm({ acceptLogoutRequest: refuse, authenticate: async () => refuse() })] })
}

const loginBody = { content: Buffer.from('alice s1').toString('base64'), ids: [] }

test.each([
  ['8.19.12', 500, 'security_exception'],
  ['8.19.13', 401, 'saml_authentication_exception'],
  ['9.2.9', 500, 'security_exception'],
  ['9.3.0', 401, 'saml_authentication_exception'],
])('%s refuses a LogoutRequest with %i', async (version, status, type) => {
  const answer = await refusing(version).call('POST /_security/saml/invalidate', { query_string: 'x' })
  expect([answer.status, errorOf(answer)['type'], answer.headers.get('www-authenticate')]).toEqual([status, type, null])
})

test.each([
  ['9.2.9', 'SAML_BASE64', 400],
  ['9.3.0', 'SAML_BASE64', 401],
  ['9.2.9', 'SAML_QUERY_MALFORMED', 400],
  ['9.3.0', 'SAML_QUERY_MALFORMED', 400],
  ['9.3.0', 'SAML_ENDPOINT_AMBIGUOUS', 500],
] as const)('%s: %s is %i', async (version, code, status) => {
  const node = refusing(version, new SamlError(code, 'no'))
  expect((await node.call('POST /_security/saml/invalidate', { query_string: 'x' })).status).toBe(status)
})

const unsolicited = new SamlError(
  'SAML_IN_RESPONSE_TO',
  'SAML content is in-response-to [_x] but expected one of [] ',
  {
    expected: [],
    actual: '_x',
  },
)

test('9.2 keeps the reason of a refused login to itself', async () => {
  const answer = await refusing('9.2', unsolicited).call('POST /_security/saml/authenticate', loginBody)
  expect([answer.status, errorOf(answer)['type']]).toEqual([401, 'security_exception'])
  expect(answer.text).not.toContain('_x')
})

test('9.3 names the request that a Response claims to answer', async () => {
  const answer = await refusing('9.3', unsolicited).call('POST /_security/saml/authenticate', loginBody)
  const challenges = ['Basic realm="security" charset="UTF-8"', 'Bearer realm="security"', 'ApiKey']
  const entry = {
    type: 'saml_authentication_exception',
    reason: 'SAML content is in-response-to [_x] but expected one of []',
    'security.saml.unsolicited_in_response_to': '_x',
    header: { 'WWW-Authenticate': challenges },
  }
  expect([answer.status, answer.json]).toEqual([401, { error: { root_cause: [entry], ...entry }, status: 401 }])
})

test('9.3 asks no other realm after a Response to a request that is not pending', async () => {
  let asked = false
  const first = fakeRealm({
    authenticate: () => {
      throw unsolicited
    },
  })
  const second = fakeRealm({
    name: 'saml2',
    order: 2,
    authenticate: (xml) => {
      asked = true
      return fakeRealm().authenticate(xml, [])
    },
  })
  const node = testNode({ version: '9.3', realms: [first, second] })
  expect((await node.call('POST /_security/saml/authenticate', loginBody)).status).toBe(401)
  expect(asked).toBe(false)
})

test.each([
  ['9.2', null],
  ['9.3', []],
])('%s takes absent ids for %j', async (version, expected) => {
  const seen: unknown[] = []
  const authenticate = (xml: Buffer, ids: readonly string[] | null) => {
    seen.push(ids)
    return fakeRealm().authenticate(xml, ids)
  }
  const checkLogoutResponse = ({ ids }: { ids: readonly string[] | null }) => void seen.push(ids)
  const node = testNode({ version, realms: [fakeRealm({ authenticate, checkLogoutResponse })] })
  await node.call('POST /_security/saml/authenticate', { content: loginBody.content })
  await node.call('POST /_security/saml/complete_logout', { realm: 'saml1', content: 'x' })
  expect(seen).toEqual([expected, expected])
})

test.each([
  ['9.2', false],
  ['9.3', true],
])('%s answers a login with the request that it ends: %s', async (version, shown) => {
  const authenticate = async (xml: Buffer) => ({ ...(await fakeRealm().authenticate(xml, [])), inResponseTo: '_1' })
  const { json } = await testNode({ version, realms: [fakeRealm({ authenticate })] }).call(
    'POST /_security/saml/authenticate',
    loginBody,
  )
  expect(json['in_response_to']).toBe(shown ? '_1' : undefined)
})

test.each([
  ['7.17.0', 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'],
  ['8.0.0', undefined],
])('%s asks for the NameID format %s unless a realm says otherwise', async (version, format) => {
  const asked: unknown[] = []
  const prepare = async ({ usualNameIdFormat }: { usualNameIdFormat?: string | undefined }) => {
    asked.push(usualNameIdFormat)
    return { id: '_1', redirect: 'https://idp.test/' }
  }
  await testNode({ version, realms: [fakeRealm({ prepare })] }).call('POST /_security/saml/prepare', {})
  expect(asked).toEqual([format])
})
