import { SamlError } from '#saml/errors'
import { formatInstant } from '#saml/instants'
import type { LogoutRequest } from '#saml/messages/logout-request'
import { judge, type Rule } from '../inbox/judge.ts'
import { type MessageContext, ownDestination, shortRelayState, supportedVersion } from '../inbox/message-rules.ts'
import type { Breach } from '../inbox/tolerance.ts'

export interface LogoutRequestContext extends MessageContext {
  readonly alreadySeen: boolean
  readonly now: number
}

type RequestRule = Rule<LogoutRequest, LogoutRequestContext>

/** Who breaks one of these is a known service provider and hears of it (saml-bindings-2.0 §3.4.6). */
const acceptance: readonly RequestRule[] = [supportedVersion, notExpired, notStale, notSeen, shortRelayState]

/** How long a request without NotOnOrAfter counts as fresh, and is therefore remembered (`spec/security.md` A61). */
export const freshForMs = 600_000

/** That a request which its Issuer signed was sent to us. Until that is certain a refusal is shown to the person and sent to nobody. */
const authenticity: readonly RequestRule[] = [ownDestination]

/**
 * What was tolerated of a verified request that this service provider sent to us.
 * @throws SamlError when it was sent to somebody else.
 */
export function checkLogoutRequestAuthenticity(
  request: LogoutRequest,
  context: LogoutRequestContext,
): readonly Breach[] {
  return judge(authenticity, request, context)
}

/**
 * What was tolerated of an authentic request.
 * @throws SamlError when it cannot be acted upon.
 */
export function checkLogoutRequest(request: LogoutRequest, context: LogoutRequestContext): readonly Breach[] {
  return judge(acceptance, request, context)
}

/** saml-core-2.0 §3.7.1: not to be acted upon at NotOnOrAfter or later, give or take the skew. */
function notExpired({ id, notOnOrAfter }: LogoutRequest, { now, skewMs }: LogoutRequestContext): void {
  if (notOnOrAfter === undefined || now < notOnOrAfter + skewMs) return
  throw new SamlError('SAML_EXPIRED', `LogoutRequest ${id} expired at ${formatInstant(notOnOrAfter)}`, {
    expected: `before ${formatInstant(notOnOrAfter)}`,
    actual: formatInstant(now),
  })
}

/** Without NotOnOrAfter the IssueInstant decides, or a captured request could be sent again for ever (`spec/security.md` A61). */
function notStale({ id, issueInstant, notOnOrAfter }: LogoutRequest, { now, skewMs }: LogoutRequestContext): void {
  if (issueInstant > now + skewMs) {
    throw new SamlError('SAML_NOT_YET_VALID', `LogoutRequest ${id} was issued in the future`, {
      expected: formatInstant(now),
      actual: formatInstant(issueInstant),
    })
  }
  if (notOnOrAfter !== undefined || now < issueInstant + freshForMs + skewMs) return
  throw new SamlError(
    'SAML_EXPIRED',
    `LogoutRequest ${id} was issued at ${formatInstant(issueInstant)}, too long ago`,
    {
      expected: `within ${freshForMs / 60_000} minutes`,
      actual: formatInstant(now),
    },
  )
}

/** `spec/security.md` A61: an ID of this issuer is acted upon once. */
function notSeen({ id }: LogoutRequest, { alreadySeen }: LogoutRequestContext): void {
  if (alreadySeen) throw new SamlError('SAML_REPLAY', `LogoutRequest ${id} was received before`, { actual: id })
}
