import type { X509Certificate } from 'node:crypto'
import type { KeyDescriptor } from '#saml/metadata/key-descriptor'
import { strictPolicy } from '#saml/signature/policy'
import type { IdpParts } from '../parts.ts'

/** A key that is too weak to be relied on, and what that means. */
export interface KeyWarning {
  /** The entity id of the service provider whose key it is; undefined of the IdP itself. */
  readonly spEntityId: string | undefined
  readonly says: string
}

/**
 * The weak keys of the IdP and of the service providers that it knows: RSA of fewer bits than signatures are believed of (`spec/security.md` C117), and kinds
 * that nothing here can use. Of certificates only the key counts: by whom, with what and until when they are signed nobody looks at (A14).
 */
export function keyWarnings({ config, serviceProviders }: Pick<IdpParts, 'config' | 'serviceProviders'>): KeyWarning[] {
  const own = new Set([...config.keys.published(), ...config.keys.encryption()].map(({ certificate }) => certificate))
  const ofIdp = [...own].flatMap((certificate) => warningOf(undefined, certificate, 'careful peers do not believe it'))
  const ofSps = serviceProviders.list().flatMap(({ metadata: { entityId, keyDescriptors } }) =>
    keyDescriptors.filter(isFirstOfItsKey).flatMap(({ key }) => {
      const signs = keyDescriptors.some((each) => each.use !== 'encryption' && isSameKey(each, { key }))
      const means = signs ? 'its signatures are not believed' : 'what is encrypted for it is not safe'
      return warningOf(entityId, key.certificate, means)
    }),
  )
  return [...ofIdp, ...ofSps]
}

const isSameKey = (one: KeyDescriptor, other: KeyDescriptor) =>
  one.key.certificateBase64 === other.key.certificateBase64
const isFirstOfItsKey = (each: KeyDescriptor, index: number, all: readonly KeyDescriptor[]) =>
  all.findIndex((other) => isSameKey(each, other)) === index

function warningOf(
  spEntityId: string | undefined,
  { publicKey, subject }: X509Certificate,
  means: string,
): KeyWarning[] {
  const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: { modulusLength = 0 } = {} } = publicKey
  const { minimumRsaBits: bits } = strictPolicy
  const named = `the key of the certificate [${subject.replaceAll('\n', ', ')}]`
  if (type === 'ec' || (type === 'rsa' && modulusLength >= bits)) return []
  if (type !== 'rsa') return [{ spEntityId, says: `${named} is of type ${type}, expected rsa or ec: ${means}` }]
  return [{ spEntityId, says: `${named} is RSA of ${modulusLength} bits, expected at least ${bits}: ${means}` }]
}
