import { Hono, type MiddlewareHandler } from 'hono'
import { getPath } from 'hono/utils/url'
import { withoutBasePath } from '#server/base-path'
import { inStep } from '#server/store/in-step'
import { acsPath, metadataPath, sloPath } from './endpoints.ts'
import { pageHeaders } from './pages/page-headers.ts'
import type { PartnerParts } from './partner-parts.ts'
import { homeRoute } from './routes/home.tsx'
import { acsRoute, loginRoute } from './routes/login.ts'
import { loggedOutRoute, logoutRoute } from './routes/logout.tsx'
import { metadataRoute } from './routes/metadata.ts'
import { errorHandler, notFoundHandler } from './routes/on-error.tsx'
import { sloByPostRoute, sloByRedirectRoute } from './routes/slo.tsx'

const addHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(pageHeaders)) c.res.headers.set(name, value)
}

/** Everything that a partner answers to, on one screen. */
export function createPartnerApp(parts: PartnerParts): Hono {
  const app = new Hono({ getPath: (request) => withoutBasePath(getPath(request), parts.endpoints.basePath) })
  app.use(addHeaders)
  const { replicas } = parts
  if (replicas !== undefined) app.use(inStep(replicas))
  app.get('/', homeRoute(parts))
  app.get('/login', loginRoute(parts))
  app.post('/logout', logoutRoute(parts))
  app.get('/logged-out/:outcome', loggedOutRoute(parts))
  app.post(acsPath, acsRoute(parts))
  app.get(sloPath, sloByRedirectRoute(parts))
  app.post(sloPath, sloByPostRoute(parts))
  app.get(metadataPath, metadataRoute(parts))
  app.onError(errorHandler(parts))
  app.notFound(notFoundHandler(parts))
  return app
}
