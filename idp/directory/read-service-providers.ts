import { parseAllSpMetadata, type SpMetadata, type SpSelection } from '#saml/metadata/sp-metadata'
import type { TrustedSp } from './trusted-sp.ts'
import { checkStillValid } from './valid-metadata.ts'

/** What is said of service providers beside their metadata. */
export interface SpEntry extends Omit<TrustedSp, 'metadata'>, SpSelection {
  /** Chooses one of several in the document. */
  readonly entityId?: string | undefined
}

/**
 * The service providers that a metadata document describes, all of them unless one is chosen. Who has no name is called by the host of its ACS.
 * @throws SamlError when it cannot be read, or is past its validUntil at `now` (epoch milliseconds).
 */
export function readServiceProviders(document: string | Uint8Array, entry: SpEntry, now: number): readonly TrustedSp[] {
  const { entityId, entityIds: chosen, name, signedBy, ...given } = entry
  const entityIds = entityId === undefined ? chosen : [entityId]
  const described = parseAllSpMetadata(document, { entityIds, signedBy })
  for (const metadata of described) checkStillValid(metadata, now)
  return described.map((metadata) => {
    const host = hostOf(metadata)
    return {
      ...given,
      metadata,
      name: described.length > 1 && name !== undefined ? `${name} ${host}` : (name ?? host),
    }
  })
}

function hostOf({ assertionConsumerServices: [acs] }: SpMetadata): string | undefined {
  return acs && new URL(acs.location).host
}
