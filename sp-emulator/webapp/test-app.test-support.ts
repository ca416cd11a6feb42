import { type SettableClock, settableClock } from '#server/clock'
import { newSecret } from '#server/ids'
import type { Log } from '#server/logging'
import type { Fetch } from '#server/serve'
import { createMemoryStore } from '#server/store/store'
import {
  type FakeElasticsearch,
  fakeElasticsearch,
  type Replier,
  type Reply,
  refusal,
} from './fake-elasticsearch.test-support.ts'
import { createSessionStore, type SessionStore } from './sessions/session-store.ts'
import { createWebApp } from './web-app.ts'
import type { WebAppOptions } from './web-app-options.ts'

export const baseUrl = 'http://app.localhost:5601'

/** How a classic node answers when all is well. Alice is whoever logs in. */
const contented: Readonly<Record<string, Reply | Replier>> = {
  'POST /_security/saml/prepare': prepared('_request1'),
  'POST /_security/saml/authenticate': { body: loginOf('alice', 'alice') },
  'GET /_security/_authenticate': { body: whoIs('alice') },
  'POST /_security/saml/logout': { body: { id: '_logout1', redirect: 'http://idp.test/slo?SAMLRequest=b%2B' } },
  'POST /_security/saml/invalidate': {
    body: { realm: 'saml1', invalidated: 1, redirect: 'http://idp.test/slo?SAMLResponse=c%2B' },
  },
  'POST /_security/saml/complete_logout': ({ body }) =>
    isFor('_logout1', body) ? { body: {} } : refusal(500, 'SAML Response in-response-to does not match'),
  'DELETE /_security/oauth2/token': {
    body: { invalidated_tokens: 1, previously_invalidated_tokens: 0, error_count: 0 },
  },
}

/** An answer of `saml/prepare` for the AuthnRequest of this id. */
export function prepared(id: string, realm = 'saml1'): Reply {
  return { body: { realm, id, redirect: 'http://idp.test/sso?SAMLRequest=a' } }
}

/** An answer of `saml/authenticate`; `pair` names its two tokens. */
export function loginOf(username: string, pair: string, realm = 'saml1'): object {
  return {
    username,
    realm,
    access_token: `${pair}-access`,
    refresh_token: `${pair}-refresh`,
    expires_in: 1200,
  }
}

export function whoIs(username: string): object {
  return {
    username,
    roles: ['viewer'],
    full_name: null,
    email: null,
    metadata: { saml_nameid: '_transient1' },
    enabled: true,
    authentication_realm: { name: 'saml1', type: 'saml' },
    lookup_realm: { name: 'saml1', type: 'saml' },
    authentication_type: 'token',
  }
}

/** A LogoutResponse that answers the LogoutRequest of this id. */
const isFor = (id: string, body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'ids' in body && Array.isArray(body.ids) && body.ids.includes(id)

interface Visit {
  readonly cookie?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface TestApp extends AsyncDisposable {
  readonly fetch: Fetch
  readonly elasticsearch: FakeElasticsearch
  readonly sessions: SessionStore
  readonly clock: SettableClock
  /** What was logged: the facts and the message in one object. */
  readonly logged: Record<string, unknown>[]
  /** Asks as Node received it: the query reaches the application as it is written here. */
  visit(target: string, visit?: Visit): Promise<Response>
  /** Posts as the IdP's page makes the browser do. */
  postResponse(visit?: Visit & { readonly relayState?: string }): Promise<Response>
  /** Posts a form, by default as one of the application's own pages does. */
  postForm(path: string, fields: Readonly<Record<string, string>>, visit?: Visit): Promise<Response>
  /** Opens a page that the user wants, as a browser does after the page that saves the hash; answers the cookie of the login under way. */
  startLogin(path: string, visit?: Visit & { readonly provider?: string; readonly id?: string }): Promise<string>
  send(request: Request): Promise<Response>
  /** Logs in without a handshake and answers the cookie. */
  signIn(): Promise<string>
}

export async function startTestApp(options: Partial<WebAppOptions> = {}): Promise<TestApp> {
  const elasticsearch = await fakeElasticsearch(contented)
  const clock = settableClock('2031-05-04T12:00:00Z')
  const { store = createMemoryStore() } = options
  const sessions = createSessionStore({ store, clock, newSecret })
  const credentials = { node: elasticsearch.node, username: 'elastic', password: 'changeme' }
  const { log, logged } = recordingLog()
  const app = createWebApp({ baseUrl, elasticsearch: credentials, clock, newSecret, log, sessions, store, ...options })
  const requests = requestsTo(app.fetch)
  return {
    fetch: app.fetch,
    elasticsearch,
    sessions,
    clock,
    logged,
    ...requests,
    async startLogin(path, { provider = 'saml', id, ...how } = {}) {
      if (id !== undefined) elasticsearch.reply('POST /_security/saml/prepare', prepared(id))
      const addition = `auth_provider_hint=${provider}&auth_url_hash=`
      return cookieOf(await requests.visit(`${path}${path.includes('?') ? '&' : '?'}${addition}`, how))
    },
    signIn: async () => cookieOf(await requests.postResponse()),
    async [Symbol.asyncDispose]() {
      await app.close()
      await elasticsearch[Symbol.asyncDispose]()
    },
  }
}

function recordingLog(): { log: Log; logged: TestApp['logged'] } {
  const logged: TestApp['logged'] = []
  const write = (facts: object, message: string) => void logged.push({ ...facts, message })
  return { log: { info: write, warn: write, error: write }, logged }
}

/** The requests of a browser, without a socket. */
function requestsTo(fetch: Fetch): Pick<TestApp, 'send' | 'visit' | 'postResponse' | 'postForm'> {
  const send = async (request: Request, env?: object): Promise<Response> => fetch(request, env)
  const post = (path: string, fields: Readonly<Record<string, string>>, headers: Record<string, string>) =>
    send(new Request(baseUrl + path, { method: 'POST', body: new URLSearchParams(fields), headers }))
  return {
    send,
    visit: (target, how = {}) =>
      send(new Request(baseUrl + target, { headers: headersOf(how) }), { incoming: { url: target } }),
    postResponse({ relayState, ...how } = {}) {
      const fields = { SAMLResponse: 'PFJlc3BvbnNlLz4=', ...(relayState !== undefined && { RelayState: relayState }) }
      return post('/api/security/saml/callback', fields, headersOf(how))
    },
    postForm: (path, fields, how = {}) => post(path, fields, { 'sec-fetch-site': 'same-origin', ...headersOf(how) }),
  }
}

function headersOf({ cookie, headers = {} }: Visit): Record<string, string> {
  return cookie === undefined ? { ...headers } : { ...headers, cookie }
}

/** The `name=value` that a browser would send back. */
export function cookieOf(response: Response): string {
  const [pair = ''] = (response.headers.get('set-cookie') ?? '').split(';')
  return pair
}
