import { offeredEncryptionMethods } from '#saml/encryption/algorithms'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import type { KeyDescriptor } from '#saml/metadata/key-descriptor'
import type { Endpoint } from '#saml/metadata/role'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { singleLogoutServices } from './behaviour.ts'
import type { IdpConfig } from './config.ts'
import type { KeyRing } from './directory/key-ring.ts'
import { nameIdFormats } from './directory/name-ids.ts'
import type { IdpParts } from './parts.ts'

const offered = offeredEncryptionMethods.map((algorithm) => ({ algorithm }))

/** The last one of each ring of keys, and what was said in it that may change. */
const written = new WeakMap<KeyRing, { readonly of: readonly unknown[]; readonly document: string }>()

/** What service providers need to know of this IdP (saml-metadata-2.0 §2.4.3). The same text for as long as nothing in it changes. */
export function idpMetadata({ config, behaviour }: Pick<IdpParts, 'config' | 'behaviour'>): string {
  const { singleLogout } = behaviour.now()
  const of = [config.keys.published(), singleLogout]
  const last = written.get(config.keys)
  if (last?.of.every((each, index) => each === of[index])) return last.document
  const document = writeMetadata(config, singleLogoutServices({ singleLogout }, config.endpoints))
  written.set(config.keys, { of, document })
  return document
}

function writeMetadata({ entityId, endpoints, keys }: IdpConfig, singleLogoutServices: readonly Endpoint[]): string {
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
