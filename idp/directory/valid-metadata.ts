import { SamlError } from '#saml/errors'
import { formatInstant } from '#saml/instants'
import type { SpMetadata } from '#saml/metadata/sp-metadata'

/** Why the metadata of a service provider must not be used at this instant; undefined when it may (saml-metadata-2.0 §2.3.1, §2.3.2). */
export function whyStale({ validUntil }: SpMetadata, now: number): string | undefined {
  return validUntil === undefined || now < validUntil
    ? undefined
    : `its metadata was valid until ${formatInstant(validUntil)}`
}

/** @throws SamlError SAML_METADATA when the metadata must not be used any longer. */
export function checkStillValid(metadata: SpMetadata, now: number): void {
  const reason = whyStale(metadata, now)
  if (reason === undefined) return
  throw new SamlError('SAML_METADATA', `[${metadata.entityId.slice(0, 256)}] cannot be trusted: ${reason}`, {
    expected: 'metadata that is still valid',
    actual: reason,
  })
}
