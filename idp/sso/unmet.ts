import { SamlError } from '#saml/errors'
import type { AuthnRequest } from '#saml/messages/authn-request'
import type { Status } from '#saml/messages/status'
import { NAME_ID_FORMAT, STATUS } from '#saml/names'
import type { Rule } from '#saml/rules/rule'
import { stopAtFirst } from '#saml/rules/stop-at-first'
import { chooseNameIdFormat } from '../directory/name-id-format.ts'
import { findEncryption } from '../directory/sp-encryption.ts'
import type { TrustedSp } from '../directory/trusted-sp.ts'
import { type ToldStatus, whyNoSuchAcs } from './acs-url.ts'

interface Parties {
  readonly sp: TrustedSp
  readonly idpEntityId: string
}

/** A request that is believed, and who takes part. */
interface Wished {
  message(): AuthnRequest
  parties(): Parties
}

/** What a request asks for and does not get: its service provider hears of it in this status. */
class Unmet extends SamlError {
  readonly status: Status

  constructor(status: ToldStatus, actual?: unknown) {
    super('SAML_STATUS', status.message, { ...(actual !== undefined && { actual }) })
    this.status = status
  }
}

type Wish = Rule<Wished>

const answerWhereWanted: Wish = {
  ...{ rule: 'answerWhereWanted', code: 'SAML_STATUS', clause: 'saml-core-2.0 §3.4.1' },
  expects: 'an AssertionConsumerService by POST of its metadata, named by URL or by index',
  ask: (wished) => {
    const status = whyNoSuchAcs(wished.message(), wished.parties().sp.metadata)
    if (status !== undefined) throw new Unmet(status)
  },
}

/** Nobody but us authenticates here. ProxyCount and RequesterID are met by whoever asks no other identity provider. */
const fromThisIdp: Wish = {
  ...{ rule: 'fromThisIdp', code: 'SAML_STATUS', clause: 'saml-core-2.0 §3.4.1.2' },
  expects: 'no IDPList, or one that has this identity provider',
  ask: (wished) => {
    const { idpList } = wished.message()
    const { idpEntityId } = wished.parties()
    if (idpList === undefined || idpList.includes(idpEntityId)) return
    const message = `the IDPList of the Scoping has not this identity provider, ${idpEntityId}`
    throw new Unmet({ codes: [STATUS.requester, STATUS.noSupportedIdp], message }, idpList)
  },
}

/** The first class is asserted, which is exactly, at least and at most what was asked for. Nothing is known to be better. */
const knownContext: Wish = {
  ...{ rule: 'knownContext', code: 'SAML_STATUS', clause: 'saml-core-2.0 §3.3.2.2.1' },
  expects: 'a class of authentication context, and not a better one',
  ask: (wished) => {
    const { requestedAuthnContext: context } = wished.message()
    if (context === undefined || (context.classRefs.length > 0 && context.comparison !== 'better')) return
    const message =
      context.comparison === 'better'
        ? 'no authentication context is known to be better than another'
        : 'no declarations of authentication contexts are known'
    throw new Unmet({ codes: [STATUS.responder, STATUS.noAuthnContext], message })
  },
}

/** An SPNameQualifier that is not its own would be an affiliation, and none is known here. */
const possibleNameId: Wish = {
  ...{ rule: 'possibleNameId', code: 'SAML_STATUS', clause: 'saml-core-2.0 §3.4.1.1' },
  expects: 'a Format that this identity provider can make, for the service provider itself',
  ask: (wished) => {
    const { nameIdPolicy: policy } = wished.message()
    const { sp } = wished.parties()
    const { entityId } = sp.metadata
    const { spNameQualifier = entityId, format } = policy ?? {}
    if (spNameQualifier === entityId && chooseNameIdFormat(policy, sp) !== undefined) return
    const message = 'this identity provider cannot make the name identifier that was asked for'
    throw new Unmet(invalidNameIdPolicy(message), spNameQualifier === entityId ? format : spNameQualifier)
  },
}

const keyToEncryptFor: Wish = {
  ...{ rule: 'keyToEncryptFor', code: 'SAML_STATUS', clause: 'saml-core-2.0 §3.4.1.1' },
  expects: 'a key for encryption in its metadata, where an EncryptedID is asked for',
  ask: (wished) => {
    if (!wantsEncryptedId(wished.message()) || findEncryption(wished.parties().sp.metadata) !== undefined) return
    const message = 'nothing can be encrypted for this service provider: its metadata has no key that serves'
    throw new Unmet(invalidNameIdPolicy(message))
  },
}

/** What a request may ask for and not get, in the order in which the service provider hears of it. */
export const wishes: readonly Wish[] = [answerWhereWanted, fromThisIdp, knownContext, possibleNameId, keyToEncryptFor]

/** Why a login cannot be as its service provider wants it; undefined when it can. */
export function whyUnmet(request: AuthnRequest | undefined, parties: Parties): Status | undefined {
  if (request === undefined) return undefined
  try {
    stopAtFirst(wishes, { message: () => request, parties: () => parties })
    return undefined
  } catch (error) {
    if (error instanceof Unmet) return error.status
    throw error
  }
}

/** saml-core-2.0 §3.4.1.1: this Format asks for an EncryptedID, whatever the format of the name in it. */
export const wantsEncryptedId = ({ nameIdPolicy: policy }: AuthnRequest): boolean =>
  policy?.format === NAME_ID_FORMAT.encrypted

const invalidNameIdPolicy = (message: string): ToldStatus => ({
  codes: [STATUS.requester, STATUS.invalidNameIdPolicy],
  message,
})
