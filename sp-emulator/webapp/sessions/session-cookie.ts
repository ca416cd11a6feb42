import { basePathOf } from '#server/base-path'

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

/** What the application sets for browsers that come by its public address. */
export interface SessionCookies {
  /** The IdP posts the Response from another site; only a `SameSite=None` cookie travels with that (web-app-flows §1.3). */
  intermediate(id: string): string
  /** Without `SameSite`, as Kibana sets it by default; the browser's own default applies. */
  authenticated(id: string): string
  readonly cleared: string
}

/** The cookies of an application at this address: below its path only, and secure where it is. */
export function sessionCookies(baseUrl: URL): SessionCookies {
  const path = `Path=${basePathOf(baseUrl) || '/'}`
  const secure = baseUrl.protocol === 'https:' ? '; Secure' : ''
  return {
    intermediate: (id) => `${cookieName}=${id}; ${path}; HttpOnly; SameSite=None; Secure`,
    authenticated: (id) => `${cookieName}=${id}; ${path}; HttpOnly${secure}`,
    cleared: `${cookieName}=; ${path}; HttpOnly; Max-Age=0`,
  }
}
