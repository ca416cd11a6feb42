import { writeSpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { type RealmConfig, signerFor } from './realm-config.ts'

/** The metadata of the realm's service provider, as `GET /_security/saml/metadata/{realm}` answers it (spec §8). */
export function writeRealmMetadata(config: RealmConfig): string {
  const { spEntityId, acsUrl, logoutUrl, signing } = config
  return writeSpMetadata({
    entityId: spEntityId,
    authnRequestsSigned: signerFor(config, 'AuthnRequest') !== undefined,
    wantAssertionsSigned: true,
    keyDescriptors: signing === undefined ? [] : [{ use: 'signing', key: trustCertificate(signing.certificate) }],
    singleLogoutServices: logoutUrl === '' ? [] : [{ binding: BINDING.redirect, location: logoutUrl }],
    nameIdFormats: [],
    assertionConsumerServices: [{ binding: BINDING.post, location: acsUrl, index: 1, isDefault: true }],
  })
}
