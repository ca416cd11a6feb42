import { findEndpoint } from '#saml/metadata/role'
import { defaultConsumerService } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'
import type { TrustedSp } from '../directory/trusted-sp.ts'
import { type Addressee, type Caller, type Way, ways } from '../outbox/draft.ts'
import type { IdpParts } from '../parts.ts'
import { MintRefusal, unknown } from './mint-refusal.ts'
import type { WantedMessage } from './wanted-message.ts'

/** @throws MintRefusal that names the nearest one. */
export function getServiceProvider({ serviceProviders }: IdpParts, to: string): TrustedSp {
  const sp = serviceProviders.get(to)
  if (sp !== undefined) return sp
  const known = serviceProviders.list().map(({ metadata }) => metadata.entityId)
  throw unknown('noSuchServiceProvider', { path: 'to', what: 'service provider', actual: to, known })
}

/**
 * Where and how a LogoutRequest goes: by the binding that is wanted, else by the first that the service provider offers, redirect before all.
 * @throws MintRefusal when it does not offer that.
 */
export function requestAddress({ metadata }: TrustedSp, { binding }: Pick<WantedMessage, 'binding'>): Addressee {
  return offered(metadata, binding === undefined ? ways : [binding], ({ location }) => location)
}

/** Where and how a LogoutResponse goes: by SOAP into the exchange that asked, else as `requestAddress` says, to the ResponseLocation if there is one. */
export function answerAddress(
  { metadata }: TrustedSp,
  { binding }: Pick<WantedMessage, 'binding'>,
): Addressee | Caller {
  if (binding === 'soap') return { spEntityId: metadata.entityId, way: 'exchange' }
  const wanted = binding === undefined ? (['redirect', 'post'] as const) : [binding]
  return offered(metadata, wanted, ({ location, responseLocation }) => responseLocation ?? location)
}

type Metadata = TrustedSp['metadata']

function offered(
  { entityId: spEntityId, singleLogoutServices }: Metadata,
  wanted: readonly Way[],
  addressIn: (endpoint: Metadata['singleLogoutServices'][number]) => string,
): Addressee {
  for (const way of wanted) {
    const endpoint = findEndpoint(singleLogoutServices, BINDING[way])
    if (endpoint !== undefined) return { spEntityId, way, address: addressIn(endpoint) }
  }
  const expected = ways.filter((way) => findEndpoint(singleLogoutServices, BINDING[way]) !== undefined)
  const takes = expected.length === 0 ? 'no logout message' : `logout messages by ${expected.join(', ')}`
  const says = `binding: ${spEntityId} takes ${takes}, not by ${wanted.join(' or ')}`
  throw new MintRefusal('noEndpoint', says, { path: 'binding', expected, actual: wanted.join(' or ') })
}

/** The address to which a login goes. @throws MintRefusal unless that is wanted by POST, and taken (saml-profiles-2.0 §4.1.2). */
export function loginAddress({ metadata }: TrustedSp, { binding = 'post' }: Pick<WantedMessage, 'binding'>): string {
  const byPost = metadata.assertionConsumerServices.filter((acs) => acs.binding === BINDING.post)
  const chosen = defaultConsumerService({ ...metadata, assertionConsumerServices: byPost })
  if (binding === 'post' && chosen !== undefined) return chosen.location
  const says =
    binding === 'post'
      ? `${metadata.entityId} has no AssertionConsumerService by POST`
      : `a Response goes by post, not by ${binding}`
  throw new MintRefusal('noEndpoint', `binding: ${says}`, { path: 'binding', expected: ['post'], actual: binding })
}
