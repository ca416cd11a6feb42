import type { KeyDescriptor } from '#saml/metadata/key-descriptor'
import { writeSpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { type RealmConfig, signerFor } from '../realm-config.ts'

/** The metadata of the realm's service provider, as `GET /_security/saml/metadata/{realm}` answers it (spec §8). */
export function writeRealmMetadata(config: RealmConfig): string {
  const { spEntityId, acsUrl, logoutUrl } = config
  return writeSpMetadata({
    entityId: spEntityId,
    authnRequestsSigned: signerFor(config, 'AuthnRequest') !== undefined,
    wantAssertionsSigned: true,
    keyDescriptors: keyDescriptorsOf(config),
    singleLogoutServices: logoutUrl === '' ? [] : [{ binding: BINDING.redirect, location: logoutUrl }],
    nameIdFormats: [],
    assertionConsumerServices: [{ binding: BINDING.post, location: acsUrl, index: 1, isDefault: true }],
  })
}

/** The signing certificate, then each for encryption; one without a use when it is the only one for both (spec §8). */
function keyDescriptorsOf({ signing, encryption = [] }: RealmConfig): readonly KeyDescriptor[] {
  const signingKey = signing && trustCertificate(signing.certificate)
  const encryptionKeys = encryption.map(({ certificate }) => trustCertificate(certificate))
  const [only] = encryptionKeys
  if (signingKey !== undefined && encryptionKeys.length === 1) {
    if (signingKey.certificateBase64 === only?.certificateBase64) return [{ key: signingKey }]
  }
  const forEncryption = encryptionKeys.map((key) => ({ use: 'encryption', key }) as const)
  return signingKey === undefined ? forEncryption : [{ use: 'signing', key: signingKey }, ...forEncryption]
}
