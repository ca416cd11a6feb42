import type { Handler } from 'hono'
import type { PartnerParts } from '../partner-parts.ts'
import { spMetadata } from '../saml/sp-metadata.ts'

/** `GET /saml/metadata` */
export function metadataRoute({ endpoints, key }: PartnerParts): Handler {
  const document = spMetadata(endpoints, key)
  return function showMetadata(c) {
    c.header('Content-Type', 'application/samlmetadata+xml')
    return c.body(document)
  }
}
