import type { Handler } from 'hono'

/** GET /metadata. */
export function metadataRoute(document: string): Handler {
  return function metadata(c) {
    return c.body(document, 200, { 'Content-Type': 'application/samlmetadata+xml' })
  }
}
