import type { ConnectionOptions } from 'node:tls'
import type { Client, DiagnosticResult, estypes } from '@elastic/elasticsearch'
import { loadSoon } from '#server/load-soon'
import { ElasticsearchError } from './elasticsearch-error.ts'
import type { ElasticsearchSaml } from './elasticsearch-saml.ts'
import { explainClientError } from './explain-client-error.ts'

/** A call that was answered, or could not be made. */
export interface MadeCall {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** Undefined when nothing was answered. */
  readonly status: number | undefined
  readonly failure: Error | undefined
}

export interface ElasticsearchOptions {
  readonly node: string
  readonly username: string
  readonly password: string
  readonly timeoutMs?: number
  /** Whom to trust at an https address, when not those whom the machine trusts. */
  readonly tls?: ConnectionOptions
  /** Is told of every call once it has ended. */
  readonly called?: ((call: MadeCall) => void) | undefined
}

const defaultTimeoutMs = 10_000

/** Answers at once; the official client is loaded behind the caller's back, and the first call waits for it. */
export function connectElasticsearch(options: ElasticsearchOptions): ElasticsearchSaml {
  let client: Client | undefined
  const connect = loadSoon(
    () => import('@elastic/elasticsearch'),
    (loaded) => {
      client = makeClient(options, loaded)
      return client
    },
  )
  async function ask<Answer>(question: (client: Client) => Promise<Answer>): Promise<Answer> {
    const connected = await connect()
    return question(connected)
      .catch((error: unknown) => (isBroken(error) ? question(connected) : Promise.reject(error)))
      .catch((error: unknown) => {
        throw explainClientError(error)
      })
  }
  return { ...samlCalls(ask), ...tokenCalls(ask), close: async () => client?.close() }
}

/** The connection ended without an answer: at one address there may be several nodes, and the next one lives. */
const isBroken = (error: unknown): boolean => error instanceof Error && error.name === 'ConnectionError'

function makeClient(
  { node, username, password, timeoutMs, tls, called }: ElasticsearchOptions,
  { Client }: typeof import('@elastic/elasticsearch'),
): Client {
  const client = new Client({
    node,
    auth: { username, password },
    ...(tls && { tls }),
    // What a node refused is refused: a second attempt is never the same call.
    maxRetries: 0,
    requestTimeout: timeoutMs ?? defaultTimeoutMs,
    // The client's own media type asks for its own major version, which an older node refuses; the plain one suits every node.
    headers: { accept: 'application/json', 'content-type': 'application/json' },
  })
  if (called !== undefined) client.diagnostic.on('response', (error, result) => called(madeCall(error, result)))
  return client
}

function madeCall(error: Error | null, result: DiagnosticResult | null): MadeCall {
  const { method = 'GET', path = '' } = result?.meta.request.params ?? {}
  const explained = error === null ? undefined : explainClientError(error)
  const failure = explained instanceof Error ? explained : undefined
  return { method, path: path.split('?', 1)[0] ?? '', status: result?.statusCode || undefined, failure }
}

type Ask = <Answer>(question: (client: Client) => Promise<Answer>) => Promise<Answer>

type SamlCalls = Pick<
  ElasticsearchSaml,
  'prepare' | 'authenticate' | 'logout' | 'invalidate' | 'completeLogout' | 'spMetadata'
>

function samlCalls(ask: Ask): SamlCalls {
  return {
    prepare: (address) => ask((client) => client.security.samlPrepareAuthentication(address)),
    async authenticate({ content, ids, realm }) {
      const named = realm === undefined ? {} : { realm }
      const answer = await ask((client) => client.security.samlAuthenticate({ content, ids: [...ids], ...named }))
      const tokens = { accessToken: answer.access_token, refreshToken: answer.refresh_token }
      return { username: answer.username, realm: answer.realm, tokens, inResponseTo: answer.in_response_to }
    },
    async logout(tokens) {
      const body = tokens === undefined ? {} : { token: tokens.accessToken, refresh_token: tokens.refreshToken }
      // A body without a token is a mistake that only Kibana makes, and which the client's types do not allow.
      const answer = await ask((client) => client.security.samlLogout(body as estypes.SecuritySamlLogoutRequest))
      const redirect = orUndefined(answer)
      // Every node answers the id (spec §1.7), and the client's types do not know it.
      const { id } = answer as { id?: string | null }
      return redirect === undefined ? undefined : { id: id ?? undefined, redirect }
    },
    async invalidate({ queryString, address }) {
      const body = { query_string: queryString, ...address }
      const answer = await ask((client) => client.security.samlInvalidate(body))
      return { invalidated: answer.invalidated, redirect: orUndefined(answer) }
    },
    async completeLogout({ queryString, ids, realm }) {
      const body = { query_string: queryString, ids: [...ids], realm }
      await ask((client) => client.security.samlCompleteLogout(body))
    },
    async spMetadata(realm) {
      const answer = await ask((client) => client.security.samlServiceProviderMetadata({ realm_name: realm }))
      return answer.metadata
    },
  }
}

type TokenCalls = Pick<ElasticsearchSaml, 'whoAmI' | 'refresh' | 'dropTokens'>

function tokenCalls(ask: Ask): TokenCalls {
  return {
    whoAmI(authorization) {
      return unlessRefusedWith(
        401,
        ask((client) => client.security.authenticate({}, { headers: { authorization } })),
      )
    },
    async refresh(refreshToken) {
      const grant = { grant_type: 'refresh_token', refresh_token: refreshToken } as const
      const answer = await unlessRefusedWith(
        400,
        ask((client) => client.security.getToken(grant)),
      )
      if (answer === undefined) return undefined
      return { accessToken: answer.access_token, refreshToken: answer.refresh_token ?? refreshToken }
    },
    async dropTokens({ accessToken, refreshToken }) {
      // One call takes one token only (spec §7.4); 404 is how a node says that a token is unknown to it.
      for (const body of [{ refresh_token: refreshToken }, { token: accessToken }]) {
        await unlessRefusedWith(
          404,
          ask((client) => client.security.invalidateToken(body)),
        )
      }
    },
  }
}

async function unlessRefusedWith<Answer>(status: number, answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ElasticsearchError && error.status === status) return undefined
    throw error
  }
}

/** Where no single logout is possible a node answers `redirect: null` (spec §1.8), which the client's types do not know. */
function orUndefined({ redirect }: { redirect?: string | null }): string | undefined {
  return redirect ?? undefined
}
