import type { AuthnRequest } from '#saml/messages/authn-request'

/** A login that somebody asked for, verified and not yet answered. */
export interface SsoTask {
  readonly id: string
  readonly spEntityId: string
  /** Whether the service provider vouches for it by a signature; anybody can ask for any other. */
  readonly signed: boolean
  /** Registered in the metadata of the service provider: the only address that may hear of the outcome. */
  readonly acsUrl: string
  /** As received; undefined when there was none. */
  readonly relayState: string | undefined
  /** Undefined when the login starts at our portal (saml-profiles-2.0 §4.1.5). */
  readonly request: AuthnRequest | undefined
  /** What the answer says that it answers, where that is no request of ours to know. */
  readonly inResponseTo?: string | undefined
}
