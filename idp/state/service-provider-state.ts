import { BINDING } from '#saml/names'
import type { TrustedSp } from '../directory/trusted-sp.ts'

/** A service provider as outsiders see it (`spec/contract.md` §2.1). */
export interface ServiceProviderState {
  readonly entityId: string
  readonly name: string
  readonly acs: readonly string[]
  readonly singleLogout: readonly {
    readonly binding: string
    readonly location: string
    readonly responseLocation: string | null
  }[]
}

export function serviceProviderState({ metadata, name }: TrustedSp): ServiceProviderState {
  const { entityId, assertionConsumerServices, singleLogoutServices } = metadata
  return {
    entityId,
    name: name ?? entityId,
    acs: assertionConsumerServices.map(({ location }) => location),
    singleLogout: singleLogoutServices.map(({ binding, location, responseLocation }) => {
      return { binding: wordOf(binding), location, responseLocation: responseLocation ?? null }
    }),
  }
}

/** `redirect`; of a binding that has no word here its URI. */
function wordOf(binding: string): string {
  return Object.entries(BINDING).find(([, uri]) => uri === binding)?.[0] ?? binding
}
