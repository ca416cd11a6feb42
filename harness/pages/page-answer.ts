import { createHash } from 'node:crypto'
import { style } from './style.ts'

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
}

/** What a page is made of beside its markup. */
export interface PageParts {
  readonly status?: number
  /** Beside the one of every page. */
  readonly styles?: readonly string[]
  /** The only one that runs; it may ask this address for more. */
  readonly script?: string | undefined
  /** Whether it has forms, which lead to this address alone. */
  readonly hasForms?: boolean
}

const hashes = new Map<string, string>()

/** The source expression by which a policy knows a style or a script that stands in a page (CSP 3 §2.3.1). */
export function hashOf(text: string): string {
  const known = hashes.get(text) ?? `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  hashes.set(text, known)
  return known
}

/** A page of ours as an answer: nothing may run on it, be sent from it or be loaded by it but what its parts name, and no other page may frame it. */
export function pageAnswer(page: { toString(): string }, parts: PageParts = {}): Response {
  const { status = 200, styles = [], script, hasForms = false } = parts
  const policy = [
    `default-src 'none'`,
    'img-src data:',
    `style-src ${[style, ...styles].map(hashOf).join(' ')}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`, `connect-src 'self'`]),
    `base-uri 'none'`,
    `form-action ${hasForms ? `'self'` : `'none'`}`,
    `frame-ancestors 'none'`,
  ].join('; ')
  return new Response(page.toString(), { status, headers: { ...headers, 'Content-Security-Policy': policy } })
}

/** Leads to another page of ours, which is asked for by GET (RFC 9110 §15.4.4). */
export const redirectTo = (location: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { Location: location, 'Cache-Control': 'no-store', ...headers } })
