import { type Endpoint, findEndpoint } from '#saml/metadata/role'
import { BINDING } from '#saml/names'
import type { SpDirectory } from '../directory/sp-directory.ts'
import { type Addressee, type Way, ways } from './draft.ts'

/** Why a message can go nowhere, in words that follow a colon. */
export interface NoWay {
  readonly noWay: string
}

/**
 * Where and how a service provider takes LogoutRequests, or answers to its own: by the binding that was chosen for it, else the first that its metadata
 * offers in the order redirect, post (`spec/contract.md` §1, `logoutBy`); answers at the ResponseLocation if there is one (saml-metadata-2.0 §2.2.2).
 */
export function findAddressee(
  serviceProviders: SpDirectory,
  spEntityId: string,
  message: 'request' | 'answer',
): Addressee | NoWay {
  const { metadata, logoutBy } = serviceProviders.get(spEntityId) ?? {}
  const endpoints = metadata?.singleLogoutServices ?? []
  for (const way of waysToTry(message, logoutBy)) {
    const endpoint = findEndpoint(endpoints, BINDING[way])
    if (endpoint !== undefined) return { spEntityId, way, address: addressAt(endpoint, message) }
  }
  return { noWay: whyNoWay(endpoints, message === 'request' ? logoutBy : undefined) }
}

/** What was chosen is how it is asked; an answer goes however it can. */
function waysToTry(message: 'request' | 'answer', logoutBy: Way | undefined): readonly Way[] {
  if (logoutBy === undefined) return ways
  return message === 'request' ? [logoutBy] : [logoutBy, ...ways]
}

function addressAt({ location, responseLocation = location }: Endpoint, message: 'request' | 'answer'): string {
  return message === 'answer' ? responseLocation : location
}

function whyNoWay(endpoints: readonly Endpoint[], logoutBy: Way | undefined): string {
  if (endpoints.length === 0) return 'its metadata has no SingleLogoutService'
  const offered = [...new Set(endpoints.map(({ binding }) => nameOf(binding)))].join(' and ')
  return logoutBy === undefined ? `only ${offered}` : `only ${offered}, and logoutBy says ${logoutBy}`
}

function nameOf(binding: string): string {
  return Object.entries(BINDING).find(([, uri]) => uri === binding)?.[0] ?? binding.slice(0, 256)
}
