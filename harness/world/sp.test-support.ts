import { type Credential, generateCredential } from '#saml/credentials'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'

/** The instant at which worlds are read in tests. */
export const noon = Date.UTC(2031, 4, 4, 12)

/** A service provider at `https://<name>.test`. */
export async function makeSp(name: string): Promise<{ metadata: SpMetadata; credential: Credential }> {
  const credential = await generateCredential(name, noon)
  const metadata = {
    entityId: `https://${name}.test`,
    keyDescriptors: [{ use: 'signing' as const, key: trustCertificate(credential.certificate) }],
    singleLogoutServices: [{ binding: BINDING.redirect, location: `https://${name}.test/slo` }],
    nameIdFormats: [],
    assertionConsumerServices: [{ binding: BINDING.post, location: `https://${name}.test/acs`, index: 1 }],
    authnRequestsSigned: true,
    wantAssertionsSigned: true,
  }
  return { metadata, credential }
}
