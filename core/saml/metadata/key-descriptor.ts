import type { X509Certificate } from 'node:crypto'
import { readCertificate } from '../credentials.ts'
import { type EncryptionMethod, readEncryptionMethod } from '../encryption/encryption-method.ts'
import { SamlError } from '../errors.ts'
import { type TrustedKey, trustCertificate } from '../signature/trusted-key.ts'
import { type XmlNode, xml } from '../xml/build.ts'
import { attributeOf, childrenOf, type XmlElement } from '../xml/element.ts'

/** A certificate and what its key is for; for both when `use` is absent (saml-metadata-2.0 §2.4.1.1). */
export interface KeyDescriptor {
  readonly use?: 'signing' | 'encryption' | undefined
  readonly key: TrustedKey
  /** What may be used to encrypt for it; anything when absent or empty (saml-metadata-2.0 §2.4.1.1). */
  readonly encryptionMethods?: readonly EncryptionMethod[] | undefined
}

/**
 * The keys of a role. Of several certificates in one X509Data the first is the holder's and the rest its chain, of which nothing is believed (xmldsig-core
 * §4.4.4, OpenSAML's InlineX509DataProvider). What is not needed stops nobody: a certificate without a value, one for encryption that cannot be read, and a
 * key of an algorithm that is not known here give no key.
 * @throws SamlError SAML_METADATA for an unknown use, SAML_KEY when what is to verify signatures is no certificate.
 */
export function readKeyDescriptors(role: XmlElement): readonly KeyDescriptor[] {
  // Reading certificates is most of what reading metadata costs, and many have one for both uses.
  const seen = new Map<string, FoundKey>()
  const keyIn = (base64: string): FoundKey => {
    const found = seen.has(base64) ? seen.get(base64) : findKey(base64)
    seen.set(base64, found)
    return found
  }
  return childrenOf(role, 'md:KeyDescriptor').flatMap((element) => readKeyDescriptor(element, keyIn))
}

/** Undefined of an algorithm that is not known here. */
type FoundKey = TrustedKey | SamlError | undefined

function findKey(base64: string): FoundKey {
  const certificate = orRefusal(() => readCertificate(base64))
  if (certificate instanceof SamlError) return certificate
  try {
    // A certificate is read without its key.
    return trustCertificate(certificate)
  } catch {
    return undefined
  }
}

function orRefusal(read: () => X509Certificate): X509Certificate | SamlError {
  try {
    return read()
  } catch (error) {
    if (error instanceof SamlError) return error
    throw error
  }
}

function readKeyDescriptor(element: XmlElement, keyIn: (base64: string) => FoundKey): readonly KeyDescriptor[] {
  const use = readUse(element)
  const methods = childrenOf(element, 'md:EncryptionMethod').map(readEncryptionMethod)
  const encryptionMethods = methods.length === 0 ? undefined : methods
  return childrenOf(element, 'ds:KeyInfo')
    .flatMap((keyInfo) => childrenOf(keyInfo, 'ds:X509Data'))
    .flatMap(holdersCertificate)
    .flatMap((base64) => {
      const key = keyIn(base64)
      if (key instanceof SamlError && use !== 'encryption') throw key
      return key === undefined || key instanceof SamlError ? [] : [{ use, key, encryptionMethods }]
    })
}

function readUse(element: XmlElement): KeyDescriptor['use'] {
  const use = attributeOf(element, 'use')
  // A key for an unknown use is not one for every use.
  if (use === undefined || use === 'signing' || use === 'encryption') return use
  throw new SamlError('SAML_METADATA', `a key is for the use [${use.slice(0, 64)}], expected signing or encryption`)
}

function holdersCertificate(x509Data: XmlElement): string[] {
  const certificates = childrenOf(x509Data, 'ds:X509Certificate').map(({ text }) => text)
  return certificates.filter((text) => text.trim() !== '').slice(0, 1)
}

export function keyDescriptorElement({ use, key, encryptionMethods = [] }: KeyDescriptor): XmlNode {
  const lines = key.certificateBase64.replace(/.{76}(?=.)/g, '$&\n')
  return xml(
    'md:KeyDescriptor',
    { use },
    xml('ds:KeyInfo', {}, xml('ds:X509Data', {}, xml('ds:X509Certificate', {}, lines))),
    encryptionMethods.map(({ algorithm }) => xml('md:EncryptionMethod', { Algorithm: algorithm })),
  )
}
