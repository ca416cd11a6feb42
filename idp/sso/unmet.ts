import type { AuthnRequest } from '#saml/messages/authn-request'
import type { Status } from '#saml/messages/status'
import { NAME_ID_FORMAT, STATUS } from '#saml/names'
import { chooseNameIdFormat } from '../directory/name-id-format.ts'
import type { TrustedSp } from '../directory/sp-directory.ts'
import { findEncryption } from '../directory/sp-encryption.ts'
import { whyNoSuchAcs } from './acs-url.ts'

interface Parties {
  readonly sp: TrustedSp
  readonly idpEntityId: string
}

/** What a request may ask for and not get: each rule answers the status in which the service provider hears of it. */
type Wish = (request: AuthnRequest, parties: Parties) => Status | undefined

const wishes: readonly Wish[] = [answerPlace, thisIdp, authnContext, nameIdPolicy, encryptedId]

/** Why a login cannot be as its service provider wants it; undefined when it can. */
export function whyUnmet(request: AuthnRequest | undefined, parties: Parties): Status | undefined {
  if (request === undefined) return undefined
  return wishes.map((wish) => wish(request, parties)).find((status) => status !== undefined)
}

function answerPlace(request: AuthnRequest, { sp }: Parties): Status | undefined {
  return whyNoSuchAcs(request, sp.metadata)
}

/** saml-core-2.0 §3.4.1.2: nobody but us authenticates here. ProxyCount and RequesterID are met by whoever asks no other identity provider. */
function thisIdp({ idpList }: AuthnRequest, { idpEntityId }: Parties): Status | undefined {
  if (idpList === undefined || idpList.includes(idpEntityId)) return undefined
  const message = `the IDPList of the Scoping has not this identity provider, ${idpEntityId}`
  return { codes: [STATUS.requester, STATUS.noSupportedIdp], message }
}

/** saml-core-2.0 §3.3.2.2.1: the first class is asserted, which is exactly, at least and at most what was asked for. Nothing is known to be better. */
function authnContext({ requestedAuthnContext: context }: AuthnRequest): Status | undefined {
  if (context === undefined || (context.classRefs.length > 0 && context.comparison !== 'better')) return undefined
  const message =
    context.comparison === 'better'
      ? 'no authentication context is known to be better than another'
      : 'no declarations of authentication contexts are known'
  return { codes: [STATUS.responder, STATUS.noAuthnContext], message }
}

/** saml-core-2.0 §3.4.1.1. An SPNameQualifier that is not its own would be an affiliation, and none is known here. */
function nameIdPolicy({ nameIdPolicy: policy }: AuthnRequest, { sp }: Parties): Status | undefined {
  const { entityId } = sp.metadata
  const { spNameQualifier = entityId } = policy ?? {}
  if (spNameQualifier === entityId && chooseNameIdFormat(policy, sp) !== undefined) return undefined
  return invalidNameIdPolicy('this identity provider cannot make the name identifier that was asked for')
}

function encryptedId(request: AuthnRequest, { sp }: Parties): Status | undefined {
  if (!wantsEncryptedId(request) || findEncryption(sp.metadata) !== undefined) return undefined
  return invalidNameIdPolicy('nothing can be encrypted for this service provider: its metadata has no key that serves')
}

/** saml-core-2.0 §3.4.1.1: this Format asks for an EncryptedID, whatever the format of the name in it. */
export const wantsEncryptedId = ({ nameIdPolicy: policy }: AuthnRequest): boolean =>
  policy?.format === NAME_ID_FORMAT.encrypted

const invalidNameIdPolicy = (message: string): Status => ({
  codes: [STATUS.requester, STATUS.invalidNameIdPolicy],
  message,
})
