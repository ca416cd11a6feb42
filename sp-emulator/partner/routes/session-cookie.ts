import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { cookieSuffixOf } from '#server/base-path'
import type { PartnerParts } from '../partner-parts.ts'
import type { PartnerSession } from '../sessions.ts'

/** Browsers share the cookies of one host between its ports. */
const nameOf = ({ name, endpoints: { basePath } }: PartnerParts): string => `sloop_${name}${cookieSuffixOf(basePath)}`

export function cookieOf(c: Context, parts: PartnerParts): string | undefined {
  return getCookie(c, nameOf(parts))
}

export async function currentSession(c: Context, parts: PartnerParts): Promise<PartnerSession | undefined> {
  const id = cookieOf(c, parts)
  return id === undefined ? undefined : parts.sessions.find(id)
}

export function keepSession(c: Context, parts: PartnerParts, { id }: PartnerSession): void {
  setCookie(c, nameOf(parts), id, attributes(parts))
}

/** Leaves the browser with no cookie of a session that has ended. */
export async function dropStaleCookie(c: Context, parts: PartnerParts): Promise<void> {
  const isStale = cookieOf(c, parts) !== undefined && (await currentSession(c, parts)) === undefined
  if (isStale) setCookie(c, nameOf(parts), '', { ...attributes(parts), maxAge: 0 })
}

function attributes({ endpoints: { origin, basePath }, sameSite }: PartnerParts) {
  return {
    path: `${basePath}/`,
    httpOnly: true,
    sameSite,
    // No browser takes a SameSite=None cookie that is not Secure.
    secure: origin.startsWith('https:') || sameSite === 'none',
  }
}
