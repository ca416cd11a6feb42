import { findEndpoint } from '#saml/metadata/role'
import { BINDING } from '#saml/names'
import type { SpDirectory } from '../directory/sp-directory.ts'
import type { Addressee } from './draft.ts'

/** Where a service provider takes LogoutRequests, or answers to its own: at the ResponseLocation if there is one (saml-metadata-2.0 §2.2.2). */
export function findAddressee(
  serviceProviders: SpDirectory,
  spEntityId: string,
  message: 'request' | 'answer',
): Addressee | undefined {
  const endpoint = findEndpoint(serviceProviders.find(spEntityId)?.singleLogoutServices ?? [], BINDING.redirect)
  if (endpoint === undefined) return undefined
  const { location, responseLocation = location } = endpoint
  return { spEntityId, way: 'redirect', address: message === 'answer' ? responseLocation : location }
}
