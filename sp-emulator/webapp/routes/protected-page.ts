import type { Context, Handler } from 'hono'
import { withoutBasePath } from '#server/base-path'
import type { WhoAmI } from '../elasticsearch-saml.ts'
import { identify } from '../login/identify.ts'
import { startLogin } from '../login/start-login.ts'
import { ownPath } from '../own-path.ts'
import { isSaml, type SamlProvider } from '../providers/provider.ts'
import type { StoredSession } from '../sessions/session.ts'
import { captureUrlPath, hasSavedHash, loginPath, providerHint, wantedPath } from '../wanted-path.ts'
import { sessionExpired, WebAppError } from '../web-app-error.ts'
import { findProvider, type WebAppParts } from '../web-app-parts.ts'
import { currentSession } from './current-session.ts'
import { isAjax } from './is-ajax.ts'

type Page = (c: Context, user: WhoAmI) => Response | Promise<Response>

/** Shows the page to a signed-in user and sends everybody else to log in, to come back to this page. A script is never sent there. */
export function protectedPage(parts: WebAppParts, page: Page): Handler {
  return async function answerProtected(c) {
    const stored = await currentSession(c.req.raw, parts)
    const lookup = await identify(c.req.raw, stored, parts)
    if (lookup.kind === 'signed-in') return page(c, lookup.user)
    if (lookup.kind === 'refused' || isAjax(c.req.raw)) throw refusal(lookup.kind)
    if (lookup.kind === 'signed-out') return logIn(c, stored, parts)
    return logInAgain(c, stored, parts)
  }
}

/** Answers 400 for dead tokens: 401 would make Kibana's scripts start a logout (web-app-flows §1.4 (h)). */
export function refusal(kind: 'signed-out' | 'expired' | 'refused'): WebAppError {
  if (kind === 'expired') {
    return new WebAppError({ code: 'SESSION_EXPIRED', status: 400, headline: 'Bad Request' }, sessionExpired)
  }
  return new WebAppError({ code: 'NOT_SIGNED_IN', status: 401, headline: 'Unauthorized' }, 'Unauthorized')
}

/** The page that was asked for, as an address of our own. */
export function requestedPath(c: Context, { baseUrl, basePath }: WebAppParts): string {
  const { pathname, search } = new URL(c.req.url)
  return ownPath(basePath + withoutBasePath(pathname, basePath) + search, baseUrl)
}

async function logIn(c: Context, stored: StoredSession | undefined, parts: WebAppParts): Promise<Response> {
  const path = requestedPath(c, parts)
  const suggested = findProvider(parts, stored?.session.provider ?? providerHint(path) ?? '')
  const provider = suggested ?? parts.providers[0]
  if (parts.hasSelector || provider === undefined || !isSaml(provider))
    return c.redirect(parts.basePath + loginPath(path), 302)
  return goToIdp(c, { provider, stored }, parts)
}

/** Dead tokens end the session, and its own provider is asked for another, also where there is a choice. */
async function logInAgain(c: Context, stored: StoredSession | undefined, parts: WebAppParts): Promise<Response> {
  c.header('Set-Cookie', parts.cookies.cleared)
  if (stored === undefined) return logIn(c, undefined, parts)
  await parts.sessions.destroy(stored.id)
  const provider = findProvider(parts, stored.session.provider)
  if (provider === undefined || !isSaml(provider)) return logIn(c, undefined, parts)
  return goToIdp(c, { provider, stored: undefined }, parts)
}

interface Way {
  readonly provider: SamlProvider
  readonly stored: StoredSession | undefined
}

/** By way of the page that saves the part of the address behind `#`, unless that has been saved. */
async function goToIdp(c: Context, { provider, stored }: Way, parts: WebAppParts): Promise<Response> {
  const path = requestedPath(c, parts)
  if (!hasSavedHash(path)) return c.redirect(parts.basePath + captureUrlPath(path, provider.name), 302)
  // A router takes HEAD for GET, and whoever only looks begins no login.
  if (c.req.method === 'HEAD') return c.notFound()
  const wanted = ownPath(wantedPath(path), parts.baseUrl)
  const { sessionId, redirect } = await startLogin({ provider, stored, wantedPath: wanted }, parts)
  c.header('Set-Cookie', parts.cookies.intermediate(sessionId))
  return c.redirect(redirect, 302)
}
