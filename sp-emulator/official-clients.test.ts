import { Client as Client9 } from '@elastic/elasticsearch'
import { Client as Client7 } from 'elasticsearch-7'
import { Client as Client8 } from 'elasticsearch-8'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { type Listener, listen } from '#server/serve'
import { asUser, realNode } from './real-node.test-support.ts'
import { loginXml, signedLogin } from './realm/test-logins.test-support.ts'
import {
  carry,
  idpEntityId,
  logoutQuery,
  logoutRequest,
  logoutUrl,
  noon,
  signed,
} from './realm/test-realm.test-support.ts'

const auth = { username: 'elastic', password: 'secret' }
const node = realNode()
let listener: Listener

beforeAll(async () => {
  listener = await listen({ host: '127.0.0.1', port: 0 })
  listener.mount(node.es.fetch)
})

afterAll(() => listener.close())

interface Tokens {
  readonly access_token: string
  readonly refresh_token?: string
}

interface LogoutAnswer {
  readonly id: string
  readonly redirect: string
}

/** The calls of the SAML flows, each in the way of one major of the client; an answer is the body alone. */
interface Calls {
  info(): Promise<unknown>
  ping(): Promise<unknown>
  whoAmI(accessToken?: string): Promise<unknown>
  prepare(body: { realm: string }): Promise<unknown>
  authenticate(body: { content: string; ids: string[]; realm: string }): Promise<Tokens>
  logout(body: { token: string; refresh_token: string }): Promise<unknown>
  invalidate(body: { query_string: string; realm: string }): Promise<unknown>
  completeLogout(body: { realm: string; ids: string[]; query_string: string }): Promise<unknown>
  metadata(realm: string): Promise<unknown>
  refresh(refreshToken: string): Promise<Tokens>
  invalidateToken(body: { token: string }): Promise<unknown>
}

const asBearer = (accessToken: string | undefined) =>
  accessToken === undefined ? {} : { headers: { authorization: `Bearer ${accessToken}` } }

function modernCalls(client: Client8 | Client9): Calls {
  // The two majors type these calls differently and make them alike.
  const modern = client as Client9
  const { security } = modern
  return {
    info: () => modern.info(),
    ping: () => modern.ping(),
    whoAmI: (accessToken) => security.authenticate({}, asBearer(accessToken)),
    prepare: (body) => security.samlPrepareAuthentication(body),
    authenticate: (body) => security.samlAuthenticate(body),
    logout: (body) => security.samlLogout(body),
    invalidate: (body) => security.samlInvalidate(body),
    completeLogout: (body) => security.samlCompleteLogout(body),
    metadata: (realm) => security.samlServiceProviderMetadata({ realm_name: realm }),
    refresh: (refreshToken) => security.getToken({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    invalidateToken: (body) => security.invalidateToken(body),
  }
}

function oldCalls(client: Client7): Calls {
  const { security } = client
  return {
    info: async () => (await client.info()).body,
    ping: async () => (await client.ping()).body,
    whoAmI: async (accessToken) => (await security.authenticate({}, asBearer(accessToken))).body,
    prepare: async (body) => (await security.samlPrepareAuthentication({ body })).body,
    authenticate: async (body) => (await security.samlAuthenticate({ body })).body as Tokens,
    logout: async (body) => (await security.samlLogout({ body })).body,
    invalidate: async (body) => (await security.samlInvalidate({ body })).body,
    completeLogout: async (body) => (await security.samlCompleteLogout({ body })).body,
    metadata: async (realm) => (await security.samlServiceProviderMetadata({ realm_name: realm })).body,
    refresh: async (refreshToken) => {
      const answer = await security.getToken({ body: { grant_type: 'refresh_token', refresh_token: refreshToken } })
      return answer.body as Tokens
    },
    invalidateToken: async (body) => (await security.invalidateToken({ body })).body,
  }
}

const origin = () => `http://127.0.0.1:${listener.port}`

const majors: readonly [major: string, connect: () => Calls][] = [
  ['7.17', () => oldCalls(new Client7({ node: origin(), auth, maxRetries: 0 }))],
  ['8.19', () => modernCalls(new Client8({ node: origin(), auth, maxRetries: 0 }))],
  ['9.4', () => modernCalls(new Client9({ node: origin(), auth, maxRetries: 0 }))],
]

interface FailedAnswer {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string | string[]>>
}

/** The answer that made a call fail; every major keeps it in the same place. */
async function failedAnswer(call: Promise<unknown>): Promise<FailedAnswer> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (reason) => reason,
  )
  return (error as { meta?: FailedAnswer }).meta ?? {}
}

