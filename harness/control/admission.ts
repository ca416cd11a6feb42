import { createHash, timingSafeEqual } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { isLocalhostName } from '#server/localhost-lookup'
import { type ControlError, controlError } from './control-error.ts'
import { tokenInCookie } from './token-cookie.ts'

/** Who may call. */
export interface Admission {
  /** The address that the sockets listen on. */
  readonly host: string
  /** What a caller must know; nobody need know anything where only this machine can call. */
  readonly token?: string | undefined
  /** The names by which the parties are published. */
  readonly hostnames: ReadonlySet<string>
}

/**
 * Why a request may not use the control API (`spec/contract.md` §2): a page of another site made a browser send it, it does not know the token, or its `Host` is
 * not ours, as after DNS rebinding. Undefined when it may.
 */
export function whyNotAdmitted(request: Request, admission: Admission): ControlError | undefined {
  return fromAnotherSite(request) ?? withoutToken(request, admission) ?? fromOutside(request, admission)
}

function fromAnotherSite({ headers, url }: Request): ControlError | undefined {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') {
    return controlError('foreignSite', 'this was sent by a page of another site', {
      expected: ['same-origin', 'none'],
      actual: site.slice(0, 80),
    })
  }
  const origin = headers.get('origin')
  if (origin === null || origin === new URL(url).origin) return undefined
  return controlError('foreignSite', 'this was sent by a page of another site', {
    expected: new URL(url).origin,
    actual: origin.slice(0, 256),
  })
}

/** A browser that was given the token to keep brings it as a cookie. */
function withoutToken(request: Request, { token }: Admission): ControlError | undefined {
  if (token === undefined) return undefined
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(request.headers.get('authorization') ?? '') ?? []
  const given = bearer ?? tokenInCookie(request) ?? ''
  if (timingSafeEqual(digest(given), digest(token))) return undefined
  return controlError('tokenNeeded', 'the control API asks for its token: Authorization: Bearer <token>')
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

function fromOutside(request: Request, { host, token, hostnames }: Admission): ControlError | undefined {
  if (token !== undefined) return undefined
  if (!isLoopback(host)) {
    return controlError('controlClosed', closedWithoutToken(host), { expected: '--control-token' })
  }
  const { hostname } = new URL(request.url)
  if (isLoopback(hostname) || hostnames.has(hostname)) return undefined
  return controlError('foreignHost', 'the Host of this request is no name of ours', { actual: hostname.slice(0, 256) })
}

/** What whoever opens the sockets to others is told. */
export const closedWithoutToken = (host: string): string =>
  `the control API is closed, since this listens on ${host} and no --control-token says who may use it`

/** Whether a host is this machine alone (RFC 6761 §6.3, RFC 1122 §3.2.1.3). */
export function isLoopback(host: string): boolean {
  return isLocalhostName(host) || (isIPv4(host) && host.startsWith('127.')) || host === '::1' || host === '[::1]'
}
