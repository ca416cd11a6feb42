import { CONFIRMATION_METHOD, NAME_ID_FORMAT } from '#saml/names'
import { type Answer, bearer, type Login, type TestNode, testNode } from './es/test-node.test-support.ts'
import type { SamlRealm } from './realm/saml-realm.ts'
import { type Change, signedLogin, withAssertion } from './realm/test-logins.test-support.ts'
import { acsUrl, logoutQuery, noon, type TestRealm, testRealm } from './realm/test-realm.test-support.ts'

/** An emulated node whose realm speaks SAML, and the users who log in there. */
export interface RealNode extends Pick<TestNode, 'call' | 'es' | 'logged' | 'store'> {
  readonly realm: TestRealm
  /** The bodies that were sent, as text. */
  readonly sent: readonly string[]
  /** Moves the clocks of the node and of its realm. */
  advance(ms: number): void
  /** Offers a Response. */
  authenticate(response: Buffer, more?: object): Promise<Answer>
  /** Logs in with a Response that the IdP signed. */
  login(nameId?: string, session?: string): Promise<Login>
  invalidate(queryString: string, more?: object): Promise<Answer>
  completeLogout(more: object): Promise<Answer>
}

/** What is different from the usual node. */
export interface RealNodeParts {
  readonly config?: Parameters<typeof testRealm>[0]
  readonly idp?: Parameters<typeof testRealm>[1]
  /** Realms beside `saml1`. */
  readonly beside?: readonly SamlRealm[]
}

/** A node with one realm, `saml1`, at noon, unless others stand beside it. */
export function realNode(
  config?: RealNodeParts['config'],
  idp?: RealNodeParts['idp'],
  beside: RealNodeParts['beside'] = [],
): RealNode {
  const realm = testRealm(config, idp)
  const node = testNode({ realms: [realm.realm, ...beside] })
  const sent: string[] = []
  const callNode: RealNode['call'] = (line, body, headers) => {
    if (body !== undefined) sent.push(typeof body === 'string' ? body : JSON.stringify(body))
    return node.call(line, body, headers)
  }
  const call = (name: string, body: object) => callNode(`POST /_security/saml/${name}`, { realm: 'saml1', ...body })
  const authenticate: RealNode['authenticate'] = (response, more = {}) =>
    call('authenticate', { content: response.toString('base64'), ids: ['_login1'], ...more })
  return {
    ...node,
    call: callNode,
    sent,
    realm,
    authenticate,
    advance: (ms) => {
      realm.clock.advance(ms)
      node.clock.advance(ms)
    },
    login: async (nameId = 'alice', session = '_session1') => {
      const { json } = await authenticate(await signedLogin(asUser(nameId, session)))
      return { accessToken: String(json['access_token']), refreshToken: String(json['refresh_token']) }
    },
    invalidate: (queryString, more) => call('invalidate', { query_string: queryString, ...more }),
    completeLogout: (more) => call('complete_logout', { ids: ['_logout1'], ...more }),
  }
}

/** The base login, but of this user in this session. */
export function asUser(nameId: string, sessionIndex: string | undefined): Change {
  return withAssertion({
    subject: {
      nameId: { value: nameId, format: NAME_ID_FORMAT.transient },
      confirmations: [{ method: CONFIRMATION_METHOD.bearer, data: { recipient: acsUrl } }],
    },
    authnStatements: [{ authnInstant: noon, sessionIndex }],
  })
}

/** What the tokens of a login are still good for. */
export interface Truth {
  /** The status of `_authenticate` with the access token. */
  readonly access: number
  /** The status of a refresh. */
  readonly refresh: number
}

export const alive: Truth = { access: 200, refresh: 200 }
export const dead: Truth = { access: 401, refresh: 400 }

/** Tries both tokens of a login. A refresh that succeeds leaves a second pair of tokens. */
export async function tryTokens(node: RealNode, { accessToken, refreshToken }: Login): Promise<Truth> {
  const access = await node.call('GET /_security/_authenticate', undefined, bearer(accessToken))
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
  const refresh = await node.call('POST /_security/oauth2/token', grant)
  return { access: access.status, refresh: refresh.status }
}

/** The good LogoutRequest for alice, the last word in every test of bad ones. */
export const goodLogout = (node: RealNode): Promise<Answer> => node.invalidate(logoutQuery())
