import type { SpMetadata } from '#saml/metadata/sp-metadata'
import type { Tolerance } from '../inbox/tolerance.ts'
import type { Way } from '../outbox/draft.ts'
import { checkEncryption } from './sp-encryption.ts'
import type { SpOverrides } from './sp-settings.ts'

/** A service provider to be trusted, and what people call it. */
export interface TrustedSp extends SpOverrides {
  readonly metadata: SpMetadata
  /** Shown on buttons, "Open <name>"; the entity id when absent. */
  readonly name?: string | undefined
  /** What it may do and still be believed, in place of what every service provider may. */
  readonly tolerate?: readonly Tolerance[] | undefined
  /** The Format of its NameIDs where a request names none, in place of what its metadata lists. */
  readonly nameIdFormat?: string | undefined
  /** How it is asked to log somebody out, in place of the first way that its metadata offers. */
  readonly logoutBy?: Way | undefined
}

/** @throws SamlError SAML_METADATA when nothing can be encrypted for a service provider for which something is to be. */
export function checkTrusted({ metadata, encrypt = 'none' }: TrustedSp): void {
  if (encrypt !== 'none') checkEncryption(metadata)
}
