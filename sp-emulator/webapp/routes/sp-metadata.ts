import type { Handler } from 'hono'
import type { WebAppParts } from '../web-app-parts.ts'

/** `GET /api/security/saml/metadata`: the realm's service provider metadata at an address from which an IdP can load it. */
export function spMetadataRoute({ elasticsearch, realm: address }: WebAppParts): Handler {
  return async function answerSpMetadata(c) {
    // Metadata is asked for by name (spec §1.11); a realm known by its ACS only is named by `prepare`.
    const { realm } = 'realm' in address ? address : await elasticsearch.prepare(address)
    const metadata = await elasticsearch.spMetadata(realm)
    return c.body(metadata, 200, { 'Content-Type': 'application/samlmetadata+xml' })
  }
}
