import type { MiddlewareHandler } from 'hono'
import { withoutBasePath } from '#server/base-path'
import { acsPath, type WebAppParts } from '../web-app-parts.ts'

/** The first names of Kibana's routes, which realms still give as their `sp.acs`. Kibana 7, 8 and 9 answer them, and log a deprecation. */
const current: ReadonlyMap<string, string> = new Map([
  ['/api/security/v1/saml', acsPath],
  ['/api/security/v1/logout', '/api/security/logout'],
])

/** The route of today for a path of any time. */
export const currentRoute = (path: string): string => current.get(path) ?? path

/** Whoever uses an old route is answered as by the new one, and a line in the log asks to change it. */
export function deprecatedRoutes({ basePath, log }: WebAppParts): MiddlewareHandler {
  return async function warnOfOldRoute(c, next) {
    const path = withoutBasePath(new URL(c.req.url).pathname, basePath)
    const instead = current.get(path)
    if (instead !== undefined) {
      const facts = { code: 'DEPRECATED_ROUTE', path: basePath + path, instead: basePath + instead }
      log.warn(facts, `the address ${facts.path} is deprecated, use ${facts.instead}`)
    }
    await next()
  }
}
