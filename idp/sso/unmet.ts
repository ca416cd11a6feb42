import type { AuthnRequest } from '#saml/messages/authn-request'
import type { Status } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { chooseNameIdFormat } from '../directory/name-id-format.ts'
import type { TrustedSp } from '../directory/sp-directory.ts'
import { whyNoSuchAcs } from './acs-url.ts'

/** What a request may ask for and not get: each rule answers the status that says so, in which the service provider hears of it. */
type Wish = (request: AuthnRequest, sp: TrustedSp) => Status | undefined

const wishes: readonly Wish[] = [(request, { metadata }) => whyNoSuchAcs(request, metadata), nameIdPolicy]

/** Why a login cannot be as its service provider wants it; undefined when it can. */
export function whyUnmet(request: AuthnRequest | undefined, sp: TrustedSp): Status | undefined {
  if (request === undefined) return undefined
  return wishes.map((wish) => wish(request, sp)).find((status) => status !== undefined)
}

/** saml-core-2.0 §3.4.1.1. An SPNameQualifier that is not its own would be an affiliation, and none is known here. */
function nameIdPolicy({ nameIdPolicy: policy }: AuthnRequest, sp: TrustedSp): Status | undefined {
  const { entityId } = sp.metadata
  const { spNameQualifier = entityId } = policy ?? {}
  if (spNameQualifier === entityId && chooseNameIdFormat(policy, sp) !== undefined) return undefined
  return {
    codes: [STATUS.requester, STATUS.invalidNameIdPolicy],
    message: 'this identity provider cannot make the name identifier that was asked for',
  }
}
