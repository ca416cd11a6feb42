import { readCertificate } from '#saml/credentials'
import type { KeyDescriptor } from '#saml/metadata/key-descriptor'
import { trustCertificate } from '#saml/signature/trusted-key'
import type { TrustedSp } from './trusted-sp.ts'

/** What is kept of a key: the certificate as metadata carries it, in base64. */
interface WrittenKey extends Omit<KeyDescriptor, 'key'> {
  readonly certificate: string
}

/** A service provider as JSON has it: all of it is plain but for the keys. */
export interface WrittenSp extends Omit<TrustedSp, 'metadata'> {
  readonly metadata: Omit<TrustedSp['metadata'], 'keyDescriptors'> & { readonly keys: readonly WrittenKey[] }
}

export function writeTrustedSp({ metadata: { keyDescriptors, ...metadata }, ...given }: TrustedSp): WrittenSp {
  const keys = keyDescriptors.map(({ key, ...said }) => ({ ...said, certificate: key.certificateBase64 }))
  return { ...given, metadata: { ...metadata, keys } }
}

export function readTrustedSp({ metadata: { keys, ...metadata }, ...given }: WrittenSp): TrustedSp {
  const keyDescriptors = keys.map(({ certificate, ...said }) => {
    return { ...said, key: trustCertificate(readCertificate(certificate)) }
  })
  return { ...given, metadata: { ...metadata, keyDescriptors } }
}
