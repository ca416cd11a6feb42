import { basePathOf } from '#server/base-path'
import { loadSoon } from '#server/load-soon'
import { nameOfSecret } from '#server/name-of-secret'
import type { Fetch } from '#server/serve'
import { createMemoryStore } from '#server/store/store'
import { connectElasticsearch } from './elasticsearch-client.ts'
import { replayMemory } from './login/replay-memory.ts'
import { noteCalls } from './note-calls.ts'
import { resolveProviders } from './providers/resolve-providers.ts'
import { type AuthenticatedSession, tokensOf } from './sessions/session.ts'
import { sessionCookies } from './sessions/session-cookie.ts'
import { createSessionStore } from './sessions/session-store.ts'
import type { WebAppOptions } from './web-app-options.ts'
import { acsPath, type WebAppParts } from './web-app-parts.ts'

/** A session of the application, without what could open it. */
export interface SignedInSession {
  readonly username: string
  readonly realm: string
  /** Of its pair of tokens, as `listTokens` names that; undefined where a password was given. */
  readonly tokenId: string | undefined
}

export interface WebApp {
  readonly fetch: Fetch
  /** Who is signed in now; nothing is changed or extended by it, and Elasticsearch is not asked. */
  signedIn(): Promise<readonly SignedInSession[]>
  /** As after the start: nobody is signed in, and no login is under way. */
  reset(): Promise<void>
  /** Ends the connections to Elasticsearch. */
  close(): Promise<void>
}

/**
 * The custom web application in Kibana's role. It knows Elasticsearch's SAML calls and nothing of SAML itself.
 *
 * @throws ConfigError when the providers cannot be told apart
 */
export function createWebApp(options: WebAppOptions): WebApp {
  const parts = assembleParts(options)
  const app = loadSoon(
    () => import('./app.ts'),
    ({ createApp }) => createApp(parts),
  )
  return {
    fetch: async (request, env) => (await app()).fetch(request, env),
    signedIn: async () => (await parts.sessions.listSignedIn()).map(describeSession),
    async reset() {
      await Promise.all([parts.replays.clear(), parts.sessions.clear()])
    },
    close: () => parts.elasticsearch.close(),
  }
}

function describeSession(session: AuthenticatedSession): SignedInSession {
  const tokens = tokensOf(session)
  const { username, realm } = session
  return { username, realm, tokenId: tokens && nameOfSecret(tokens.accessToken) }
}

function assembleParts(options: WebAppOptions): WebAppParts {
  const {
    clock,
    newSecret,
    log,
    title = 'Example application',
    profile = 'kibana',
    name = 'app',
    sameSite,
    journal,
    store = createMemoryStore(),
  } = options
  const baseUrl = new URL(options.baseUrl)
  const basePath = basePathOf(baseUrl)
  const providers = resolveProviders({ ...options, acs: baseUrl.origin + basePath + acsPath })
  return {
    baseUrl,
    basePath,
    cookies: sessionCookies({ baseUrl, name, sameSite }),
    title,
    profile,
    providers,
    hasSelector: options.selector ?? providers.length > 1,
    elasticsearch: connectElasticsearch({ ...options.elasticsearch, called: journal && noteCalls(journal, name) }),
    sessions: options.sessions ?? createSessionStore({ store, clock, newSecret }),
    replays: replayMemory({ store, clock }),
    replicas: store.replicas,
    clock,
    newSecret,
    log,
  }
}
