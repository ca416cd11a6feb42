import { createHash } from 'node:crypto'
import { style } from './style.ts'

const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Content-Security-Policy': `default-src 'none'; img-src data:; style-src ${styleHash}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
}

/** A page of ours as an answer: nothing may run on it, be sent from it or be loaded by it, and no other page may frame it. */
export const pageAnswer = (page: { toString(): string }): Response => new Response(page.toString(), { headers })
