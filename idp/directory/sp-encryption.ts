import { chooseAlgorithms } from '#saml/encryption/choose-algorithms'
import { type EncryptionChoice, encryptElement } from '#saml/encryption/encrypt-element'
import { SamlError } from '#saml/errors'
import type { KeyDescriptor } from '#saml/metadata/key-descriptor'
import type { SpMetadata } from '#saml/metadata/sp-metadata'

/** What is encrypted in the Assertions for a service provider: nothing, each as a whole, or the name of the user in it. */
export const encryptions = ['none', 'assertion', 'nameId'] as const

export type Encryption = (typeof encryptions)[number]

/** How to encrypt for a service provider: for the first of its keys that serves, by the algorithms that its metadata names with it. Undefined when none does. */
export function findEncryption(metadata: SpMetadata): EncryptionChoice | undefined {
  for (const { key, encryptionMethods } of encryptionKeysOf(metadata)) {
    const algorithms = isRsa(key) ? chooseAlgorithms(encryptionMethods ?? []) : undefined
    if (algorithms !== undefined) return { recipients: [key.key], ...algorithms }
  }
  return undefined
}

/** @throws SamlError SAML_METADATA that says why nothing can be encrypted for a service provider. */
export function checkEncryption(metadata: SpMetadata): void {
  const choice = findEncryption(metadata)
  const reason = choice === undefined ? whyNone(metadata) : whyNotWith(choice)
  if (reason === undefined) return
  const message = `nothing can be encrypted for [${metadata.entityId.slice(0, 256)}]: ${reason}`
  throw new SamlError('SAML_METADATA', message, { expected: 'an RSA key for encryption', actual: reason })
}

/** Those for encryption alone first. */
function encryptionKeysOf({ keyDescriptors }: SpMetadata): readonly KeyDescriptor[] {
  const of = (wanted: KeyDescriptor['use']) => keyDescriptors.filter(({ use }) => use === wanted)
  return [...of('encryption'), ...of(undefined)]
}

const isRsa = ({ key }: KeyDescriptor['key']): boolean => key.asymmetricKeyType === 'rsa'

function whyNone(metadata: SpMetadata): string {
  const keys = encryptionKeysOf(metadata)
  const [first] = keys
  if (first === undefined) return 'its metadata has no key for encryption'
  const rsa = keys.filter(({ key }) => isRsa(key))
  if (rsa.length === 0) return `its key for encryption is of type ${first.key.key.asymmetricKeyType}, expected rsa`
  const named = rsa.flatMap(({ encryptionMethods = [] }) => encryptionMethods).map(({ algorithm }) => algorithm)
  return `its metadata names no encryption methods that are used here, but ${named.slice(0, 8).join(', ').slice(0, 512)}`
}

/** A key may be too short to wrap another. */
function whyNotWith(choice: EncryptionChoice): string | undefined {
  try {
    encryptElement('', 'EncryptedID', choice)
    return undefined
  } catch {
    const [key] = choice.recipients
    return `its key for encryption cannot be used, it has ${key?.asymmetricKeyDetails?.modulusLength} bits`
  }
}
