import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

type Markup = { toString(): string | Promise<string> }

interface PageOptions {
  readonly status?: ContentfulStatusCode
  /**
   * Where the forms of the page end: at our own pages, or at service providers. Chromium holds every redirect after a form to `form-action`,
   * and where a foreign service provider redirects to is not ours to know, so the outside is any web address.
   */
  readonly formsEnd: 'here' | 'outside'
  /** The page has frames, in which service providers are asked. */
  readonly hasFrames?: boolean
  /** The page is what a frame of ours may show. Nobody else frames anything. */
  readonly isFrame?: boolean
}

/** Answers a page that nobody caches or adds a script to, and nobody else frames. */
export async function sendPage(c: Context, page: Markup, options: PageOptions): Promise<Response> {
  const { status = 200 } = options
  forbidCaching(c)
  c.header('Content-Security-Policy', policy(options))
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'strict-origin-when-cross-origin')
  return c.html(`<!DOCTYPE html>${await page.toString()}`, status)
}

/** Sends the browser on, with GET whatever it came with. */
export function sendTo(c: Context, address: string): Response {
  forbidCaching(c)
  // A Location in metadata may hold letters that a header cannot; Hono would escape the whole address again, signature and all.
  return c.redirect(address.replaceAll(/[^\x20-\x7E]+/g, encodeURIComponent), 303)
}

// saml-bindings-2.0 §3.4.5.1, §3.5.5.1
function forbidCaching(c: Context): void {
  c.header('Cache-Control', 'no-cache, no-store')
  c.header('Pragma', 'no-cache')
}

function policy({ formsEnd, hasFrames = false, isFrame = false }: PageOptions): string {
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    'img-src data:',
    `form-action ${formsEnd === 'here' ? "'self'" : 'http: https:'}`,
    ...(hasFrames ? ['frame-src http: https:'] : []),
    `frame-ancestors ${isFrame ? "'self'" : "'none'"}`,
    "base-uri 'none'",
  ].join('; ')
}
