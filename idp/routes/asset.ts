import type { Handler } from 'hono'

/** A file that is the same for everybody. */
export function assetRoute(mediaType: string, content: string): Handler {
  return function asset(c) {
    return c.body(content, 200, {
      'Content-Type': `${mediaType}; charset=utf-8`,
      'Cache-Control': 'public, max-age=300',
      'X-Content-Type-Options': 'nosniff',
    })
  }
}
