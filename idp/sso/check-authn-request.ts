import { SamlError } from '#saml/errors'
import { formatInstant } from '#saml/instants'
import type { AuthnRequest } from '#saml/messages/authn-request'
import { judge, type Rule } from '../inbox/judge.ts'
import { type MessageContext, ownDestination, shortRelayState, supportedVersion } from '../inbox/message-rules.ts'
import { Breach } from '../inbox/tolerance.ts'

interface AuthnRequestContext extends MessageContext {
  readonly now: number
}

/** What is asked of a request whose issuer is known and whose signature, if any, has verified. The ACS comes last: see `getAcsUrl`. */
const rules: readonly Rule<AuthnRequest, AuthnRequestContext>[] = [
  signedWhenPromised,
  supportedVersion,
  ownDestination,
  notFromTheFuture,
  shortRelayState,
]

/**
 * What was tolerated of a request.
 * @throws SamlError of the first rule that the request breaks.
 */
export function checkAuthnRequest(request: AuthnRequest, context: AuthnRequestContext): readonly Breach[] {
  return judge(rules, request, context)
}

/** saml-metadata-2.0 §2.4.4: AuthnRequestsSigned is a promise, and an unsigned request was sent by somebody else. */
function signedWhenPromised({ id }: AuthnRequest, { sp, signed }: AuthnRequestContext): void {
  if (signed || !sp.authnRequestsSigned) return
  throw new Breach('unsigned', `AuthnRequest ${id} is not signed, and the metadata of ${sp.entityId} says it is`, {
    expected: 'a signature',
    actual: 'none',
  })
}

/** saml-core-2.0 §3.2.1: IssueInstant, with the skew of Kantara SDP-G01. */
function notFromTheFuture({ id, issueInstant }: AuthnRequest, { now, skewMs }: AuthnRequestContext): void {
  if (issueInstant <= now + skewMs) return
  throw new SamlError('SAML_NOT_YET_VALID', `AuthnRequest ${id} was issued in the future`, {
    expected: formatInstant(now),
    actual: formatInstant(issueInstant),
  })
}
