import { Hono, type MiddlewareHandler } from 'hono'
import type { Clock } from '#server/clock'
import type { Log } from '#server/logging'
import type { Fetch } from '#server/serve'
import { connectElasticsearch, type ElasticsearchOptions } from './elasticsearch-client.ts'
import { commonHeaders, pagePolicy } from './pages/page-headers.ts'
import { accountRoute } from './routes/account.tsx'
import { currentUserRoute } from './routes/current-user.ts'
import { loggedOutRoute, unauthenticatedRoute } from './routes/landing.tsx'
import { leavingRoute, logoutRoute } from './routes/logout.tsx'
import { errorHandler, notFoundHandler } from './routes/on-error.tsx'
import { overwrittenSessionRoute } from './routes/overwritten-session.tsx'
import { samlCallbackRoute } from './routes/saml-callback.ts'
import { spMetadataRoute } from './routes/sp-metadata.ts'
import { memorySessionStore, type SessionStore } from './sessions/session-store.ts'
import type { WebAppParts } from './web-app-parts.ts'

export interface WebAppOptions {
  /** Where browsers find the application, for instance `http://app.localhost:5601`. */
  readonly baseUrl: string
  readonly elasticsearch: ElasticsearchOptions
  /** The SAML realm's name. Without it Elasticsearch finds the realm by our assertion consumer service. */
  readonly realm?: string
  readonly clock: Clock
  readonly newSecret: () => string
  readonly log: Log
  readonly title?: string
  readonly sessions?: SessionStore
}

export interface WebApp {
  readonly fetch: Fetch
  /** Ends the connections to Elasticsearch. */
  close(): Promise<void>
}

const acsPath = '/api/security/saml/callback'

const addHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(commonHeaders)) c.res.headers.set(name, value)
  if (!c.res.headers.has('Content-Security-Policy')) c.res.headers.set('Content-Security-Policy', pagePolicy)
}

/** The custom web application in Kibana's role. It knows Elasticsearch's SAML calls and nothing of SAML itself. */
export function createWebApp(options: WebAppOptions): WebApp {
  const parts = assembleParts(options)
  const app = new Hono()
  app.use(addHeaders)
  app.get('/', accountRoute(parts))
  app.get('/app/*', accountRoute(parts))
  app.post(acsPath, samlCallbackRoute(parts))
  app.get('/logout', leavingRoute(parts))
  app.get('/api/security/logout', logoutRoute(parts))
  app.get('/api/security/saml/metadata', spMetadataRoute(parts))
  app.get('/internal/security/me', currentUserRoute(parts))
  app.get('/security/logged_out', loggedOutRoute(parts))
  app.get('/security/overwritten_session', overwrittenSessionRoute(parts))
  app.get('/security/unauthenticated', unauthenticatedRoute(parts))
  app.onError(errorHandler(parts))
  app.notFound(notFoundHandler(parts))
  return { fetch: (request, env) => app.fetch(request, env), close: () => parts.elasticsearch.close() }
}

function assembleParts(options: WebAppOptions): WebAppParts {
  const { clock, newSecret, log, realm, title = 'Example application' } = options
  const baseUrl = new URL(options.baseUrl)
  return {
    baseUrl,
    title,
    realm: realm === undefined ? { acs: baseUrl.origin + acsPath } : { realm },
    elasticsearch: connectElasticsearch(options.elasticsearch),
    sessions: options.sessions ?? memorySessionStore({ clock, newSecret }),
    newSecret,
    log,
  }
}
