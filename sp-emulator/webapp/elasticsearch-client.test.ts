import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from '#server/serve'
import { connectElasticsearch } from './elasticsearch-client.ts'
import type { AnsweredLogout, ElasticsearchSaml } from './elasticsearch-saml.ts'
import { fakeElasticsearch, type Reply, refusal } from './fake-elasticsearch.test-support.ts'

async function connected(replies: Readonly<Record<string, Reply>>, timeoutMs = 5000) {
  const node = await fakeElasticsearch(replies)
  const elasticsearch = connectElasticsearch({ node: node.node, username: 'elastic', password: 'changeme', timeoutMs })
  const dispose = async () => {
    await elasticsearch.close()
    await node[Symbol.asyncDispose]()
  }
  return { node, elasticsearch, [Symbol.asyncDispose]: dispose }
}

const serviceUser = `Basic ${Buffer.from('elastic:changeme').toString('base64')}`

test('an end user is authenticated by the bearer token, everything else by the service user', async () => {
  await using it = await connected({
    'GET /_security/_authenticate': { body: { username: 'alice' } },
    'POST /_security/saml/prepare': { body: { id: '_1', realm: 'saml1', redirect: 'http://idp.test' } },
  })
  await it.elasticsearch.whoAmI('Bearer token1')
  await it.elasticsearch.prepare({ realm: 'saml1' })
  expect(it.node.calls.map(({ authorization }) => authorization)).toEqual(['Bearer token1', serviceUser])
})

test('a Response goes into the body with the ids that are pending', async () => {
  const body = { username: 'alice', realm: 'saml1', access_token: 'a', refresh_token: 'r', in_response_to: '_1' }
  await using it = await connected({ 'POST /_security/saml/authenticate': { body } })
  const login = await it.elasticsearch.authenticate({ content: 'PD9==', ids: ['_1', '_2'], realm: undefined })
  expect(it.node.calls[0]?.body).toEqual({ content: 'PD9==', ids: ['_1', '_2'] })
  expect(login).toEqual({
    username: 'alice',
    realm: 'saml1',
    tokens: { accessToken: 'a', refreshToken: 'r' },
    inResponseTo: '_1',
  })
})

test('no pending login is said by an empty list, not by silence', async () => {
  await using it = await connected({ 'POST /_security/saml/authenticate': { body: {} } })
  await it.elasticsearch.authenticate({ content: 'PD9==', ids: [], realm: 'saml1' })
  expect(it.node.calls[0]?.body).toEqual({ content: 'PD9==', ids: [], realm: 'saml1' })
})

test('a 401 for an access token means that it is no longer good', async () => {
  await using it = await connected({ 'GET /_security/_authenticate': refusal(401, 'token expired') })
  expect(await it.elasticsearch.whoAmI('Bearer token1')).toBeUndefined()
})

test('a refresh answers the new pair', async () => {
  await using it = await connected({
    'POST /_security/oauth2/token': { body: { access_token: 'a2', refresh_token: 'r2' } },
  })
  expect(await it.elasticsearch.refresh('r1')).toEqual({ accessToken: 'a2', refreshToken: 'r2' })
  expect(it.node.calls[0]).toMatchObject({
    authorization: serviceUser,
    body: { grant_type: 'refresh_token', refresh_token: 'r1' },
  })
})

test('a 400 for a refresh token means that it is no longer good', async () => {
  const body = { error: 'invalid_grant', error_description: 'token has been invalidated' }
  await using it = await connected({ 'POST /_security/oauth2/token': { status: 400, body } })
  expect(await it.elasticsearch.refresh('r1')).toBeUndefined()
})

test('tokens are dropped one by one, the refresh token first, and unknown ones do not matter', async () => {
  const zeros = { invalidated_tokens: 0, previously_invalidated_tokens: 0, error_count: 0 }
  await using it = await connected({ 'DELETE /_security/oauth2/token': { status: 404, body: zeros } })
  await it.elasticsearch.dropTokens({ accessToken: 'a', refreshToken: 'r' })
  expect(it.node.calls.map(({ body }) => body)).toEqual([{ refresh_token: 'r' }, { token: 'a' }])
})

test.each([
  ['the envelope', refusal(500, 'Logout request is not signed'), 500, 'Logout request is not signed'],
  ['a bare string', { status: 405, body: { error: 'Incorrect HTTP method' } }, 405, 'Incorrect HTTP method'],
  ['the OAuth form', { status: 400, body: { error: 'invalid_grant', error_description: 'why' } }, 400, 'why'],
  ['no words', { status: 403, body: {} }, 403, 'Elasticsearch answered with status 403.'],
])('a refusal keeps the status and the reason: %s', async (_case, reply, status, message) => {
  await using it = await connected({ 'POST /_security/saml/invalidate': reply })
  await expect(invalidate(it.elasticsearch)).rejects.toMatchObject({ name: 'ElasticsearchError', status, message })
})

