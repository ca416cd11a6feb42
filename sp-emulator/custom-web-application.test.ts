import { expect, test } from 'vitest'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { type Answer, basic, bearer, errorOf } from './es/test-node.test-support.ts'
import { type RealNode, realNode } from './real-node.test-support.ts'
import { signedLogin, withAssertion, withConfirmation, withResponse } from './realm/test-logins.test-support.ts'
import { carry, idpEntityId, logoutQuery, logoutUrl, noon, signed } from './realm/test-realm.test-support.ts'
import { readRedirect } from './realm/write/redirect.test-support.ts'

// The requests of the guide "SAML without Kibana", word for word (https://www.elastic.co/docs/deploy-manage/users-roles/cluster-or-deployment-auth/saml-without-kibana).

const serviceRole = '{\n  "cluster" : ["manage_saml", "manage_token"]\n}'
const serviceUser = '{\n  "password" : "<somePasswordHere>",\n  "roles"    : ["saml-service-role"]\n}'
const financeMapping = `{
  "roles": [ "finance_data" ],
  "enabled": true,
  "rules": { "all": [
        { "field": { "realm.name": "saml1" } },
        { "field": { "groups": "finance-team" } }
  ] }
}`
const asServiceUser = basic('saml-service-user', '<somePasswordHere>')

const createRole = (node: RealNode) => node.call('POST /_security/role/saml-service-role', serviceRole)
const createUser = (node: RealNode) => node.call('POST /_security/user/saml-service-user', serviceUser)
const createMapping = (node: RealNode) => node.call('PUT /_security/role_mapping/saml-finance', financeMapping)

/** A node whose administrator has done what the guide asks for. */
async function preparedNode(): Promise<RealNode> {
  const node = realNode({ attributes: { principal: 'nameid', groups: 'groups' } })
  for (const create of [createRole, createUser, createMapping]) await create(node)
  return node
}

const saml = (node: RealNode, name: string, body: string | object): Promise<Answer> =>
  node.call(`POST /_security/saml/${name}`, body, asServiceUser)

/** The Response of the IdP to the request with this id. */
async function responseTo(id: unknown): Promise<string> {
  const attributes = [{ name: 'groups', values: ['finance-team', 'staff'] }]
  const inResponseTo = String(id)
  const changes = [withConfirmation({ inResponseTo }), withAssertion({ attributes }), withResponse({ inResponseTo })]
  return (await signedLogin(...changes)).toString('base64')
}

async function logIn(node: RealNode): Promise<{ token: string; refreshToken: string }> {
  const prepared = await saml(node, 'prepare', '{\n  "realm" : "saml1"\n}')
  const { id } = prepared.json
  const content = await responseTo(id)
  const { json } = await saml(node, 'authenticate', `{\n  "content" : "${content}",\n  "ids" : ["${id}"]\n}`)
  return { token: String(json['access_token']), refreshToken: String(json['refresh_token']) }
}

test('the guide: role, user and mapping are created', async () => {
  const node = realNode()
  expect((await createRole(node)).text).toBe('{"role":{"created":true}}')
  expect((await createUser(node)).text).toBe('{"created":true}')
  expect((await createMapping(node)).text).toBe('{"role_mapping":{"created":true}}')
})

test('the guide: prepare answers redirect, realm and id', async () => {
  const { status, json } = await saml(await preparedNode(), 'prepare', '{\n  "realm" : "saml1"\n}')
  expect(status).toBe(200)
  expect(Object.keys(json)).toEqual(['realm', 'id', 'redirect'])
  expect(readRedirect(String(json['redirect'])).xml).toContain(` ID="${json['id']}" `)
})

test('the guide: who logged in has the mapped roles and their attributes', async () => {
  const node = await preparedNode()
  const { token } = await logIn(node)
  const { json } = await node.call('GET /_security/_authenticate/', undefined, bearer(token))
  expect(json).toMatchObject({
    username: 'alice',
    roles: ['finance_data'],
    metadata: { 'saml(groups)': ['finance-team', 'staff'], saml_nameid: 'alice' },
    authentication_realm: { name: 'saml1', type: 'saml' },
    authentication_type: 'token',
  })
})

