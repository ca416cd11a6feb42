import { SamlError } from '#saml/errors'
import type { AuthnRequest } from '#saml/messages/authn-request'
import type { Status } from '#saml/messages/status'
import { type AssertionConsumerService, defaultConsumerService, type SpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING, STATUS } from '#saml/names'

/** A status that says why. */
export interface ToldStatus extends Status {
  readonly message: string
}

/**
 * The address that the answer to a request goes to: one of the POST endpoints in the metadata of the service provider, chosen by URL, by
 * index or by default; the default one also where `whyNoSuchAcs` says why not the one that was asked for (saml-core-2.0 §3.4.1, saml-profiles-2.0 §4.1.4.1).
 * @throws SamlError SAML_ACS when the request names an address that is not in the metadata, or none there is by POST: no answer may go anywhere.
 */
export function getAcsUrl(sp: SpMetadata, request?: AuthnRequest): string {
  const { acsUrl, acsIndex } = request ?? {}
  const { assertionConsumerServices: known, entityId } = sp
  const offered = known.filter(isByPost)
  if (acsUrl !== undefined && !known.some(({ location }) => location === acsUrl)) {
    throw new SamlError('SAML_ACS', `the AssertionConsumerService ${acsUrl.slice(0, 256)} is not in the metadata`, {
      expected: offered.map(({ location }) => location),
      actual: acsUrl,
    })
  }
  const isWanted = ({ location, index }: AssertionConsumerService) =>
    acsUrl === undefined ? index === acsIndex : location === acsUrl
  const chosen = offered.find(isWanted) ?? defaultConsumerService({ ...sp, assertionConsumerServices: offered })
  if (chosen !== undefined) return chosen.location
  throw new SamlError('SAML_ACS', `the metadata of ${entityId} has no AssertionConsumerService by POST`)
}

/**
 * Why the answer does not go where a request wants it, though there is a place to say so: an index excludes URL and binding, must be in the metadata,
 * and nothing but POST is offered. Undefined when it does (saml-core-2.0 §3.4.1).
 */
export function whyNoSuchAcs(
  request: AuthnRequest,
  { assertionConsumerServices: known }: SpMetadata,
): ToldStatus | undefined {
  const { acsUrl, acsIndex, protocolBinding } = request
  if (acsIndex !== undefined && (acsUrl !== undefined || protocolBinding !== undefined)) {
    const message = 'an AssertionConsumerServiceIndex excludes an AssertionConsumerServiceURL and a ProtocolBinding'
    return { codes: [STATUS.requester], message }
  }
  if (protocolBinding !== undefined && protocolBinding !== BINDING.post) return unsupported(protocolBinding)
  if (acsUrl === undefined && acsIndex === undefined) return undefined
  const named = known.filter(({ location, index }) => (acsUrl === undefined ? index === acsIndex : location === acsUrl))
  const [first] = named
  if (first === undefined) {
    return { codes: [STATUS.requester], message: `no AssertionConsumerService has the index ${acsIndex}` }
  }
  return named.some(isByPost) ? undefined : unsupported(first.binding)
}

const isByPost = ({ binding }: AssertionConsumerService): boolean => binding === BINDING.post

const unsupported = (binding: string): ToldStatus => ({
  codes: [STATUS.responder, STATUS.unsupportedBinding],
  message: `the answer is wanted by ${binding.slice(0, 256)}, which is not offered`,
})