const failureOf = async (call: Promise<unknown>): Promise<unknown> => (await failedAnswer(call)).body

const login = async (calls: Calls, nameId: string) => {
  const content = (await signedLogin(asUser(nameId, '_session1'))).toString('base64')
  return calls.authenticate({ content, ids: ['_login1'], realm: 'saml1' })
}

/** How the IdP confirms a LogoutRequest. */
function logoutResponse(inResponseTo: string): string {
  const header = { id: '_response1', issueInstant: noon, issuer: idpEntityId, destination: logoutUrl }
  return signed(carry(writeLogoutResponse({ ...header, inResponseTo, status: success }), 'SAMLResponse'))
}

test.each(majors)('the client of %s recognises an Elasticsearch', async (_major, connect) => {
  const calls = connect()
  expect(await calls.info()).toMatchObject({ version: { number: '9.2.1' }, tagline: 'You Know, for Search' })
  expect(await calls.ping()).toBe(true)
})

test.each(majors)('the client of %s logs somebody in, asks who they are, refreshes', async (_major, connect) => {
  const calls = connect()
  expect(await calls.prepare({ realm: 'saml1' })).toMatchObject({
    realm: 'saml1',
    redirect: expect.stringContaining('https://idp.test/sso?SAMLRequest='),
  })
  const tokens = await login(calls, 'alice')
  expect(await calls.whoAmI(tokens.access_token)).toMatchObject({ username: 'alice', authentication_type: 'token' })
  const fresh = await calls.refresh(tokens.refresh_token ?? '')
  expect(await calls.whoAmI(fresh.access_token)).toMatchObject({ username: 'alice' })
})

test.each(majors)('the client of %s logs out from the application and completes it', async (_major, connect) => {
  const calls = connect()
  const { access_token: token, refresh_token: refreshToken = '' } = await login(calls, 'bob')
  const { id, redirect } = (await calls.logout({ token, refresh_token: refreshToken })) as LogoutAnswer
  expect(redirect).toContain('https://idp.test/slo?SAMLRequest=')
  const answer = { realm: 'saml1', ids: [id], query_string: logoutResponse(id) }
  expect(await calls.completeLogout(answer)).toEqual({})
  expect(await failureOf(calls.whoAmI(token))).toMatchObject({ status: 401, error: { reason: 'token expired' } })
})

test.each(majors)('the client of %s logs out from the IdP', async (_major, connect) => {
  const calls = connect()
  await login(calls, 'alice')
  const { access_token: token } = await login(calls, 'alice')
  const answer = await calls.invalidate({ query_string: logoutQuery(), realm: 'saml1' })
  expect(answer).toMatchObject({
    realm: 'saml1',
    redirect: expect.stringContaining('https://idp.test/slo?SAMLResponse='),
  })
  expect(await failureOf(calls.whoAmI(token))).toMatchObject({ status: 401, error: { reason: 'token expired' } })
})

test.each(majors)('the client of %s ends a token and reads the metadata', async (_major, connect) => {
  const calls = connect()
  const { access_token: token } = await login(calls, 'dave')
  expect(await calls.invalidateToken({ token })).toMatchObject({ invalidated_tokens: 1, error_count: 0 })
  expect(await calls.metadata('saml1')).toEqual({ metadata: node.realm.realm.spMetadata() })
})

test.each(majors)('the client of %s sees refusals as errors of their kind', async (_major, connect) => {
  const calls = connect()
  const content = Buffer.from(loginXml()).toString('base64')
  expect(await failureOf(calls.authenticate({ content, ids: ['_login1'], realm: 'saml1' }))).toMatchObject({
    status: 401,
    error: { type: 'security_exception' },
  })
  expect(await failureOf(calls.invalidate({ query_string: carry(logoutRequest()), realm: 'saml1' }))).toMatchObject({
    status: 500,
    error: { type: 'security_exception', reason: 'Logout request is not signed' },
  })
})

test.each(majors)('the client of %s finds every scheme that a 401 offers', async (_major, connect) => {
  const { headers } = await failedAnswer(connect().whoAmI('nobody'))
  expect([headers?.['www-authenticate']].flat().join(', ')).toBe(
    'Basic realm="security" charset="UTF-8", Bearer realm="security", ApiKey',
  )
})
