import { type Context, type Handler, Hono, type MiddlewareHandler } from 'hono'
import { getPath } from 'hono/utils/url'
import { withoutBasePath } from '#server/base-path'
import { inStep } from '#server/store/in-step'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { idpMetadata } from './idp-metadata.ts'
import { framesScript, stylesheet, submitScript } from './pages/assets.ts'
import { makePaths } from './pages/paths.ts'
import type { IdpParts } from './parts.ts'
import { assetRoute } from './routes/asset.ts'
import { continueSso } from './routes/continue-sso.tsx'
import { HttpRefusal } from './routes/http-refusal.ts'
import { continueLogout, nextOfLogout, restartLogout, showLogout, startLogout } from './routes/logout.tsx'
import { logoutFrame } from './routes/logout-frame.ts'
import { metadataRoute } from './routes/metadata.ts'
import { onError } from './routes/on-error.tsx'
import { ownPagesOnly } from './routes/own-pages-only.ts'
import { portal } from './routes/portal.tsx'
import { signInRoute } from './routes/sign-in.ts'
import { sloByPost, sloByRedirect } from './routes/slo.ts'
import { sloBySoap, unavailableBySoap } from './routes/slo-soap.ts'
import { ssoByPost, ssoByRedirect, ssoFromPortal } from './routes/sso.ts'

interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Who may send a form: any site, because what it says is signed or harmless, or only our own pages. */
  readonly from: 'anywhere' | 'own pages'
  readonly handler: Handler
  /** Whether a GET has an effect. HEAD, with which programs try an address, must have none (RFC 9110 §9.2.1). */
  readonly acts: boolean
}

const soapPath = '/slo/soap'

/** Everything this IdP answers to, on one screen. */
function routesOf(parts: IdpParts): readonly Route[] {
  const row = (method: Route['method'], path: string, from: Route['from'], handler: Handler): Route => {
    return { method, path, from, handler, acts: false }
  }
  const acts = (route: Route): Route => ({ ...route, acts: true })
  return [
    row('GET', '/', 'anywhere', portal(parts)),
    row(
      'GET',
      '/metadata',
      'anywhere',
      metadataRoute(() => idpMetadata(parts)),
    ),
    acts(row('GET', '/sso', 'anywhere', ssoByRedirect(parts))),
    row('POST', '/sso', 'anywhere', ssoByPost(parts)),
    acts(row('GET', '/sso/continue', 'anywhere', continueSso(parts))),
    row('POST', '/sso/start', 'own pages', ssoFromPortal(parts)),
    row('POST', '/sign-in', 'own pages', signInRoute(parts)),
    acts(row('GET', '/slo', 'anywhere', sloByRedirect(parts))),
    row('POST', '/slo', 'anywhere', sloByPost(parts)),
    row('POST', soapPath, 'anywhere', sloBySoap(parts)),
    row('GET', '/logout', 'anywhere', showLogout(parts)),
    row('POST', '/logout', 'own pages', startLogout(parts)),
    row('POST', '/logout/continue', 'own pages', continueLogout(parts)),
    row('POST', '/logout/again', 'own pages', restartLogout(parts)),
    acts(row('GET', '/logout/next', 'anywhere', nextOfLogout(parts))),
    acts(row('GET', '/logout/frame', 'anywhere', logoutFrame(parts))),
    row('GET', '/style.css', 'anywhere', assetRoute('text/css', stylesheet)),
    row('GET', '/submit.js', 'anywhere', assetRoute('text/javascript', submitScript)),
    row('GET', '/frames.js', 'anywhere', assetRoute('text/javascript', framesScript)),
  ]
}

/** The IdP as a function from request to response. */
export function createIdpApp(parts: IdpParts): Hono {
  const { endpoints } = parts.config
  const { basePath } = endpoints
  // A proxy may take the base path away.
  const app = new Hono({ getPath: (request) => basePath + withoutBasePath(getPath(request), basePath) })
  const refuse = onError(parts.config, makePaths(basePath))
  app.onError((error, c) =>
    error instanceof StoreUnavailable && c.req.path.endsWith(soapPath)
      ? unavailableBySoap(c, parts, error)
      : refuse(error, c),
  )
  app.notFound((c) => refuse(new HttpRefusal('NOT_FOUND', 'there is no such page', { actual: c.req.path }), c))
  const { replicas } = parts.config.store
  if (replicas !== undefined) app.use(inStep(replicas))
  const routes = routesOf(parts)
  for (const { method, path, from, handler, acts } of routes) {
    const address = `${basePath}${path}`
    if (acts) app.on(method, address, neverHead(methodsOf(routes, path)))
    if (from === 'own pages') app.on(method, address, ownPagesOnly(endpoints.origin))
    app.on(method, address, handler)
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    app.all(`${basePath}${path}`, methodNotAllowed(methodsOf(routes, path)))
  }
  return app
}

const methodsOf = (routes: readonly Route[], path: string): readonly string[] =>
  routes.filter((route) => route.path === path).map(({ method }) => method)

/** Hono answers HEAD with the handler of GET. */
function neverHead(allowed: readonly string[]): MiddlewareHandler {
  const refuse = methodNotAllowed(allowed)
  return async function neverHead(c, next) {
    return c.req.method === 'HEAD' ? refuse(c) : next()
  }
}

function methodNotAllowed(allowed: readonly string[]): (c: Context) => never {
  return function methodNotAllowed(c) {
    c.header('Allow', allowed.join(', '))
    throw new HttpRefusal('METHOD_NOT_ALLOWED', `${c.req.path} does not answer to ${c.req.method}`, {
      expected: allowed,
      actual: c.req.method,
    })
  }
}
