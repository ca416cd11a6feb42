import { createHash } from 'node:crypto'

/** The one stylesheet, in the page itself; the content security policy knows it by its hash. */
export const style = `
:root { color-scheme: light dark; --ink: #14312b; --paper: #f1f7f4; --card: #fff; --line: #cfe0d8; --accent: #0c6b52; --quiet: #4c665e }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e0f0ea; --paper: #0f1a17; --card: #172622; --line: #2c4039; --accent: #6fd3b2; --quiet: #9db8af }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif }
header { background: #0b4a3a; color: #fff; padding: .9rem 1.5rem; font-weight: 600; overflow-wrap: anywhere }
main { max-width: 44rem; margin: 2rem auto; padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem }
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere }
p, dd { margin: 0 0 1rem; overflow-wrap: anywhere }
dt { font-size: .9rem; color: var(--quiet) }
a.button, button { display: inline-block; padding: .6rem 1.25rem; border: 0; border-radius: .4rem; background: var(--accent); color: var(--card); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer }
a.button:focus-visible, button:focus-visible { outline: 3px solid #e0a100; outline-offset: 2px }
`

const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

/**
 * For every answer. Messages and pages of a session are not for caches (saml-bindings-2.0 §3.4.5.1), and a message in the address must not leak. The form for the
 * logout may be sent, and the redirects behind it lead to whatever IdP there is.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-cache, no-store',
  Pragma: 'no-cache',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': `default-src 'none'; img-src data:; style-src ${styleHash}; base-uri 'none'; form-action http: https:; frame-ancestors 'none'`,
}
