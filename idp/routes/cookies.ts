import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Endpoints } from '../endpoints.ts'
import { sessionCookieName } from '../sessions/session-cookie.ts'

type CookieKind = 'session' | 'logoutRun'

function nameOf({ endpoints: { basePath }, kind }: CookieDraft): string {
  const name = sessionCookieName(basePath)
  return kind === 'session' ? name : `${name}_logout`
}

export function readCookie(c: Context, draft: CookieDraft): string | undefined {
  return getCookie(c, nameOf(draft))
}

/** Keeps a value for the browser session, out of reach of scripts and of POSTs from other sites. */
export function keepCookie(c: Context, { value, ...draft }: CookieDraft & { value: string }): void {
  setCookie(c, nameOf(draft), value, attributesFor(draft.endpoints))
}

export function dropCookie(c: Context, draft: CookieDraft): void {
  setCookie(c, nameOf(draft), '', { ...attributesFor(draft.endpoints), maxAge: 0 })
}

interface CookieDraft {
  readonly endpoints: Endpoints
  readonly kind: CookieKind
}

function attributesFor({ origin, basePath }: Endpoints) {
  return {
    path: `${basePath}/`,
    httpOnly: true,
    sameSite: 'Lax',
    secure: origin.startsWith('https:'),
  } as const
}
