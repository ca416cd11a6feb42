import { Hono, type MiddlewareHandler } from 'hono'
import { getPath } from 'hono/utils/url'
import { withoutBasePath } from '#server/base-path'
import { inStep } from '#server/store/in-step'
import { commonHeaders, pagePolicy } from './pages/page-headers.ts'
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
import { acsPath, type WebAppParts } from './web-app-parts.ts'

const addHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(commonHeaders)) c.res.headers.set(name, value)
  if (!c.res.headers.has('Content-Security-Policy')) c.res.headers.set('Content-Security-Policy', pagePolicy)
}

/** Everything this application answers to, on one screen. */
export function createApp(parts: WebAppParts): Hono {
  const app = new Hono({ getPath: (request) => currentRoute(withoutBasePath(getPath(request), parts.basePath)) })
  app.use(addHeaders)
  const { replicas } = parts
  if (replicas !== undefined) app.use(inStep(replicas))
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
  return app
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
