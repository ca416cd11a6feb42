import { type SettableClock, settableClock } from '#server/clock'
import { newSecret } from '#server/ids'
import { silentLog } from '#server/logging'
import type { Fetch } from '#server/serve'
import { type FakeElasticsearch, fakeElasticsearch, type Reply } from './fake-elasticsearch.test-support.ts'
import { memorySessionStore, type SessionStore } from './sessions/session-store.ts'
import { createWebApp, type WebAppOptions } from './web-app.ts'

export const baseUrl = 'http://app.localhost:5601'

/** How a classic node answers when all is well. Alice is whoever logs in. */
const contented: Readonly<Record<string, Reply>> = {
  'POST /_security/saml/prepare': {
    body: { realm: 'saml1', id: '_request1', redirect: 'http://idp.test/sso?SAMLRequest=a' },
  },
  'POST /_security/saml/authenticate': { body: loginOf('alice', 'alice') },
  'GET /_security/_authenticate': { body: whoIs('alice') },
  'POST /_security/saml/logout': { body: { id: '_logout1', redirect: 'http://idp.test/slo?SAMLRequest=b%2B' } },
  'POST /_security/saml/invalidate': {
    body: { realm: 'saml1', invalidated: 1, redirect: 'http://idp.test/slo?SAMLResponse=c%2B' },
  },
  'DELETE /_security/oauth2/token': {
    body: { invalidated_tokens: 1, previously_invalidated_tokens: 0, error_count: 0 },
  },
}

/** An answer of `saml/authenticate`; `pair` names its two tokens. */
export function loginOf(username: string, pair: string): object {
  return {
    username,
    realm: 'saml1',
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

interface Visit {
  readonly cookie?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface TestApp extends AsyncDisposable {
  readonly fetch: Fetch
  readonly elasticsearch: FakeElasticsearch
  readonly sessions: SessionStore
  readonly clock: SettableClock
  /** Asks as Node received it: the query reaches the application as it is written here. */
  visit(target: string, visit?: Visit): Promise<Response>
  postResponse(visit?: Visit): Promise<Response>
  send(request: Request): Promise<Response>
  /** Logs in without a handshake and answers the cookie. */
  signIn(): Promise<string>
}

export async function startTestApp(options: Partial<WebAppOptions> = {}): Promise<TestApp> {
  const elasticsearch = await fakeElasticsearch(contented)
  const clock = settableClock('2031-05-04T12:00:00Z')
  const sessions = memorySessionStore({ clock, newSecret })
  const credentials = { node: elasticsearch.node, username: 'elastic', password: 'changeme' }
  const app = createWebApp({
    baseUrl,
    elasticsearch: credentials,
    clock,
    newSecret,
    log: silentLog,
    sessions,
    ...options,
  })
  const send = async (request: Request, env?: object): Promise<Response> => app.fetch(request, env)
  const postResponse = (visit: Visit = {}) => {
    const body = new URLSearchParams({ SAMLResponse: 'PFJlc3BvbnNlLz4=' })
    return send(
      new Request(`${baseUrl}/api/security/saml/callback`, { method: 'POST', body, headers: headersOf(visit) }),
    )
  }
  return {
    fetch: app.fetch,
    elasticsearch,
    sessions,
    clock,
    send,
    postResponse,
    visit: (target, visit = {}) =>
      send(new Request(baseUrl + target, { headers: headersOf(visit) }), { incoming: { url: target } }),
    signIn: async () => cookieOf(await postResponse()),
    async [Symbol.asyncDispose]() {
      await app.close()
      await elasticsearch[Symbol.asyncDispose]()
    },
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
