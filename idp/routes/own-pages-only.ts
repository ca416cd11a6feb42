import { isIPv4 } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { isLocalhostName } from '#server/localhost-lookup'
import { HttpRefusal } from './http-refusal.ts'

/**
 * Refuses a form that another site made a browser send: signing somebody in or out is for our own pages. Browsers say where a POST
 * comes from; who says nothing is no browser and carries nobody's cookie.
 */
export function ownPagesOnly(origin: string): MiddlewareHandler {
  return async function ownPagesOnly(c, next) {
    const site = c.req.header('sec-fetch-site')
    const from = c.req.header('origin')
    const isOwn =
      site === undefined
        ? from === undefined || from === origin
        : (site === 'same-origin' || site === 'none') && (from === undefined || isOurName(from, origin))
    if (!isOwn) {
      throw new HttpRefusal('CROSS_SITE', 'this form was sent by a page of another site', {
        expected: origin,
        actual: from ?? site,
      })
    }
    await next()
  }
}

/** A page whose name was made to lead here (DNS rebinding) is of the same origin as its form; only its name gives it away. */
function isOurName(from: string, origin: string): boolean {
  if (from === origin) return true
  const { hostname } = URL.canParse(from) ? new URL(from) : { hostname: '' }
  return isLocalhostName(hostname) || (isIPv4(hostname) && hostname.startsWith('127.')) || hostname === '[::1]'
}
