import type { Handler } from 'hono'
import { samlProviders, type WebAppParts } from '../web-app-parts.ts'

/** `GET /api/security/saml/metadata`: the service provider metadata of the first SAML provider's realm at an address from which an IdP can load it. */
export function spMetadataRoute(parts: WebAppParts): Handler {
  const [provider] = samlProviders(parts)
  return async function answerSpMetadata(c) {
    if (provider === undefined) return c.notFound()
    const { address } = provider
    const { elasticsearch } = parts
    // Metadata is asked for by name (spec §1.11); a realm known by its ACS only is named by `prepare`.
    const { realm } = 'realm' in address ? address : await elasticsearch.prepare(address)
    const metadata = await elasticsearch.spMetadata(realm)
    return c.body(metadata, 200, { 'Content-Type': 'application/samlmetadata+xml' })
  }
}
