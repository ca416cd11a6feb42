import { type Action, type ParsedPage, type ParseOptions, parsePage } from '../../harness/browsing/page-controls.ts'
import type { Answer } from './http-exchange.ts'
import { noPage } from './no-page.ts'
import { opaqueOrigin } from './request-context.ts'

/** A page that a browser has loaded, into a tab or a frame. */
export interface HttpDocument extends ParsedPage {
  readonly url: string
  /** How it was asked for in the end. */
  readonly method: Action['method']
  readonly headers: Answer['headers']
}

const nothing = { text: '', controls: new Map(), automatic: undefined, refresh: undefined, frames: [], headers: {} }

/** What a tab shows before it was ever used, and a page that belongs to no site. */
export const blankDocument: HttpDocument = { ...nothing, url: 'about:blank', method: 'GET' }

export const missingDocument = ({ url, method }: Pick<Action, 'url' | 'method'>, reason: string): HttpDocument => ({
  ...nothing,
  url,
  method,
  text: noPage(reason),
})

/** What is no HTML is shown as it is. */
export function documentOf(answer: Answer, { url, method }: Action, options: ParseOptions): HttpDocument {
  const { headers, text } = answer
  const isHtml = /html/i.test(headers['content-type'] ?? 'text/html')
  const page = isHtml ? parsePage(text, url, options) : { ...nothing, text: text.replace(/\n+/g, '\n').trim() }
  return { ...page, url, method, headers }
}

export function originOf({ url }: Pick<HttpDocument, 'url'>): string {
  const { origin } = new URL(url)
  return origin
}

/** The `Origin` of a POST that a page begins: its policy may keep it from other origins (fetch §3.1). */
export function saidOrigin({ url, headers }: HttpDocument, target: string): string {
  const { origin } = new URL(url)
  const isElsewhere = new URL(target).origin !== origin
  const policy = String(headers['referrer-policy'] ?? '')
  return (policy === 'same-origin' && isElsewhere) || policy === 'no-referrer' ? opaqueOrigin : origin
}
