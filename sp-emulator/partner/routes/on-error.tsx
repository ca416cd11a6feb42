import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { NoticePage } from '../pages/notice-page.tsx'
import { PartnerError } from '../partner-error.ts'
import type { PartnerParts } from '../partner-parts.ts'

/** Turns every error into a page with its status, and into one line of the log. */
export function errorHandler(parts: PartnerParts): ErrorHandler {
  const { log, name } = parts
  return function answerError(error, c) {
    const facts = { partner: name, method: c.req.method, path: c.req.path }
    if (error instanceof PartnerError) {
      log.warn({ code: 'PARTNER_REFUSED', status: error.status, seq: error.seq, ...facts }, error.message)
      return c.html(errorPage(parts, error.message), error.status)
    }
    if (error instanceof StoreUnavailable) {
      log.warn({ code: 'STORE_UNAVAILABLE', ...facts }, error.message)
      return c.html(errorPage(parts, error.message), 503)
    }
    log.error({ code: 'INTERNAL', ...facts, stack: error.stack }, error.message)
    return c.html(errorPage(parts, 'The partner failed. Its log says more.'), 500)
  }
}

export function notFoundHandler(parts: PartnerParts): NotFoundHandler {
  return (c: Context) => c.html(errorPage(parts, `There is no ${c.req.method} ${c.req.path} here.`), 404)
}

const errorPage = ({ name, endpoints }: PartnerParts, text: string) => (
  <NoticePage name={name} basePath={endpoints.basePath} headline="That did not work" text={text} />
)