test('a refused call is made once', async () => {
  await using it = await connected({ 'POST /_security/saml/invalidate': refusal(503, 'busy') })
  await expect(invalidate(it.elasticsearch)).rejects.toMatchObject({ status: 503, message: 'busy' })
  expect(it.node.calls).toHaveLength(1)
})

test('an error carries no token, not even as its cause', async () => {
  await using it = await connected({ 'POST /_security/saml/logout': refusal(500, 'supplied token is not valid') })
  const error = await it.elasticsearch
    .logout({ accessToken: 'secret1', refreshToken: 'secret2' })
    .catch((e: unknown) => e)
  expect(error).toMatchObject({ message: 'supplied token is not valid' })
  expect(error).not.toHaveProperty('cause')
})

test('a node that does not answer is given up on', async () => {
  await using it = await connected({}, 50)
  it.node.reply('POST /_security/saml/invalidate', () => new Promise(() => undefined))
  await expect(invalidate(it.elasticsearch)).rejects.toMatchObject({
    name: 'ElasticsearchError',
    status: 503,
    message: 'Elasticsearch did not answer in time.',
  })
})

test('a node that is away is one sentence, and is asked again when it is back', async () => {
  const replies = { 'POST /_security/saml/invalidate': { body: { redirect: 'http://idp.test' } } }
  await using it = await connected(replies)
  const { port } = it.node
  await it.node[Symbol.asyncDispose]()
  await expect(invalidate(it.elasticsearch)).rejects.toMatchObject({
    status: 503,
    message: `Elasticsearch cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
  })
  await using _back = await fakeElasticsearch(replies, port)
  expect(await invalidate(it.elasticsearch)).toMatchObject({ redirect: 'http://idp.test' })
})

test('a call whose connection broke is made once more, since another node may stand at the address', async () => {
  await using it = await connected({ 'POST /_security/saml/invalidate': { body: { redirect: 'http://idp.test' } } })
  const balancer = createServer((call, answer) => {
    if (asked++ === 0) return void call.socket.destroy()
    const on = request({ port: it.node.port, method: call.method, path: call.url, headers: call.headers }, (got) => {
      answer.writeHead(got.statusCode ?? 0, got.rawHeaders)
      got.pipe(answer)
    })
    call.pipe(on)
  })
  let asked = 0
  balancer.listen(0, '127.0.0.1')
  await once(balancer, 'listening')
  onTestFinished(() => {
    balancer.closeAllConnections()
    balancer.close()
  })
  const { port } = balancer.address() as AddressInfo
  const elasticsearch = connectElasticsearch({ node: `http://127.0.0.1:${port}`, username: 'u', password: 'p' })
  expect(await invalidate(elasticsearch)).toMatchObject({ redirect: 'http://idp.test' })
  expect([asked, it.node.calls.length]).toEqual([2, 1])
  await elasticsearch.close()
})

test('a server that is not Elasticsearch is told apart', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  listener.mount(() => Response.json({}))
  const elasticsearch = connectElasticsearch({ node: listener.origin('127.0.0.1'), username: 'u', password: 'p' })
  await expect(invalidate(elasticsearch)).rejects.toMatchObject({
    status: 502,
    message: 'What answers in the place of Elasticsearch does not speak like it.',
  })
  await elasticsearch.close()
  await listener.close()
})

test('a client that nobody used can be closed', async () => {
  const elasticsearch = connectElasticsearch({ node: 'http://127.0.0.1:1', username: 'u', password: 'p' })
  await expect(elasticsearch.close()).resolves.toBeUndefined()
})

function invalidate(elasticsearch: ElasticsearchSaml): Promise<AnsweredLogout> {
  return elasticsearch.invalidate({ queryString: 'SAMLRequest=x', address: { realm: 'saml1' } })
}

test('a LogoutResponse goes into the body with the id of the request that it should answer', async () => {
  await using it = await connected({ 'POST /_security/saml/complete_logout': { body: {} } })
  await it.elasticsearch.completeLogout({ queryString: 'SAMLResponse=a%2b', ids: ['_1'], realm: 'saml1' })
  expect(it.node.calls[0]?.body).toEqual({ query_string: 'SAMLResponse=a%2b', ids: ['_1'], realm: 'saml1' })
})

test('a logout answers the address and the id of the LogoutRequest', async () => {
  await using it = await connected({
    'POST /_security/saml/logout': { body: { id: '_1', redirect: 'http://idp.test' } },
  })
  expect(await it.elasticsearch.logout({ accessToken: 'a', refreshToken: 'r' })).toEqual({
    id: '_1',
    redirect: 'http://idp.test',
  })
})
