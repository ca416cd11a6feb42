import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Endpoints } from '../endpoints.ts'
import { sessionCookieName } from '../sessions/session-cookie.ts'

const names = { session: sessionCookieName, logoutRun: `${sessionCookieName}_logout` } as const

type CookieKind = keyof typeof names

export function readCookie(c: Context, kind: CookieKind): string | undefined {
  return getCookie(c, names[kind])
}

/** Keeps a value for the browser session, out of reach of scripts and of POSTs from other sites. */
export function keepCookie(c: Context, { endpoints, kind, value }: CookieDraft & { value: string }): void {
  setCookie(c, names[kind], value, attributesFor(endpoints))
}

export function dropCookie(c: Context, { endpoints, kind }: CookieDraft): void {
  setCookie(c, names[kind], '', { ...attributesFor(endpoints), maxAge: 0 })
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
