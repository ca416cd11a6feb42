import { SamlError } from '#saml/errors'
import { formatInstant } from '#saml/instants'
import { type LogoutRequest, parseLogoutRequest } from '#saml/messages/logout-request'
import type { NameId } from '#saml/messages/name-id'
import { Part } from '#saml/rules/part'
import type { Rule } from '#saml/rules/rule'
import { ownDestination, shortRelayState, supportedVersion } from '../inbox/message-rules.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { readingRules } from '../inbox/reading-rules.ts'
import { type MessageKind, type Received, receive } from '../inbox/received.ts'
import { logoutSenderRules } from '../inbox/sender-rules.ts'
import type { IdpParts } from '../parts.ts'
import type { FoundSessions } from './find-sessions.ts'
import { openNameId } from './open-name-id.ts'

const logoutRequest: MessageKind<LogoutRequest> = { name: 'LogoutRequest', parse: parseLogoutRequest }

/** A LogoutRequest, and what an IdP knows that has to do with it. */
export interface ReceivedLogoutRequest extends Received<LogoutRequest> {
  /** Whom it names. */
  readonly nameId: Part<NameId>
}

/** How long a request without NotOnOrAfter counts as fresh, and is therefore remembered (`spec/security.md` A61). */
export const freshForMs = 600_000

/** A LogoutRequest as this IdP received it, at this instant when one is named. */
export function logoutRequestOf(parts: IdpParts, raw: RawMessage, now?: number): ReceivedLogoutRequest {
  const received = receive(parts, raw, { kind: logoutRequest, now })
  const { message, believed } = received
  const nameId = new Part(
    'its principal is not known',
    () => message().nameId ?? openNameId(believed.get(), { signed: received.signed() }, parts.config.keys),
  )
  return { ...received, nameId }
}

type RequestRule = Rule<ReceivedLogoutRequest>

/** Not to be acted upon at NotOnOrAfter or later, give or take the skew. */
const notExpired: RequestRule = {
  ...{ rule: 'notExpired', code: 'SAML_EXPIRED', clause: 'saml-core-2.0 §3.7.1' },
  ask: ({ message, now, skewMs }) => {
    const { id, notOnOrAfter } = message()
    if (notOnOrAfter === undefined || now < notOnOrAfter + skewMs()) return
    throw new SamlError('SAML_EXPIRED', `LogoutRequest ${id} expired at ${formatInstant(notOnOrAfter)}`, {
      expected: `before ${formatInstant(notOnOrAfter)}`,
      actual: formatInstant(now),
    })
  },
}

const notFromTheFuture: RequestRule = {
  ...{ rule: 'notFromTheFuture', code: 'SAML_NOT_YET_VALID', clause: 'saml-core-2.0 §3.2.1' },
  ask: ({ message, now, skewMs }) => {
    const { id, issueInstant } = message()
    if (issueInstant <= now + skewMs()) return
    throw new SamlError('SAML_NOT_YET_VALID', `LogoutRequest ${id} was issued in the future`, {
      expected: formatInstant(now),
      actual: formatInstant(issueInstant),
    })
  },
}

/** Without NotOnOrAfter the IssueInstant decides, or a captured request could be sent again for ever (`spec/security.md` A61). */
const notStale: RequestRule = {
  ...{ rule: 'notStale', code: 'SAML_EXPIRED', clause: 'saml-core-2.0 §3.2.1, §3.7.1' },
  ask: ({ message, now, skewMs }) => {
    const { id, issueInstant, notOnOrAfter } = message()
    if (notOnOrAfter !== undefined || now < issueInstant + freshForMs + skewMs()) return
    const says = `LogoutRequest ${id} was issued at ${formatInstant(issueInstant)}, too long ago`
    throw new SamlError('SAML_EXPIRED', says, {
      expected: `within ${freshForMs / 60_000} minutes`,
      actual: formatInstant(now),
    })
  },
}

const namesItsPrincipal: RequestRule = {
  ...{ rule: 'namesItsPrincipal', code: 'SAML_ENCRYPTED', clause: 'saml-core-2.0 §3.7.1' },
  ask: ({ nameId }) => void nameId.make(),
}

/** That its Issuer sent it, and to us. Until that is certain a refusal is shown to the person and sent to nobody. */
export const authenticity: readonly RequestRule[] = [...readingRules, ...logoutSenderRules, ownDestination]

/** Who breaks one of these is a known service provider and hears of it (saml-bindings-2.0 §3.4.6). */
export const acceptance: readonly RequestRule[] = [
  ...[supportedVersion, notExpired, notFromTheFuture, notStale, shortRelayState, namesItsPrincipal],
]

/** An acceptable request, and whether one with its ID was acted upon before. */
export interface Remembered extends Pick<ReceivedLogoutRequest, 'message' | 'tolerate'> {
  alreadySeen(): boolean
}

/** That it is acted upon once (`spec/security.md` A61): what breaks another rule is not acted upon, and so may come again. */
export const firstTime: readonly Rule<Remembered>[] = [
  {
    ...{ rule: 'notSeen', code: 'SAML_REPLAY', clause: 'saml-core-2.0 §1.3.4' },
    ask: ({ message, alreadySeen }) => {
      if (alreadySeen()) throw receivedBefore(message())
    },
  },
]

/** An acceptable request, and the sessions that were found for it. */
export interface Matched extends Pick<ReceivedLogoutRequest, 'message' | 'tolerate'> {
  found(): FoundSessions
}

/** That it means somebody who is signed in. */
export const matching: readonly Rule<Matched>[] = [
  {
    ...{ rule: 'namesASession', code: 'SAML_SESSION', clause: 'saml-core-2.0 §3.7.3.2' },
    ask: ({ message, found }) => {
      if (found().sessions.length === 0) throw noSession(message())
    },
  },
  {
    ...{ rule: 'namesItExactly', code: 'SAML_SESSION', clause: 'saml-core-2.0 §3.3.4, §3.7.3.2' },
    ask: ({ found }) => {
      const { breach } = found()
      if (breach !== undefined) throw breach
    },
  },
]

export function receivedBefore({ id }: LogoutRequest): SamlError {
  return new SamlError('SAML_REPLAY', `LogoutRequest ${id} was received before`, { actual: id })
}

export function noSession({ nameId }: LogoutRequest): SamlError {
  return new SamlError('SAML_SESSION', 'no session of this principal is known here', { actual: nameId?.value })
}
