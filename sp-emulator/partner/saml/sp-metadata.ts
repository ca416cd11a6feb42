import type { Endpoints } from '../endpoints.ts'
import type { PartnerKey } from '../partner-options.ts'

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'

/**
 * The metadata of a partner. It is written here, since that of node-saml names no SingleLogoutService by Redirect, and the library, which takes longest to load, is
 * not needed for it.
 */
export function spMetadata({ entityId, acsUrl, sloUrl }: Endpoints, { certificatePem }: PartnerKey): string {
  return `<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${escaped(entityId)}">
  <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol" AuthnRequestsSigned="true">
    <KeyDescriptor use="signing">
      <ds:KeyInfo>
        <ds:X509Data>
          <ds:X509Certificate>${contentOf(certificatePem)}</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </KeyDescriptor>
    <SingleLogoutService Binding="${redirect}" Location="${escaped(sloUrl)}"/>
    <SingleLogoutService Binding="${post}" Location="${escaped(sloUrl)}"/>
    <AssertionConsumerService index="1" isDefault="true" Binding="${post}" Location="${escaped(acsUrl)}"/>
  </SPSSODescriptor>
</EntityDescriptor>
`
}

const contentOf = (pem: string): string =>
  pem
    .split('\n')
    .filter((line) => !line.startsWith('-----'))
    .join('')

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
