import type { Rule } from '#saml/rules/rule'
import { Unaskable } from '#saml/rules/unaskable'
import { logoutRequestRules, type ReceivedLogoutRequest } from '../judge/accept-logout-request.ts'
import { responseRules } from '../judge/accept-response.ts'
import { holdsTheMessage, messageIsBase64 } from '../judge/carriage-rules.ts'
import { cameAlone, type Received } from '../judge/received.ts'
import type { ReceivedLogin } from '../judge/received-login.ts'
import { refuse } from '../refusals.ts'
import { getAnswerLocation } from '../write/logout-redirects.ts'

/** No call takes it by another way, so that a realm never asks. */
const cameByRedirect: Rule<Received> = {
  rule: 'cameByRedirect',
  code: 'SAML_MESSAGE_MISSING',
  clause: 'es:saml-invalidate',
  ask: ({ carried: { carrier } }) => {
    if (carrier === 'document') throw new Unaskable(cameAlone)
    if (carrier === 'query') return
    const reason = 'a LogoutRequest came in a form, but invalidate takes nothing but a query string'
    throw refuse('SAML_MESSAGE_MISSING', reason, { expected: 'redirect', actual: 'post' })
  },
}

const cameByPost: Rule<Received> = {
  rule: 'cameByPost',
  code: 'SAML_MESSAGE_MISSING',
  clause: 'saml-profiles-2.0 §4.1.2',
  ask: ({ carried: { carrier } }) => {
    if (carrier === 'document') throw new Unaskable(cameAlone)
    if (carrier === 'content') return
    const reason = 'a Response came in a query, but authenticate takes the content of a form'
    throw refuse('SAML_MESSAGE_MISSING', reason, { expected: 'post', actual: 'redirect' })
  },
}

/** Asked when the tokens have ended already (spec §3.11). */
const canBeAnswered: Rule<ReceivedLogoutRequest> = {
  rule: 'canBeAnswered',
  code: 'SAML_ENDPOINT_MISSING',
  clause: 'saml-metadata-2.0 §2.4.2',
  ask: ({ receiver }) => void getAnswerLocation(receiver.idpMetadata()),
}

/** All that stands between an IdP's LogoutRequest and its answer (spec §3.1). */
export const invalidateRules: readonly Rule<ReceivedLogoutRequest>[] = [
  cameByRedirect,
  ...logoutRequestRules,
  canBeAnswered,
]

/** The same of a login; that the content is base64 a node looks at before any realm (spec §1.7). */
export const authenticateRules: readonly Rule<ReceivedLogin>[] = [
  cameByPost,
  holdsTheMessage,
  messageIsBase64,
  ...responseRules,
]

/** The only one about a message that a realm writes and never takes. */
export const notReceivedHere: Rule<Received> = {
  rule: 'receivedHere',
  code: 'SAML_ROOT',
  clause: 'saml-profiles-2.0 §4.1.3',
  ask: () => {
    const reason =
      'an AuthnRequest is what a realm writes and the identity provider receives: ask the IdP to explain it'
    const expected = ['LogoutRequest', 'LogoutResponse', 'Response']
    throw refuse('SAML_ROOT', reason, { expected, actual: 'AuthnRequest' })
  },
}
