import { SamlError } from '#saml/errors'
import type { LogoutResponse } from '#saml/messages/logout-response'
import { isSuccess, type Status } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import type { LogoutLeg } from './logout-run.ts'
import { type RedirectContext, signedBySp } from './signed-by-sp.ts'

interface LogoutResponseContext extends RedirectContext {
  readonly sloUrl: string
  /** The leg that waits for an answer to this InResponseTo. */
  readonly leg: LogoutLeg | undefined
}

type Check = (response: LogoutResponse, context: LogoutResponseContext) => void

const checks: readonly Check[] = [signedBySp, ownDestination, supportedVersion, awaited, fromWhoWasAsked]

/** @throws SamlError of the first rule that the response breaks; the logout then still waits for the true one. */
export function checkLogoutResponse(response: LogoutResponse, context: LogoutResponseContext): void {
  for (const check of checks) check(response, context)
}

/** Whether this status means that the participant's session has ended, and the sessions of whomever it told in turn. */
export function confirmsLogout(status: Status): boolean {
  return isSuccess(status) && !status.codes.includes(STATUS.partialLogout)
}

/** saml-core-2.0 §3.2.2, saml-bindings-2.0 §3.4.5.2: a signed message names its receiver. */
function ownDestination({ id, destination }: LogoutResponse, { sloUrl }: LogoutResponseContext): void {
  if (destination === sloUrl) return
  throw new SamlError('SAML_DESTINATION', `LogoutResponse ${id} is for ${destination ?? 'nobody'}, this is ${sloUrl}`, {
    expected: sloUrl,
    actual: destination,
  })
}

/** saml-core-2.0 §3.2.2. */
function supportedVersion({ id, version }: LogoutResponse): void {
  if (version === '2.0') return
  throw new SamlError('SAML_VERSION', `LogoutResponse ${id} is not of version 2.0`, {
    expected: '2.0',
    actual: version,
  })
}

/** saml-core-2.0 §3.2.2: InResponseTo is the ID of a request that is still open. An unsolicited response means nothing. */
function awaited({ id, inResponseTo }: LogoutResponse, { leg }: LogoutResponseContext): void {
  if (leg !== undefined) return
  const answered = inResponseTo === undefined ? 'answers no LogoutRequest' : `answers ${inResponseTo.slice(0, 256)}`
  throw new SamlError('SAML_IN_RESPONSE_TO', `LogoutResponse ${id} ${answered}, and nobody waits for that`, {
    expected: 'the ID of a LogoutRequest that waits for its answer',
    actual: inResponseTo,
  })
}

/** saml-profiles-2.0 §4.4.4.2: one participant does not answer for another. */
function fromWhoWasAsked({ id }: LogoutResponse, { sp, leg }: LogoutResponseContext): void {
  const asked = leg?.participant.spEntityId
  if (asked === sp.entityId) return
  throw new SamlError('SAML_ISSUER', `LogoutResponse ${id} comes from ${sp.entityId}, the request went to ${asked}`, {
    expected: asked,
    actual: sp.entityId,
  })
}
