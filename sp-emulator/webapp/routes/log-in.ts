import type { Context, Handler } from 'hono'
import { whoSent } from '#server/sent-by-own-page'
import { logInWithPassword } from '../login/log-in-with-password.ts'
import { nextPage } from '../login/next-page.ts'
import { startLogin } from '../login/start-login.ts'
import { type BasicProvider, isSaml, type Provider } from '../providers/provider.ts'
import type { StoredSession } from '../sessions/session.ts'
import { badRequest, WebAppError } from '../web-app-error.ts'
import { findProvider, type WebAppParts } from '../web-app-parts.ts'
import { currentSession } from './current-session.ts'
import { isAjax } from './is-ajax.ts'
import { wrongPasswordPage } from './login-page.tsx'
import { type Fields, isJson, membersOf, readFields } from './read-fields.ts'

/**
 * `POST /internal/security/login`: what the login page does with a choice. A script sends JSON and gets the address to go to (web-app-flows §1.1);
 * the page's own form is led there.
 */
export function logInRoute(parts: WebAppParts): Handler {
  return async function logIn(c) {
    checkSender(c.req.raw, parts)
    const choice = readChoice(await readFields(c.req.raw), parts)
    const stored = await currentSession(c.req.raw, parts)
    const { provider } = choice
    if (!isSaml(provider)) return withPassword(c, { ...choice, provider, stored }, parts)
    const wantedPath = nextPage(choice.currentUrl, parts)
    const { sessionId, redirect } = await startLogin({ provider, stored, wantedPath }, parts)
    c.header('Set-Cookie', parts.cookies.intermediate(sessionId))
    return lead(c, redirect)
  }
}

/** No other site may log a browser in: only our own scripts can set the header, and only our own pages have our origin. */
function checkSender(request: Request, { baseUrl }: WebAppParts): void {
  if (isJson(request) && !isAjax(request)) throw badRequest('Request must contain a kbn-xsrf header.')
  if (isJson(request) || whoSent(request.headers, baseUrl.origin) === 'own') return
  const answer = { code: 'CROSS_SITE', status: 403, headline: 'Forbidden' } as const
  throw new WebAppError(answer, 'Another site tried to log you in here.')
}

interface Choice<Chosen extends Provider = Provider> {
  readonly provider: Chosen
  readonly currentUrl: string
  readonly username: string
  readonly password: string
}

function readChoice(fields: Fields, parts: WebAppParts): Choice {
  const params = membersOf(fields('params')[0])
  const read = (name: string): string => text(fields(name)[0] ?? params.get(name))
  const currentUrl = read('currentURL')
  if (currentUrl === '') throw badRequest('The request has no currentURL.')
  const provider = findProvider(parts, read('providerName'))
  if (provider === undefined || provider.type !== read('providerType')) {
    const answer = { code: 'NO_SUCH_PROVIDER', status: 401, headline: 'Unauthorized' } as const
    throw new WebAppError(answer, 'Could not perform login.')
  }
  return { provider, currentUrl, username: read('username'), password: read('password') }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

type PasswordChoice = Choice<BasicProvider> & { readonly stored: StoredSession | undefined }

async function withPassword(c: Context, choice: PasswordChoice, parts: WebAppParts): Promise<Response> {
  const location = nextPage(choice.currentUrl, parts)
  const finished = await logInWithPassword({ ...choice, location }, parts)
  if (finished !== undefined) {
    c.header('Set-Cookie', parts.cookies.authenticated(finished.sessionId))
    return lead(c, finished.location)
  }
  const facts = { event: 'user_login', outcome: 'failure', provider: choice.provider.name }
  parts.log.warn({ code: 'WRONG_PASSWORD', ...facts }, 'wrong password')
  if (!isJson(c.req.raw)) return wrongPasswordPage(c, choice.currentUrl, parts)
  return c.json({ statusCode: 401, error: 'Unauthorized', message: 'Unauthorized' }, 401)
}

function lead(c: Context, location: string): Response {
  return isJson(c.req.raw) ? c.json({ location }) : c.redirect(location, 303)
}
