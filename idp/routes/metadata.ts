import type { Handler } from 'hono'

/** GET /metadata: the document as it is now. */
export function metadataRoute(write: () => string): Handler {
  return function metadata(c) {
    return c.body(write(), 200, { 'Content-Type': 'application/samlmetadata+xml' })
  }
}
