import type { MiddlewareHandler } from 'hono'
import { whoSent } from '#server/sent-by-own-page'
import { HttpRefusal } from './http-refusal.ts'

/**
 * Refuses a form that another site made a browser send: signing somebody in or out is for our own pages. Who does not say where it
 * comes from is no browser and carries nobody's cookie.
 */
export function ownPagesOnly(origin: string): MiddlewareHandler {
  return async function ownPagesOnly(c, next) {
    if (whoSent(c.req.raw.headers, origin) === 'foreign') {
      throw new HttpRefusal('CROSS_SITE', 'this form was sent by a page of another site', {
        expected: origin,
        actual: c.req.header('origin') ?? c.req.header('sec-fetch-site'),
      })
    }
    await next()
  }
}
