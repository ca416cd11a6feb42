import { type LogoutResponse, parseLogoutResponse } from '#saml/messages/logout-response'
import { BINDING, NAMESPACE } from '#saml/names'
import { Part } from '#saml/rules/part'
import type { Rule } from '#saml/rules/rule'
import { stopAtFirst } from '#saml/rules/stop-at-first'
import type { RealmContext } from '../realm-config.ts'
import { refuse } from '../refusals.ts'
import {
  documentIsValid,
  documentSignedByTheIdp,
  holdsTheMessage,
  isOfItsKind,
  messageIsBase64,
  messageIsDeflated,
  queryIsWellFormed,
  signatureIsBase64,
  signedByTheIdp,
} from './carriage-rules.ts'
import { checkIssuer } from './message.ts'
import { type Carried, Received } from './received.ts'
import { known, type Receiver } from './receiver.ts'
import { isQuerySigned } from './signatures.ts'
import { checkInResponseTo, checkResponseDestination, checkStatus } from './status-response.ts'

type LogoutResponseRule = Rule<ReceivedLogoutResponse>

/** A LogoutResponse that came to a receiver. */
export class ReceivedLogoutResponse extends Received {
  readonly response = new Part<LogoutResponse>('no LogoutResponse could be read', () =>
    parseLogoutResponse(this.believed()),
  )

  constructor(carried: Carried, receiver: Receiver) {
    super(carried, 'LogoutResponse', receiver)
  }
}

const signing = 'saml-profiles-2.0 §4.4.4.2'

/** A signature in the document does not help here (spec §5). */
const queryIsSigned: LogoutResponseRule = {
  rule: 'queryIsSigned',
  code: 'SAML_UNSIGNED',
  clause: signing,
  ask: ({ query }) => {
    if (isQuerySigned(query.get())) return
    throw refuse('SAML_UNSIGNED', 'Query string is not signed, but is required for HTTP-Redirect binding', {
      binding: BINDING.redirect,
      expected: 'signed',
      actual: 'not signed',
    })
  },
}

const documentIsSigned: LogoutResponseRule = {
  rule: 'documentIsSigned',
  code: 'SAML_UNSIGNED',
  clause: signing,
  ask: (received) => {
    if (received.isSigned()) return
    throw refuse('SAML_UNSIGNED', 'LogoutResponse is not signed, but is required for HTTP-Post binding', {
      binding: BINDING.post,
      expected: 'signed',
      actual: 'not signed',
    })
  },
}

const answersAPendingRequest: LogoutResponseRule = {
  rule: 'answersAPendingRequest',
  code: 'SAML_IN_RESPONSE_TO',
  clause: 'saml-core-2.0 §3.2.2',
  ask: ({ response, receiver }) => checkInResponseTo(response.get().inResponseTo, receiver.ids),
}

const tellsSuccess: LogoutResponseRule = {
  rule: 'tellsSuccess',
  code: 'SAML_STATUS',
  clause: 'saml-core-2.0 §3.2.2.2',
  ask: ({ response }) => checkStatus(response.get().status),
}

const fromTheIdp: LogoutResponseRule = {
  rule: 'fromTheIdp',
  code: 'SAML_ISSUER',
  clause: signing,
  ask: ({ response, receiver }) =>
    checkIssuer(response.get(), `{${NAMESPACE.protocol}}LogoutResponse`, receiver.config.idpEntityId),
}

const forThisRealm: LogoutResponseRule = {
  rule: 'forThisRealm',
  code: 'SAML_DESTINATION',
  clause: 'saml-core-2.0 §3.2.2',
  ask: (received) => {
    const expected = known(received.receiver.config.logoutUrl, 'where the receiver takes logouts')
    checkResponseDestination(received.response.get(), expected, received.isSigned())
  },
}

/** In the order of a node (spec §5). */
const whatItSays = [answersAPendingRequest, tellsSuccess, fromTheIdp, forThisRealm]

export const redirectedLogoutResponseRules: readonly LogoutResponseRule[] = [
  queryIsWellFormed,
  holdsTheMessage,
  queryIsSigned,
  signatureIsBase64,
  signedByTheIdp,
  messageIsBase64,
  messageIsDeflated,
  documentIsValid,
  isOfItsKind,
  documentSignedByTheIdp,
  ...whatItSays,
]

export const postedLogoutResponseRules: readonly LogoutResponseRule[] = [
  holdsTheMessage,
  messageIsBase64,
  documentIsValid,
  isOfItsKind,
  documentIsSigned,
  documentSignedByTheIdp,
  ...whatItSays,
]

/**
 * Judges a LogoutResponse: by redirect, where the query must be signed, when there is a query string; else by POST, where the XML must be.
 * @throws SamlError with the reason a node gives (spec §5).
 */
export function checkLogoutResponse(
  input: { queryString: string | undefined; content: string | undefined; ids: readonly string[] | null },
  context: RealmContext,
): void {
  const { queryString, content = '', ids } = input
  const [carried, rules]: [Carried, readonly LogoutResponseRule[]] =
    queryString === undefined
      ? [{ carrier: 'content', content }, postedLogoutResponseRules]
      : [{ carrier: 'query', queryString }, redirectedLogoutResponseRules]
  stopAtFirst(rules, new ReceivedLogoutResponse(carried, { ...context, ids }))
}
