import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'
import { singleLogoutServices } from '../behaviour.ts'
import { getIssuer } from '../directory/get-issuer.ts'
import type { IdpParts } from '../parts.ts'
import { judge } from './judge.ts'
import type { ReadMessage } from './read-message.ts'
import { believedOf, isSigned, type SignatureRules } from './signature-rules.ts'
import type { Breach, Tolerance } from './tolerance.ts'

/** A message of which it is known how far it may be believed. */
export interface VerifiedMessage<Message> {
  /** Whom it names as its Issuer; who signed it, where it is signed. */
  readonly sp: SpMetadata
  /** What it says: where it is signed in itself, only what the signature covers. */
  readonly message: Message
  readonly signed: boolean
  readonly tolerate: readonly Tolerance[]
  /** How far the clock of the sender may be apart from ours. */
  readonly skewMs: number
  readonly tolerated: readonly Breach[]
  /** Where our metadata says that we take logout messages by this carrier, wherever they arrive. */
  readonly sloUrls: readonly string[]
}

/**
 * From read to verified: the Issuer is a service provider that we know, and a signature is its own.
 * @throws SamlError SAML_ISSUER, SAML_METADATA, SAML_UNSIGNED, SAML_ALGORITHM, SAML_SIGNATURE and what else is wrong with a signature.
 */
export function verifyRead<Message>(
  parts: Pick<IdpParts, 'config' | 'behaviour' | 'serviceProviders'>,
  read: ReadMessage<Message>,
  rules: SignatureRules,
): VerifiedMessage<Message> {
  const { config, serviceProviders } = parts
  const sp = getIssuer(read.root, serviceProviders, config.clock.now())
  const tolerate = serviceProviders.tolerancesOf(sp.entityId)
  const tolerated = judge(rules, read, { sp, tolerate })
  const believed = believedOf(read, { sp })
  const message = believed === read.root ? read.claimed : read.parse(believed)
  const { skewMs } = serviceProviders.settingsOf(sp.entityId)
  return { sp, message, signed: isSigned(read), tolerate, skewMs, tolerated, sloUrls: sloUrlsFor(read, parts) }
}

function sloUrlsFor(
  { carrier }: Pick<ReadMessage<unknown>, 'carrier'>,
  { config, behaviour }: Pick<IdpParts, 'config' | 'behaviour'>,
): readonly string[] {
  return singleLogoutServices(behaviour.now(), config.endpoints)
    .filter(({ binding }) => (binding === BINDING.soap) === (carrier === 'call'))
    .flatMap(({ location, responseLocation = location }) => [location, responseLocation])
}
