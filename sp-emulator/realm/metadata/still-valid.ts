import { formatInstant } from '#saml/instants'
import type { IdpMetadata } from '#saml/metadata/idp-metadata'
import { refuse } from '../refusals.ts'

/**
 * The metadata while it may be used (saml-metadata-2.0 §2.3.1). A node takes expired metadata for none at all.
 * @throws SamlError SAML_METADATA from the instant of its `validUntil` on.
 */
export function checkStillValid(metadata: IdpMetadata, now: number): IdpMetadata {
  const { validUntil, entityId } = metadata
  if (validUntil === undefined || now < validUntil) return metadata
  const reason = `the metadata of [${entityId}] was valid until [${formatInstant(validUntil)}]`
  throw refuse('SAML_METADATA', reason, { expected: formatInstant(validUntil), actual: formatInstant(now) })
}
