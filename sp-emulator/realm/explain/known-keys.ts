import type { Credential } from '#saml/credentials'
import { formatInstant } from '#saml/instants'
import type { KnownKey } from '#saml/rules/hints/known-key'
import { type TrustedKey, trustCertificate } from '#saml/signature/trusted-key'
import type { Receiver } from '../judge/receiver.ts'

/** The keys that a message to a realm could have been signed with by mistake. */
export function otherKeysOf({ config, idpMetadata, withdrawnKeys }: Receiver): readonly (KnownKey & TrustedKey)[] {
  const { entityId, keyDescriptors } = idpMetadata()
  const forEncryption = keyDescriptors.filter(({ use }) => use === 'encryption')
  return [
    ...(withdrawnKeys?.() ?? []).map(({ key, until }) => ({ ...key, label: withdrawn(until) })),
    ...forEncryption.map(({ key }) => ({ ...key, label: `the encryption key of ${entityId}` })),
    ...[config.signing].flatMap((credential) => own(credential, "the realm's own key")),
    ...(config.encryption ?? []).flatMap((credential) => own(credential, "the realm's own encryption key")),
  ]
}

/** When the IdP withdrew it nobody knows who reads its metadata now and then. */
const withdrawn = (until: number) => `a key that the metadata named until it was read again at ${formatInstant(until)}`

const own = (credential: Credential | undefined, label: string) =>
  credential === undefined ? [] : [{ ...trustCertificate(credential.certificate), label }]
