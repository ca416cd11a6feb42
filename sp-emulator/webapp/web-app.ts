import { Hono, type MiddlewareHandler } from 'hono'
import { getPath } from 'hono/utils/url'
import { basePathOf, withoutBasePath } from '#server/base-path'
import type { Fetch } from '#server/serve'
import { connectElasticsearch } from './elasticsearch-client.ts'
import { replayMemory } from './login/replay-memory.ts'
import { commonHeaders, pagePolicy } from './pages/page-headers.ts'
import { resolveProviders } from './providers/resolve-providers.ts'
import { accountRoute } from './routes/account.tsx'
import { captureUrlRoute } from './routes/capture-url.tsx'
import { carefulLogoutRoute, confirmLogoutRoute, startCarefulLogoutRoute } from './routes/careful-logout.tsx'
import { currentUserRoute } from './routes/current-user.ts'
import { currentRoute, deprecatedRoutes } from './routes/deprecated-routes.ts'
import { loggedOutRoute, unauthenticatedRoute } from './routes/landing.tsx'
import { logInRoute } from './routes/log-in.ts'
import { loginPageRoute } from './routes/login-page.tsx'
import { leavingRoute, logoutRoute } from './routes/logout.tsx'
import { errorHandler, notFoundHandler } from './routes/on-error.tsx'
import { overwrittenSessionRoute } from './routes/overwritten-session.tsx'
import { samlCallbackRoute } from './routes/saml-callback.ts'
import { spMetadataRoute } from './routes/sp-metadata.ts'
import { sessionCookies } from './sessions/session-cookie.ts'
import { memorySessionStore } from './sessions/session-store.ts'
import type { WebAppOptions } from './web-app-options.ts'
import type { WebAppParts } from './web-app-parts.ts'

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

/**
 * The custom web application in Kibana's role. It knows Elasticsearch's SAML calls and nothing of SAML itself.
 *
 * @throws ConfigError when the providers cannot be told apart
 */
export function createWebApp(options: WebAppOptions): WebApp {
  const parts = assembleParts(options)
  const app = new Hono({ getPath: (request) => currentRoute(withoutBasePath(getPath(request), parts.basePath)) })
  app.use(addHeaders)
  app.use(deprecatedRoutes(parts))
  app.get('/', accountRoute(parts))
  app.get('/app/*', accountRoute(parts))
  app.post(acsPath, samlCallbackRoute(parts))
  app.get('/internal/security/capture-url', captureUrlRoute(parts))
  app.get('/login', loginPageRoute(parts))
  app.post('/internal/security/login', logInRoute(parts))
  addLogout(app, parts)
  app.get('/api/security/saml/metadata', spMetadataRoute(parts))
  app.get('/internal/security/me', currentUserRoute(parts))
  app.get('/security/logged_out', loggedOutRoute(parts))
  app.get('/security/overwritten_session', overwrittenSessionRoute(parts))
  app.get('/security/unauthenticated', unauthenticatedRoute(parts))
  app.onError(errorHandler(parts))
  app.notFound(notFoundHandler(parts))
  return { fetch: (request, env) => app.fetch(request, env), close: () => parts.elasticsearch.close() }
}

function addLogout(app: Hono, parts: WebAppParts): void {
  if (parts.profile === 'kibana') {
    app.get('/logout', leavingRoute(parts))
    app.get('/api/security/logout', logoutRoute(parts))
    return
  }
  app.get('/logout', confirmLogoutRoute(parts))
  app.get('/api/security/logout', carefulLogoutRoute(parts))
  app.post('/api/security/logout', startCarefulLogoutRoute(parts))
}

function assembleParts(options: WebAppOptions): WebAppParts {
  const { clock, newSecret, log, title = 'Example application', profile = 'kibana', name = 'app', sameSite } = options
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
    elasticsearch: connectElasticsearch(options.elasticsearch),
    sessions: options.sessions ?? memorySessionStore({ clock, newSecret }),
    replays: replayMemory({ clock }),
    newSecret,
    log,
  }
}
