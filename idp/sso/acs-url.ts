import { SamlError } from '#saml/errors'
import type { AuthnRequest } from '#saml/messages/authn-request'
import { type AssertionConsumerService, defaultConsumerService, type SpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'

/**
 * The address that the answer to a request goes to: one of the POST endpoints in the metadata of the service provider, chosen by URL, by
 * index or by default (saml-core-2.0 §3.4.1, saml-profiles-2.0 §4.1.4.1).
 * @throws SamlError SAML_ACS when the request names another address: no answer may go there.
 */
export function getAcsUrl(sp: SpMetadata, request?: AuthnRequest): string {
  const offered = sp.assertionConsumerServices.filter(({ binding }) => binding === BINDING.post)
  const { acsUrl, acsIndex, protocolBinding = BINDING.post } = request ?? {}
  if (protocolBinding !== BINDING.post) {
    throw new SamlError('SAML_ACS', `the answer is wanted by ${protocolBinding.slice(0, 256)}, which is not offered`, {
      expected: BINDING.post,
      actual: protocolBinding,
    })
  }
  const chosen =
    choose(offered, { acsUrl, acsIndex }) ?? defaultConsumerService({ ...sp, assertionConsumerServices: offered })
  if (chosen !== undefined) return chosen.location
  throw new SamlError('SAML_ACS', `the metadata of ${sp.entityId} has no AssertionConsumerService by POST`)
}

type Wanted = Record<'acsUrl', string | undefined> & Record<'acsIndex', number | undefined>

function choose(offered: readonly AssertionConsumerService[], { acsUrl, acsIndex }: Wanted) {
  if (acsUrl === undefined && acsIndex === undefined) return undefined
  const isWanted = ({ location, index }: AssertionConsumerService) =>
    (acsUrl === undefined || location === acsUrl) && (acsIndex === undefined || index === acsIndex)
  const found = offered.find(isWanted)
  if (found !== undefined) return found
  const wanted = acsUrl ?? `index ${acsIndex}`
  throw new SamlError('SAML_ACS', `the AssertionConsumerService ${wanted.slice(0, 256)} is not in the metadata`, {
    expected: offered.map(({ location }) => location),
    actual: wanted,
  })
}
