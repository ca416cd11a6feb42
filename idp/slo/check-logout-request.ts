import type { RedirectMessage } from '#saml/bindings/redirect'
import { SamlError } from '#saml/errors'
import { formatInstant } from '#saml/instants'
import type { LogoutRequest } from '#saml/messages/logout-request'
import { checkRelayState } from '../relay-state.ts'
import { type RedirectContext, signedBySp } from './signed-by-sp.ts'

export interface LogoutRequestContext extends RedirectContext {
  readonly sloUrl: string
  readonly relayState: RedirectMessage['relayState']
  readonly alreadySeen: boolean
  readonly now: number
  readonly skewMs: number
}

type Check = (request: LogoutRequest, context: LogoutRequestContext) => void

/** Until these hold, nobody knows who sent the request: a refusal is shown to the person and sent to nobody. */
const authenticity: readonly Check[] = [signedBySp, ownDestination]

/** Who breaks one of these is a known service provider and hears of it (saml-bindings-2.0 §3.4.6). */
const acceptance: readonly Check[] = [supportedVersion, notExpired, notStale, notSeen, namesPrincipal, shortRelayState]

/** How long a request without NotOnOrAfter counts as fresh, and is therefore remembered (`spec/security.md` A61). */
export const freshForMs = 600_000

/** @throws SamlError when it is not certain that this service provider sent the request to us. */
export function checkLogoutRequestAuthenticity(request: LogoutRequest, context: LogoutRequestContext): void {
  for (const check of authenticity) check(request, context)
}

/** @throws SamlError when an authentic request cannot be acted upon. */
export function checkLogoutRequest(request: LogoutRequest, context: LogoutRequestContext): void {
  for (const check of acceptance) check(request, context)
}

/** saml-core-2.0 §3.2.1, saml-bindings-2.0 §3.4.5.2: a signed message names its receiver. */
function ownDestination({ id, destination }: LogoutRequest, { sloUrl }: LogoutRequestContext): void {
  if (destination === sloUrl) return
  throw new SamlError('SAML_DESTINATION', `LogoutRequest ${id} is for ${destination ?? 'nobody'}, this is ${sloUrl}`, {
    expected: sloUrl,
    actual: destination,
  })
}

/** saml-core-2.0 §3.2.1, §4.1.3.2. */
function supportedVersion({ id, version }: LogoutRequest): void {
  if (version === '2.0') return
  throw new SamlError('SAML_VERSION', `LogoutRequest ${id} is not of version 2.0`, {
    expected: '2.0',
    actual: version,
  })
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

/** saml-core-2.0 §3.7.1. EncryptedID is not offered: our metadata has no encryption key. */
function namesPrincipal({ id, nameId }: LogoutRequest): void {
  if (nameId !== undefined) return
  throw new SamlError('SAML_ENCRYPTED', `LogoutRequest ${id} names its principal in encrypted form`, {
    expected: 'NameID',
    actual: 'EncryptedID',
  })
}

function shortRelayState({ id }: LogoutRequest, { relayState }: LogoutRequestContext): void {
  checkRelayState(relayState, `LogoutRequest ${id}`)
}
