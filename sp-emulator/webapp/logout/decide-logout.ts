import type { RealmAddress, TokenPair } from '../elasticsearch-saml.ts'
import { isSaml, type Provider, realmAddress } from '../providers/provider.ts'
import { type Session, tokensOf } from '../sessions/session.ts'
import { carries } from './logout-message.ts'

export type LogoutDecision =
  /** The IdP asked, on behalf of another participant or of itself: only Elasticsearch can judge and answer the request. */
  | { readonly kind: 'answer-idp'; readonly address: RealmAddress }
  /** The user asked: the IdP has to be told. Kibana also does it without tokens, when a LogoutResponse meets a login under way. */
  | { readonly kind: 'tell-idp'; readonly tokens: TokenPair | undefined }
  /** Nobody has to be told: there was no session, or none that an IdP knows of, or the query is the IdP's answer to our own request. */
  | { readonly kind: 'done' }

interface LogoutSituation {
  readonly queryString: string
  readonly session: Session | undefined
  readonly providers: readonly Provider[]
}

/**
 * Kibana's decision, in Kibana's order (web-app-flows §1.4 (d) to (f)): a LogoutRequest wins over a live session, a live session over a LogoutResponse.
 * The session's provider decides alone; without a session it is the first SAML provider.
 *
 * The names in the query choose the branch and nothing else. What the messages say is for Elasticsearch to read.
 */
export function decideLogout({ queryString, session, providers }: LogoutSituation): LogoutDecision {
  const query = new URLSearchParams(queryString)
  const provider =
    session === undefined ? providers.find(isSaml) : providers.find(({ name }) => name === session.provider)
  if (provider === undefined || !isSaml(provider)) return { kind: 'done' }
  if (carries(query, 'SAMLRequest')) {
    return { kind: 'answer-idp', address: realmAddress(provider, session?.realm) }
  }
  if (session === undefined) return { kind: 'done' }
  const tokens = tokensOf(session)
  if (tokens === undefined && !carries(query, 'SAMLResponse')) return { kind: 'done' }
  return { kind: 'tell-idp', tokens }
}
