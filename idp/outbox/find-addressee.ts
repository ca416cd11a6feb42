import { type Endpoint, findEndpoint } from '#saml/metadata/role'
import { BINDING } from '#saml/names'
import type { SpDirectory } from '../directory/sp-directory.ts'
import { type Addressee, type Caller, type Way, ways } from './draft.ts'

/** Why a message can go nowhere, in words that follow a colon. */
export interface NoWay {
  readonly noWay: string
}

/**
 * Where and how a service provider takes LogoutRequests, or answers to its own: by the binding that was chosen for it, else the first that its metadata
 * offers in the order redirect, post, soap (`spec/contract.md` §1, `logoutBy`); answers at the ResponseLocation if there is one (saml-metadata-2.0 §2.2.2).
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

/** Where the answer to a LogoutRequest goes: into the call that is still open, else as `findAddressee` says. */
export function findRequester(
  serviceProviders: SpDirectory,
  { spEntityId, waits = false }: { readonly spEntityId: string; readonly waits?: boolean | undefined },
): Addressee | Caller | NoWay {
  return waits ? { spEntityId, way: 'exchange' } : findAddressee(serviceProviders, spEntityId, 'answer')
}

/** What was chosen is how it is asked. An answer goes however it can by the browser that brought the request. */
function waysToTry(message: 'request' | 'answer', logoutBy: Way | undefined): readonly Way[] {
  if (message === 'request') return logoutBy === undefined ? ways : [logoutBy]
  const preferred = logoutBy === undefined ? ways : [logoutBy, ...ways]
  return preferred.filter((way) => way !== 'soap')
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