test('the guide: the service user keeps the access of who logged in alive', async () => {
  const node = await preparedNode()
  const { refreshToken } = await logIn(node)
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const { json } = await node.call('POST /_security/oauth2/token', grant, asServiceUser)
  const who = await node.call('GET /_security/_authenticate', undefined, bearer(String(json['access_token'])))
  expect(who.json).toMatchObject({ username: 'alice', roles: ['finance_data'] })
})

test('the guide: a logout redirects to the IdP, and its confirmation is checked', async () => {
  const node = await preparedNode()
  const { token, refreshToken } = await logIn(node)
  const body = `{\n  "token" : "${token}",\n  "refresh_token": "${refreshToken}"\n}`
  const { json } = await saml(node, 'logout', body)
  expect(json['redirect']).toMatch(/^https:\/\/idp\.test\/slo\?SAMLRequest=/)
  expect((await node.call('GET /_security/_authenticate', undefined, bearer(token))).status).toBe(401)
  const header = { id: '_r', issueInstant: noon, issuer: idpEntityId, destination: logoutUrl, status: success }
  const confirmed = writeLogoutResponse({ ...header, inResponseTo: String(json['id']) })
  const query = signed(carry(confirmed, 'SAMLResponse'))
  const completed = await saml(node, 'complete_logout', { realm: 'saml1', ids: [json['id']], query_string: query })
  expect([completed.status, completed.text]).toEqual([200, '{}'])
})

test('case 126, the guide: the field that it calls query is unknown, and nothing ends', async () => {
  const node = await preparedNode()
  const { token } = await logIn(node)
  const answer = await saml(node, 'invalidate', `{\n  "query" : "${logoutQuery()}",\n  "realm" : "saml1"\n}`)
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    400,
    '[2:3] [saml_invalidate_session] unknown field [query]',
  ])
  expect((await node.call('GET /_security/_authenticate', undefined, bearer(token))).status).toBe(200)
})

test('the guide: a logout from the IdP ends the tokens and answers with a redirect', async () => {
  const node = await preparedNode()
  const { token } = await logIn(node)
  const answer = await saml(node, 'invalidate', `{\n  "query_string" : "${logoutQuery()}",\n  "realm" : "saml1"\n}`)
  expect(answer.json).toMatchObject({
    realm: 'saml1',
    invalidated: 1,
    redirect: expect.stringMatching(/^https:\/\/idp\.test\/slo\?SAMLResponse=/),
  })
  expect((await node.call('GET /_security/_authenticate', undefined, bearer(token))).status).toBe(401)
})

test.each([
  ['prepare', { realm: 'saml1' }],
  ['authenticate', { content: 'eA==', ids: [] }],
  ['logout', { token: 'x' }],
  ['invalidate', { query_string: 'x', realm: 'saml1' }],
  ['complete_logout', { realm: 'saml1', query_string: 'x' }],
])('without manage_saml %s is refused with the privileges that would grant it', async (name, body) => {
  const node = await preparedNode()
  await node.call('PUT /_security/role/saml-service-role', { cluster: ['manage_token'] })
  const answer = await saml(node, name, body)
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    403,
    `action [cluster:admin/xpack/security/saml/${name}] is unauthorized for user [saml-service-user] with effective roles [saml-service-role], ` +
      'this action is granted by the cluster privileges [manage_saml,manage_security,all]',
  ])
})

test('who fits no mapping logs in without roles', async () => {
  const node = realNode()
  const { accessToken } = await node.login()
  const who = await node.call('GET /_security/_authenticate', undefined, bearer(accessToken))
  expect(who.json).toMatchObject({ username: 'alice', roles: [] })
})
