import type { Credential } from '#saml/credentials'
import type { KnownKey } from '#saml/rules/hints/known-key'
import { type TrustedKey, trustCertificate } from '#saml/signature/trusted-key'
import type { Receiver } from '../judge/receiver.ts'

/** The keys that a message to a realm could have been signed with by mistake. */
export function otherKeysOf({ config, idpMetadata }: Receiver): readonly (KnownKey & TrustedKey)[] {
  const { entityId, keyDescriptors } = idpMetadata()
  const forEncryption = keyDescriptors.filter(({ use }) => use === 'encryption')
  return [
    ...forEncryption.map(({ key }) => ({ ...key, label: `the encryption key of ${entityId}` })),
    ...[config.signing].flatMap((credential) => own(credential, "the realm's own key")),
    ...(config.encryption ?? []).flatMap((credential) => own(credential, "the realm's own encryption key")),
  ]
}

const own = (credential: Credential | undefined, label: string) =>
  credential === undefined ? [] : [{ ...trustCertificate(credential.certificate), label }]
