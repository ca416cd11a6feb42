import type { Context, Handler } from 'hono'
import { whoSent } from '#server/sent-by-own-page'
import type { LogoutOutcome } from '../finish-logout.ts'
import { NoticePage } from '../pages/notice-page.tsx'
import { PartnerError } from '../partner-error.ts'
import type { PartnerParts } from '../partner-parts.ts'
import { startLogout } from '../start-logout.ts'
import { leaveForIdp } from './leave-for-idp.tsx'
import { currentSession, dropStaleCookie } from './session-cookie.ts'

/** How a logout that began here may have ended; the last part of the page's address. */
export type LoggedOut = LogoutOutcome | 'here'

const sentences: Readonly<Record<LoggedOut, string>> = {
  confirmed: 'The identity provider confirmed the logout.',
  partial: 'The identity provider says that not every service provider confirmed the logout.',
  refused: 'The identity provider refused the logout: only the session here has ended.',
  here: 'The identity provider takes no LogoutRequest by Redirect: only the session here has ended.',
}

/** `POST /logout`, from our own page only. */
export function logoutRoute(parts: PartnerParts): Handler {
  return async function logOut(c) {
    checkSender(c, parts)
    const session = await currentSession(c, parts)
    const { basePath } = parts.endpoints
    if (session === undefined) return c.redirect(`${basePath}/`, 303)
    const outgoing = await startLogout(parts, session)
    await dropStaleCookie(c, parts)
    return leaveForIdp(c, parts, outgoing ?? { url: loggedOutPath(parts, 'here') })
  }
}

export const loggedOutPath = ({ endpoints }: PartnerParts, outcome: LoggedOut): string =>
  `${endpoints.basePath}/logged-out/${outcome}`

/** `GET /logged-out/{outcome}`: says how it ended, and may be looked at again. */
export function loggedOutRoute(parts: PartnerParts): Handler {
  const { name, endpoints } = parts
  return function showLoggedOut(c) {
    const outcome = c.req.param('outcome') ?? ''
    if (!Object.hasOwn(sentences, outcome)) return c.notFound()
    const text = sentences[outcome as LoggedOut]
    return c.html(<NoticePage name={name} basePath={endpoints.basePath} headline="You are logged out" text={text} />)
  }
}

/** Who does not say so is no page of ours. */
function checkSender(c: Context, { endpoints }: PartnerParts): void {
  if (whoSent(c.req.raw.headers, endpoints.origin) === 'own') return
  throw new PartnerError(403, 'Another site tried to log you out here.')
}
