import { basePathOf, cookieSuffixOf } from '#server/base-path'

type SessionCookie =
  | { readonly kind: 'none' }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'ambiguous' }

/** How far the cookie of a signed-in user travels from other sites. */
export type SameSite = 'lax' | 'strict' | 'none'

/** What the application sets for browsers that come by its public address, and reads again. */
export interface SessionCookies {
  /** The session that a `Cookie` header names. The same cookie twice counts once, two different ones name no session at all (web-app-flows §1.3). */
  read(header: string | null): SessionCookie
  /** The IdP posts the Response from another site; only a `SameSite=None` cookie travels with that (web-app-flows §1.3). */
  intermediate(id: string): string
  /** Without `SameSite` unless said otherwise, as Kibana sets it; the browser's own default applies. */
  authenticated(id: string): string
  readonly cleared: string
}

export interface CookieOptions {
  readonly baseUrl: URL
  /** The application's: browsers share cookies between the ports of a host. */
  readonly name: string
  readonly sameSite?: SameSite | undefined
}

/** The cookies of an application at this address: below its path only, and secure where it is. */
export function sessionCookies({ baseUrl, name, sameSite }: CookieOptions): SessionCookies {
  const basePath = basePathOf(baseUrl)
  const cookieName = `sloop_${name}${cookieSuffixOf(basePath)}`
  const path = `Path=${basePath || '/'}`
  // No browser takes a SameSite=None cookie that is not Secure.
  const secure = baseUrl.protocol === 'https:' || sameSite === 'none' ? '; Secure' : ''
  const site = sameSite === undefined ? '' : `; SameSite=${attributeValues[sameSite]}`
  return {
    read: (header) => readSession(header, cookieName),
    intermediate: (id) => `${cookieName}=${id}; ${path}; HttpOnly; SameSite=None; Secure`,
    authenticated: (id) => `${cookieName}=${id}; ${path}; HttpOnly${site}${secure}`,
    cleared: `${cookieName}=; ${path}; HttpOnly; Max-Age=0${site}${secure}`,
  }
}

const attributeValues: Readonly<Record<SameSite, string>> = { lax: 'Lax', strict: 'Strict', none: 'None' }

function readSession(header: string | null, cookieName: string): SessionCookie {
  const ids = new Set((header ?? '').split(';').flatMap((pair) => sessionIds(pair, cookieName)))
  const [id] = ids
  if (id === undefined) return { kind: 'none' }
  return ids.size === 1 ? { kind: 'id', id } : { kind: 'ambiguous' }
}

function sessionIds(pair: string, cookieName: string): string[] {
  const [name, value] = pair.trim().split('=')
  return name === cookieName && value !== undefined && value !== '' ? [value] : []
}
