import { createHash } from 'node:crypto'
import { style } from './style.ts'

const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`
const nothingElse = `default-src 'none'; img-src data:; style-src ${styleHash}; base-uri 'none'`

/** Nothing may run or be sent on a page, and no other site may frame it. */
export const pagePolicy = `${nothingElse}; form-action 'none'; frame-ancestors 'none'`

/** A form may be sent. Browsers hold the policy against the redirects that follow too, and those lead to whatever IdP there is. */
export const formPolicy = `${nothingElse}; form-action http: https:; frame-ancestors 'none'`

/** As `formPolicy`, and one script may run. */
export const loginPagePolicy = (nonce: string): string => `${formPolicy}; script-src 'nonce-${nonce}'`

/** One script may run. Framing is allowed: an IdP may send its LogoutRequest through a frame, and any site can navigate a user here anyway. */
export const leavingPagePolicy = (nonce: string): string =>
  `${nothingElse}; form-action 'none'; script-src 'nonce-${nonce}'`

/**
 * For every answer. Messages and pages of a session are not for caches (saml-bindings-2.0 §3.4.5.1), and a SAML message in the address must not leak
 * to another site; our own forms are told apart from other sites' by `Origin`, which `no-referrer` would blank.
 */
export const commonHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-cache, no-store',
  Pragma: 'no-cache',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
}
