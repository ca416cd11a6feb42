import { expectSame } from './drift.ts'
import { base64, type Login, makeResponse, newPerson, type Person } from './messages.ts'
import type { RealmName } from './realms.ts'
import type { Answer, Target } from './target.ts'

/** The calls of the SAML and token API, under the names of the node's version. */

function post(target: Target, path: string, body: object): Promise<Answer> {
  return target.send({ method: 'POST', path: `${target.profile.root}${path}`, body })
}

export const prepare = (target: Target, realm: RealmName, more: object = {}) =>
  post(target, '/saml/prepare', { realm, ...more })

/** Offers a Response, given as XML; the ids are empty unless `more` names some. */
export const authenticate = (target: Target, realm: RealmName | undefined, xml: string, more: object = {}) =>
  post(target, '/saml/authenticate', { ...(realm && { realm }), ids: [], content: base64(xml), ...more })

export const logout = (target: Target, body: { token: string; refresh_token?: string }) =>
  post(target, '/saml/logout', body)

export const invalidate = (target: Target, realm: RealmName | undefined, query: string) =>
  post(target, '/saml/invalidate', { ...(realm && { realm }), [target.profile.queryField]: query })

/** Offers a LogoutResponse, by its query or its content. */
export function completeLogout(
  target: Target,
  realm: RealmName,
  given: { ids: readonly string[]; query?: string; content?: string },
): Promise<Answer> {
  const { ids, query, content } = given
  const message = query === undefined ? { content } : { [target.profile.queryField]: query }
  return post(target, '/saml/complete_logout', { realm, ids, ...message })
}

export const spMetadata = (target: Target, realm: RealmName) =>
  target.send({ method: 'GET', path: `${target.profile.root}/saml/metadata/${realm}` })

export const token = (target: Target, body: object) => post(target, '/oauth2/token', body)

export const refresh = (target: Target, refreshToken: string) =>
  token(target, { grant_type: 'refresh_token', refresh_token: refreshToken })

export const deleteToken = (target: Target, body: object) =>
  target.send({ method: 'DELETE', path: `${target.profile.root}/oauth2/token`, body })

export const whoAmI = (target: Target, accessToken: string) =>
  target.send({
    method: 'GET',
    path: `${target.profile.root}/_authenticate`,
    authorization: `Bearer ${accessToken}`,
  })

/** Creates or replaces what the security API calls by this path and name. */
export const put = (target: Target, path: string, body: object) =>
  target.send({ method: 'PUT', path: `${target.profile.root}${path}`, body })

export interface Tokens {
  readonly person: Person
  readonly accessToken: string
  readonly refreshToken: string
  readonly answer: Answer
}

/** Logs somebody in, or finds it a drift that it cannot be done. */
export async function logIn(target: Target, realm: RealmName = 'plain', login: Login = {}): Promise<Tokens> {
  const person = login.person ?? newPerson()
  const answer = await authenticate(target, realm, await makeResponse(target, realm, { ...login, person }))
  expectSame('status of the login', [answer.status, answer.json['error']], [200, undefined])
  return {
    person,
    accessToken: String(answer.json['access_token']),
    refreshToken: String(answer.json['refresh_token']),
    answer,
  }
}

interface Truth {
  readonly access: boolean
  readonly refresh: boolean
}

export const alive: Truth = { access: true, refresh: true }
export const dead: Truth = { access: false, refresh: false }

/** Whether the tokens of a login still work. The refresh token is used up by this. */
export async function probe(target: Target, { accessToken, refreshToken }: Tokens): Promise<Truth> {
  const access = await whoAmI(target, accessToken)
  const renewal = await refresh(target, refreshToken)
  return { access: access.status === 200, refresh: renewal.status === 200 }
}
