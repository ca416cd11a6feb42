/** How Elasticsearch is told which realm is meant: by name, or by the assertion consumer service that only one realm has (spec §2). */
export type RealmAddress = { readonly realm: string } | { readonly acs: string }

export interface TokenPair {
  readonly accessToken: string
  readonly refreshToken: string
}

export interface PreparedLogin {
  readonly id: string
  readonly realm: string
  readonly redirect: string
}

export interface SamlLogin {
  readonly username: string
  readonly realm: string
  readonly tokens: TokenPair
  /** Only nodes from 9.3 on say which request a Response answered. */
  readonly inResponseTo: string | undefined
}

/** The answer of `_authenticate` as Elasticsearch spells it (spec §1.12): the pages show it, nothing here interprets it. */
export interface WhoAmI {
  readonly username: string
  readonly roles: readonly string[]
  readonly full_name?: string | null
  readonly email?: string | null
  readonly metadata: Readonly<Record<string, unknown>>
  readonly authentication_realm: { readonly name: string; readonly type: string }
  readonly authentication_type: string
}

/**
 * Every call that the application makes to Elasticsearch. All of them are made as the service user, except `whoAmI`.
 * A refusal or an unreachable node is an `ElasticsearchError`.
 */
export interface ElasticsearchSaml {
  prepare(address: RealmAddress): Promise<PreparedLogin>
  authenticate(response: { content: string; ids: readonly string[]; realm: string | undefined }): Promise<SamlLogin>
  /** Answers the IdP's logout address, undefined when single logout is not on offer. */
  logout(tokens: TokenPair): Promise<string | undefined>
  /** Answers the address that takes the LogoutResponse to the IdP. `queryString` is passed on octet for octet. */
  invalidate(request: { queryString: string; address: RealmAddress }): Promise<string | undefined>
  /** Answers undefined when the access token is no longer good: a 401 is worth a refresh (spec §7.4). */
  whoAmI(accessToken: string): Promise<WhoAmI | undefined>
  /** Answers undefined when the refresh token is no longer good: a 400 ends the session (spec §7.4). */
  refresh(refreshToken: string): Promise<TokenPair | undefined>
  /** Invalidates both tokens without any single logout. Tokens that are unknown or already dead are fine. */
  dropTokens(tokens: TokenPair): Promise<void>
  spMetadata(realm: string): Promise<string>
  close(): Promise<void>
}
