import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { StoreUnavailable } from '#server/store/store-unavailable'
import { ElasticsearchError } from '../elasticsearch-error.ts'
import { homeOf } from '../own-path.ts'
import { NoticePage, type NoticePageProps } from '../pages/notice-page.tsx'
import { WebAppError } from '../web-app-error.ts'
import { acsPath, type WebAppParts } from '../web-app-parts.ts'
import { isAjax } from './is-ajax.ts'
import { requestedPath } from './protected-page.ts'

/** Kibana's routes with the tag of an auth flow: their errors are pages, whatever went wrong (web-app-flows case 38). */
const authFlow = [acsPath, '/api/security/logout']
const auditedLogins = [acsPath, '/internal/security/login']

interface Failure {
  readonly code: string
  readonly status: number
  readonly headline: string
  readonly text: string
}

/**
 * Turns every error into a page, or into JSON for a script, with the status of the error.
 *
 * Kibana adds `Refresh: 0` to a page that says nothing; here the page stays, because its sentence is what the person came for, and its link leads where
 * Kibana's header does.
 */
export function errorHandler(parts: WebAppParts): ErrorHandler {
  return function answerError(error, c) {
    const failure = describeFailure(error, c.req.path)
    logFailure(error, { failure, c }, parts)
    const status = failure.status as ContentfulStatusCode
    if (isAjax(c.req.raw) || c.req.path === '/internal/security/me') return c.json(boom(failure), status)
    return c.html(<ErrorPage application={parts.title} {...failure} link={wayOn(c, parts)} />, status)
  }
}

/** An address or method that does not exist here; a LogoutRequest by POST meets this too, as in Kibana (web-app-flows §1.1). */
export function notFoundHandler({ title, baseUrl }: WebAppParts): NotFoundHandler {
  return function answerNotFound(c) {
    const failure = { headline: 'Not Found', text: `There is no ${c.req.method} ${c.req.path} here.` }
    return c.html(<ErrorPage application={title} {...failure} link={{ label: 'Log in', href: homeOf(baseUrl) }} />, 404)
  }
}

/** One line for each failure, with a code and without anything that the request carried. */
function logFailure(error: Error, { failure, c }: { failure: Failure; c: Context }, { log }: WebAppParts): void {
  const { code, status, text } = failure
  const event = auditedLogins.includes(c.req.path) ? { event: 'user_login', outcome: 'failure' } : {}
  const facts = { ...event, code, status, method: c.req.method, path: c.req.path }
  if (isOurFault(error)) log.error({ ...facts, stack: error.stack }, error.message)
  else log.warn(facts, text)
}

const isOurFault = (error: Error): boolean =>
  ![WebAppError, ElasticsearchError, StoreUnavailable].some((foreseen) => error instanceof foreseen)

function describeFailure(error: Error, path: string): Failure {
  if (error instanceof WebAppError) return { ...pick(error), text: error.message }
  if (error instanceof StoreUnavailable) {
    return { code: 'STORE_UNAVAILABLE', status: 503, headline: 'Not available', text: error.message }
  }
  if (!(error instanceof ElasticsearchError)) {
    const headline = authFlow.includes(path) ? 'Unauthenticated' : 'Internal Server Error'
    return { code: 'INTERNAL', status: 500, headline, text: 'The application failed. Its log says more.' }
  }
  const { status, message: text } = error
  if (error.isUnavailable) return { code: 'UNAVAILABLE', status, headline: 'Elasticsearch is not available', text }
  return { code: 'REFUSED', status, headline: 'Unauthenticated', text }
}

const pick = ({ code, status, headline }: WebAppError) => ({ code, status, headline })

/**
 * Where Kibana's `Refresh` leads (web-app-flows §1.4 (g)): from a failed login to the login page, or to the logout where a session is in the way of it;
 * from a page, to itself again.
 */
function wayOn(c: Context, parts: WebAppParts): NoticePageProps['link'] {
  const label = 'Log in'
  const home = homeOf(parts.baseUrl)
  if (c.req.path !== acsPath) {
    const isPage = c.req.method === 'GET' && !authFlow.includes(c.req.path)
    return { label, href: isPage ? requestedPath(c, parts) : home }
  }
  if (!parts.hasSelector) return { label, href: home }
  const hasCookie = parts.cookies.read(c.req.header('cookie') ?? null).kind !== 'none'
  const reason = `?msg=UNAUTHENTICATED&next=${encodeURIComponent(home)}`
  const page = hasCookie ? { label: 'Log out', path: '/logout' } : { label, path: '/login' }
  return { label: page.label, href: `${parts.basePath}${page.path}${reason}` }
}

/** The form in which Kibana's server answers scripts. */
const boom = ({ status, headline, text }: Failure) => ({ statusCode: status, error: headline, message: text })

type ErrorPageProps = Pick<NoticePageProps, 'application' | 'headline' | 'text' | 'link'>

const ErrorPage = (props: ErrorPageProps) => <NoticePage {...props} failed />
