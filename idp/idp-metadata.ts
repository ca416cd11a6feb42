import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import type { IdpConfig } from './config.ts'
import { nameIdFormats } from './directory/name-ids.ts'

/** What service providers need to know of this IdP (saml-metadata-2.0 §2.4.3). */
export function idpMetadata({ entityId, endpoints, credential, offersSingleLogout }: IdpConfig): string {
  const { ssoUrl, sloUrl, sloSoapUrl } = endpoints
  return writeIdpMetadata({
    entityId,
    keyDescriptors: [{ use: 'signing', key: trustCertificate(credential.certificate) }],
    singleLogoutServices: offersSingleLogout.map((way) => ({
      binding: BINDING[way],
      location: way === 'soap' ? sloSoapUrl : sloUrl,
    })),
    nameIdFormats,
    singleSignOnServices: [
      { binding: BINDING.redirect, location: ssoUrl },
      { binding: BINDING.post, location: ssoUrl },
    ],
    wantAuthnRequestsSigned: false,
  })
}
