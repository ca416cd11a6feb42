import { SamlError } from '#saml/errors'
import { formatInstant } from '#saml/instants'
import { type AuthnRequest, parseAuthnRequest } from '#saml/messages/authn-request'
import type { Rule } from '#saml/rules/rule'
import { ownDestination, shortRelayState, supportedVersion } from '../inbox/message-rules.ts'
import { readingRules } from '../inbox/reading-rules.ts'
import type { MessageKind, Received } from '../inbox/received.ts'
import { loginSenderRules } from '../inbox/sender-rules.ts'
import { Breach } from '../inbox/tolerance.ts'
import { getAcsUrl } from './acs-url.ts'

export const authnRequest: MessageKind<AuthnRequest> = { name: 'AuthnRequest', parse: parseAuthnRequest }

type RequestRule = Rule<Received<AuthnRequest>>

const carriesARequest: RequestRule = {
  ...{ rule: 'carriesARequest', code: 'SAML_MESSAGE_MISSING', clause: 'saml-bindings-2.0 §3.4.4.1, §3.5.4' },
  ask: ({ raw }) => {
    if (raw.kind === 'SAMLRequest') return
    throw new SamlError('SAML_MESSAGE_MISSING', 'there is no SAMLRequest, but a SAMLResponse')
  },
}

/** AuthnRequestsSigned is a promise, and an unsigned request was sent by somebody else. */
const signedWhenPromised: RequestRule = {
  ...{ rule: 'signedWhenPromised', code: 'SAML_UNSIGNED', clause: 'saml-metadata-2.0 §2.4.4' },
  ask: ({ sp, signed, message }) => {
    const { authnRequestsSigned, entityId } = sp.get()
    if (!authnRequestsSigned || signed()) return
    const says = `AuthnRequest ${message().id} is not signed, and the metadata of ${entityId} says it is`
    throw new Breach('unsigned', says, { expected: 'a signature', actual: 'none' })
  },
}

/** With the skew of Kantara SDP-G01. */
const notFromTheFuture: RequestRule = {
  ...{ rule: 'notFromTheFuture', code: 'SAML_NOT_YET_VALID', clause: 'saml-core-2.0 §3.2.1' },
  ask: ({ message, now, skewMs }) => {
    const { id, issueInstant } = message()
    if (issueInstant <= now + skewMs()) return
    throw new SamlError('SAML_NOT_YET_VALID', `AuthnRequest ${id} was issued in the future`, {
      expected: formatInstant(now),
      actual: formatInstant(issueInstant),
    })
  },
}

const answerPlaceInMetadata: RequestRule = {
  ...{ rule: 'answerPlaceInMetadata', code: 'SAML_ACS', clause: 'saml-core-2.0 §3.4.1, saml-profiles-2.0 §4.1.4.1' },
  ask: ({ sp, message }) => void getAcsUrl(sp.get(), message()),
}

/** What is asked of an AuthnRequest, in this order on purpose: only what a signature covers is believed, and where the answer goes is chosen last. */
export const authnRequestRules: readonly RequestRule[] = [
  carriesARequest,
  ...readingRules,
  ...loginSenderRules,
  signedWhenPromised,
  supportedVersion,
  ownDestination,
  notFromTheFuture,
  shortRelayState,
  answerPlaceInMetadata,
]
