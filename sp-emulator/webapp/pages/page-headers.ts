import { createHash } from 'node:crypto'
import { style } from './style.ts'

const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`
const nothingElse = `default-src 'none'; img-src data:; style-src ${styleHash}; form-action 'none'; base-uri 'none'`

/** Nothing may run on a page, and no other site may frame it. */
export const pagePolicy = `${nothingElse}; frame-ancestors 'none'`

/** One script may run. Framing is allowed: an IdP may send its LogoutRequest through a frame, and any site can navigate a user here anyway. */
export const leavingPagePolicy = (nonce: string): string => `${nothingElse}; script-src 'nonce-${nonce}'`

/**
 * For every answer. Messages and pages of a session are not for caches (saml-bindings-2.0 §3.4.5.1),
 * and a SAML message in the address must not leak into `Referer`.
 */
export const commonHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-cache, no-store',
  Pragma: 'no-cache',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}
