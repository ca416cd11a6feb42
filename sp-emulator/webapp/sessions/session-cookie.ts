/** A name of its own: browsers share cookies between the ports of a host. */
const cookieName = 'sloop_app'

type SessionCookie =
  | { readonly kind: 'none' }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'ambiguous' }

/** Reads the session's cookie. The same cookie twice counts once, two different ones name no session at all (web-app-flows §1.3). */
export function readSessionCookie(header: string | null): SessionCookie {
  const ids = new Set((header ?? '').split(';').flatMap(sessionIds))
  const [id] = ids
  if (id === undefined) return { kind: 'none' }
  return ids.size === 1 ? { kind: 'id', id } : { kind: 'ambiguous' }
}

function sessionIds(pair: string): string[] {
  const [name, value] = pair.trim().split('=')
  return name === cookieName && value !== undefined && value !== '' ? [value] : []
}

/** The IdP posts the Response from another site; only a `SameSite=None` cookie travels with that (web-app-flows §1.3). */
export function intermediateCookie(id: string): string {
  return `${cookieName}=${id}; Path=/; HttpOnly; SameSite=None; Secure`
}

/** Without `SameSite`, as Kibana sets it by default; the browser's own default applies. */
export function authenticatedCookie(id: string, { secure }: { secure: boolean }): string {
  return `${cookieName}=${id}; Path=/; HttpOnly${secure ? '; Secure' : ''}`
}

export const clearedCookie = `${cookieName}=; Path=/; HttpOnly; Max-Age=0`
