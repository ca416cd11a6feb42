/** How Elasticsearch is told which realm is meant: by name, or by the assertion consumer service that only one realm has (spec §2). */
export type RealmAddress = { readonly realm: string } | { readonly acs: string }

export interface TokenPair {
  readonly accessToken: string
  readonly refreshToken: string
}

interface PreparedLogin {
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

/** The address that takes a LogoutRequest to the IdP, and the id that its answer will name. */
export interface StartedLogout {
  readonly id: string | undefined
  readonly redirect: string
}

export interface AnsweredLogout {
  /** How many tokens the LogoutRequest ended. */
  readonly invalidated: number
  /** The address that takes the LogoutResponse to the IdP. */
  readonly redirect: string | undefined
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
  /** Answers undefined when single logout is not on offer. Without tokens the node refuses: only Kibana asks so (web-app-flows §1.4 (e)). */
  logout(tokens: TokenPair | undefined): Promise<StartedLogout | undefined>
  /** `queryString` is passed on octet for octet. */
  invalidate(request: { queryString: string; address: RealmAddress }): Promise<AnsweredLogout>
  /** Has a LogoutResponse judged: signed, a success, and the answer to one of `ids` if it names one at all (spec §5). Nothing changes by it. */
  completeLogout(response: { queryString: string; ids: readonly string[]; realm: string }): Promise<void>
  /** Answers undefined when what `authorization` says is not, or no longer, good: for a token a 401 is worth a refresh (spec §7.4). */
  whoAmI(authorization: string): Promise<WhoAmI | undefined>
  /** Answers undefined when the refresh token is no longer good: a 400 ends the session (spec §7.4). */
  refresh(refreshToken: string): Promise<TokenPair | undefined>
  /** Invalidates both tokens without any single logout. Tokens that are unknown or already dead are fine. */
  dropTokens(tokens: TokenPair): Promise<void>
  spMetadata(realm: string): Promise<string>
  close(): Promise<void>
}
