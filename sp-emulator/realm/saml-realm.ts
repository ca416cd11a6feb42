import type { NameId } from '#saml/messages/name-id'
import type { KnownText } from '#saml/rules/hints/text'
import type { Judgement, Presented } from '#saml/rules/presented'
import type { TokenMetadata } from '../tokens/token-pair.ts'

/** A user as the realm knows it after a Response was accepted (spec §6.3). */
export interface SamlPrincipal {
  readonly username: string
  /** What role mappings ask about beside the name. */
  readonly dn: string | null
  readonly groups: readonly string[]
  readonly fullName: string | null
  readonly email: string | null
  /** `saml_nameid`, `saml_nameid_format`, `saml(<Name>)`, `saml_<FriendlyName>`. */
  readonly metadata: Readonly<Record<string, string | readonly string[]>>
}

export interface SamlLogin {
  readonly principal: SamlPrincipal
  /** The seven values by which a later LogoutRequest finds this login again (spec §3.9). */
  readonly tokenMetadata: TokenMetadata
  readonly inResponseTo: string | undefined
}

/** What somebody says of a login instead of sending a Response. */
export interface StatedLogin {
  readonly username: string
  readonly nameId: NameId | undefined
  readonly sessionIndex: string | undefined
}

/** A LogoutRequest that passed every check of the realm. */
export interface AcceptedLogoutRequest {
  readonly id: string
  /** Present when the request had one, also when empty. */
  readonly relayState: string | undefined
  /** Undefined when the request names nobody: no token can match then (spec §3.9). */
  readonly tokenMetadata: TokenMetadata | undefined
}

export interface SignedRedirect {
  readonly id: string
  readonly redirect: string
}

/** How a message is to be judged. */
export interface ToExplain {
  readonly at?: number | undefined
  readonly inResponseTo?: readonly string[] | undefined
  /** The names and addresses of the realms beside this one. */
  readonly otherRealms?: readonly KnownText[] | undefined
}

/** What a realm would make of a message. */
export interface RealmJudgement extends Judgement {
  /** By what it would look for tokens: undefined when nobody is named, or nobody who could be read. */
  readonly names: TokenMetadata | undefined
  /** Whom it would log in: undefined when that is nobody who could be made out. */
  readonly principal: SamlPrincipal | undefined
}

/** What a SAML realm does for the REST actions. Every refusal is a `SamlError` whose message is the reason a node gives. */
export interface SamlRealm {
  readonly name: string
  /** Position in the realm chain; `authenticate` offers a Response to realms in this order. */
  readonly order: number
  /** `sp.entity_id`. */
  readonly entityId: string
  /** `idp.entity_id`: whom it trusts. */
  readonly idpEntityId: string
  /** `sp.logout`; empty when there is none. */
  readonly logoutUrl: string
  /** `sp.acs`, compared character by character. */
  readonly acsUrl: string
  /** Roles that no login of this realm gets, whatever the role mappings say (`exclude_roles`). */
  readonly excludedRoles: readonly string[]
  /** Where users are looked up instead of being described by the IdP; empty for no delegation (`authorization_realms`). */
  readonly authorizationRealms: readonly string[]
  /** Builds the AuthnRequest redirect. `usualNameIdFormat` is asked for by a realm that configures no format (spec §9). */
  prepare(input: { relayState: string | undefined; usualNameIdFormat?: string | undefined }): Promise<SignedRedirect>
  /** Judges a Response (XML octets, base64 already undone); `ids` are the request ids that the caller says are pending, null when it said nothing. */
  authenticate(xml: Buffer, ids: readonly string[] | null): Promise<SamlLogin>
  /** The login that a Response with these values alone would make; nothing is judged. */
  stateLogin(stated: StatedLogin): SamlLogin
  /** Judges the raw query of an IdP's LogoutRequest. */
  acceptLogoutRequest(queryString: string): AcceptedLogoutRequest
  /** Builds the redirect that answers an accepted LogoutRequest. Refuses when the IdP has no Redirect logout endpoint. */
  answerLogoutRequest(accepted: AcceptedLogoutRequest): Promise<string>
  /** Builds the LogoutRequest redirect for the login that `metadata` describes; undefined when single logout is off or not offered by the IdP. */
  requestLogout(metadata: TokenMetadata): Promise<SignedRedirect | undefined>
  /** Judges a LogoutResponse: by redirect when `queryString` is present, otherwise by post from `content` (base64). */
  checkLogoutResponse(input: {
    queryString: string | undefined
    content: string | undefined
    ids: readonly string[] | null
  }): void
  /**
   * Tells what the realm would make of a message, by every rule of the call that would take it; nothing changes. `at` (epoch milliseconds) stands in the place
   * of the clock; without `inResponseTo`, the requests that are pending, nothing that concerns them can be told.
   */
  explain(presented: Presented, asked: ToExplain): Promise<RealmJudgement>
  /** The realm's service provider metadata, as XML. */
  spMetadata(): string
}
