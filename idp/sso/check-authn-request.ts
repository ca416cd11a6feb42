import { SamlError } from '#saml/errors'
import { formatInstant } from '#saml/instants'
import type { AuthnRequest } from '#saml/messages/authn-request'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { checkRelayState } from '../relay-state.ts'

interface AuthnRequestContext {
  readonly sp: SpMetadata
  readonly ssoUrl: string
  readonly signed: boolean
  readonly relayState: string | undefined
  readonly now: number
  readonly skewMs: number
}

type Check = (request: AuthnRequest, context: AuthnRequestContext) => void

/** What is asked of a request whose issuer is known and whose signature, if any, has verified. The ACS comes last: see `getAcsUrl`. */
const checks: readonly Check[] = [
  signedWhenPromised,
  supportedVersion,
  ownDestination,
  notFromTheFuture,
  shortRelayState,
]

/** @throws SamlError of the first rule that the request breaks. */
export function checkAuthnRequest(request: AuthnRequest, context: AuthnRequestContext): void {
  for (const check of checks) check(request, context)
}

/** saml-metadata-2.0 §2.4.4: AuthnRequestsSigned is a promise, and an unsigned request was sent by somebody else. */
function signedWhenPromised({ id }: AuthnRequest, { sp, signed }: AuthnRequestContext): void {
  if (signed || !sp.authnRequestsSigned) return
  throw new SamlError(
    'SAML_UNSIGNED',
    `AuthnRequest ${id} is not signed, and the metadata of ${sp.entityId} says it is`,
    {
      expected: 'a signature',
      actual: 'none',
    },
  )
}

/** saml-core-2.0 §3.2.1. */
function supportedVersion({ id, version }: AuthnRequest): void {
  if (version === '2.0') return
  throw new SamlError('SAML_VERSION', `AuthnRequest ${id} is not of version 2.0`, {
    expected: '2.0',
    actual: version,
  })
}

/** saml-core-2.0 §3.2.1; saml-bindings-2.0 §3.4.5.2 makes it mandatory for a signed message. */
function ownDestination({ id, destination }: AuthnRequest, { ssoUrl, signed }: AuthnRequestContext): void {
  if (destination === ssoUrl || (destination === undefined && !signed)) return
  throw new SamlError('SAML_DESTINATION', `AuthnRequest ${id} is for ${destination ?? 'nobody'}, this is ${ssoUrl}`, {
    expected: ssoUrl,
    actual: destination,
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

/** saml-bindings-2.0 §3.4.3, §3.5.3: at most 80 bytes. */
function shortRelayState({ id }: AuthnRequest, { relayState }: AuthnRequestContext): void {
  checkRelayState(relayState, `AuthnRequest ${id}`)
}
