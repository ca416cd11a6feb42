import type { ErrorHandler, NotFoundHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ElasticsearchError } from '../elasticsearch-error.ts'
import { NoticePage } from '../pages/notice-page.tsx'
import { WebAppError } from '../web-app-error.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { isAjax } from './is-ajax.ts'

interface Failure {
  readonly status: number
  readonly headline: string
  readonly text: string
}

/**
 * Turns every error into a page, or into JSON for a script, with the status of the error.
 *
 * Kibana adds `Refresh: 0` to a page that says nothing; here the page stays, because its sentence is what the person came for.
 */
export function errorHandler({ title, log }: WebAppParts): ErrorHandler {
  return function answerError(error, c) {
    const failure = describeFailure(error)
    const facts = { status: failure.status, method: c.req.method, path: c.req.path }
    if (isOurFault(error)) log.error({ ...facts, stack: error.stack }, error.message)
    else log.warn(facts, failure.text)
    const status = failure.status as ContentfulStatusCode
    if (isAjax(c.req.raw) || c.req.path.startsWith('/internal/')) return c.json(boom(failure), status)
    return c.html(<ErrorPage application={title} {...failure} />, status)
  }
}

/** An address or method that does not exist here; a LogoutRequest by POST meets this too, as in Kibana (web-app-flows §1.1). */
export function notFoundHandler({ title }: WebAppParts): NotFoundHandler {
  return function answerNotFound(c) {
    const failure = { headline: 'Not Found', text: `There is no ${c.req.method} ${c.req.path} here.` }
    return c.html(<ErrorPage application={title} {...failure} />, 404)
  }
}

const isOurFault = (error: Error): boolean => !(error instanceof WebAppError || error instanceof ElasticsearchError)

function describeFailure(error: Error): Failure {
  if (error instanceof WebAppError) return { status: error.status, headline: error.headline, text: error.message }
  if (!(error instanceof ElasticsearchError)) {
    return { status: 500, headline: 'Internal Server Error', text: 'The application failed. Its log says more.' }
  }
  const headline = error.isUnavailable ? 'Elasticsearch is not available' : 'Unauthenticated'
  return { status: error.status, headline, text: error.message }
}

/** The form in which Kibana's server answers scripts. */
const boom = ({ status, headline, text }: Failure) => ({ statusCode: status, error: headline, message: text })

function ErrorPage({ application, headline, text }: { application: string; headline: string; text: string }) {
  const link = { label: 'Log in', href: '/' }
  return <NoticePage application={application} headline={headline} text={text} link={link} failed />
}
