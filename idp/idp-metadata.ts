import type { Credential } from '#saml/credentials'
import { offeredEncryptionMethods } from '#saml/encryption/algorithms'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import type { KeyDescriptor } from '#saml/metadata/key-descriptor'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import type { IdpConfig } from './config.ts'
import type { KeyRing } from './directory/key-ring.ts'
import { nameIdFormats } from './directory/name-ids.ts'

const offered = offeredEncryptionMethods.map((algorithm) => ({ algorithm }))

/** By the keys in them, which are all that changes while an IdP runs. */
const written = new WeakMap<readonly Credential[], string>()

/** What service providers need to know of this IdP (saml-metadata-2.0 §2.4.3). The same text for as long as nothing in it changes. */
export function idpMetadata(config: IdpConfig): string {
  const published = config.keys.published()
  const document = written.get(published) ?? writeMetadata(config)
  written.set(published, document)
  return document
}

function writeMetadata({ entityId, endpoints, keys, singleLogoutServices }: IdpConfig): string {
  const { ssoUrl } = endpoints
  return writeIdpMetadata({
    entityId,
    keyDescriptors: keyDescriptorsOf(keys),
    singleLogoutServices,
    nameIdFormats,
    singleSignOnServices: [
      { binding: BINDING.redirect, location: ssoUrl },
      { binding: BINDING.post, location: ssoUrl },
    ],
    wantAuthnRequestsSigned: false,
  })
}

/** Keys for signatures first (`spec/contract.md` §2.10). One for both uses stands twice: many readers look for the use that they need and for no other. */
function keyDescriptorsOf(keys: KeyRing): readonly KeyDescriptor[] {
  const signing = keys.published().map(({ certificate }) => {
    return { use: 'signing', key: trustCertificate(certificate) } as const
  })
  const encryption = keys.encryption().map(({ certificate }) => {
    const key = trustCertificate(certificate)
    return { use: 'encryption', key, encryptionMethods: offered } as const
  })
  return [...signing, ...encryption]
}
