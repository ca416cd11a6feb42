import { defaultConsumerService } from '#saml/metadata/sp-metadata'
import type { Met } from './change-row.ts'

/** Where another service provider would take a message of this kind; undefined when there is none that would. */
export function addressOfAnother({ draft, parts }: Met): string | undefined {
  for (const { metadata } of parts.serviceProviders.list()) {
    if (metadata.entityId === draft.to.spEntityId) continue
    const [slo] = metadata.singleLogoutServices
    const address = draft.kind === 'Response' ? defaultConsumerService(metadata)?.location : slo?.location
    if (address !== undefined) return address
  }
  return undefined
}
