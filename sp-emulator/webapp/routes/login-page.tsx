import type { Context, Handler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { nextPage } from '../login/next-page.ts'
import { LoginPage } from '../pages/login-page.tsx'
import { loginPagePolicy } from '../pages/page-headers.ts'
import type { Provider } from '../providers/provider.ts'
import { isAuthenticated } from '../sessions/session.ts'
import { providerHint } from '../wanted-path.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { currentSession } from './current-session.ts'
import { requestedPath } from './protected-page.ts'

/** Why somebody comes to the login page. Anybody may write the address, so its own words are not shown. */
const notices: ReadonlyMap<string, string> = new Map([
  ['LOGGED_OUT', 'You are logged out.'],
  ['SESSION_EXPIRED', 'Your session has expired. Please log in again.'],
  ['UNAUTHENTICATED', 'The login did not succeed. Please log in again.'],
])
const welcome = 'Choose how to log in.'
const wrongPassword = 'Username or password is incorrect. Please try again.'

/** `GET /login?next=…`: the login selector. Whoever is signed in goes on at once. */
export function loginPageRoute(parts: WebAppParts): Handler {
  return async function showLogin(c) {
    const currentUrl = requestedPath(c, parts)
    if (isAuthenticated(await currentSession(c.req.raw, parts))) return c.redirect(nextPage(currentUrl, parts), 302)
    return loginPage(c, { currentUrl, notice: notices.get(c.req.query('msg') ?? '') ?? welcome, status: 200 }, parts)
  }
}

/** The login page once more, for a password that was wrong. */
export function wrongPasswordPage(c: Context, currentUrl: string, parts: WebAppParts): Response | Promise<Response> {
  return loginPage(c, { currentUrl, notice: wrongPassword, status: 401 }, parts)
}

interface Shown {
  readonly currentUrl: string
  readonly notice: string
  readonly status: ContentfulStatusCode
}

function loginPage(
  c: Context,
  shown: Shown,
  { title, basePath, newSecret, providers }: WebAppParts,
): Response | Promise<Response> {
  const { currentUrl, notice, status } = shown
  const nonce = newSecret()
  c.header('Content-Security-Policy', loginPagePolicy(nonce))
  const ordered = hintedFirst(providers, providerHint(currentUrl))
  const page = { application: title, basePath, notice, failed: status !== 200, providers: ordered, currentUrl, nonce }
  return c.html(<LoginPage {...page} />, status)
}

function hintedFirst(providers: readonly Provider[], hint: string | undefined): readonly Provider[] {
  return [...providers].sort((one, other) => Number(other.name === hint) - Number(one.name === hint))
}
