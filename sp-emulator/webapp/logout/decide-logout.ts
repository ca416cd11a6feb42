import type { TokenPair } from '../elasticsearch-saml.ts'
import type { Session } from '../sessions/session.ts'

export type LogoutDecision =
  /** The IdP asked, on behalf of another participant or of itself: only Elasticsearch can judge and answer the request. */
  | { readonly kind: 'answer-idp' }
  /** The user asked: the IdP has to be told. */
  | { readonly kind: 'tell-idp'; readonly tokens: TokenPair }
  /** Nobody has to be told: there was no session, or the query is the IdP's answer to our own request. */
  | { readonly kind: 'done' }

/**
 * Kibana's decision, in Kibana's order (web-app-flows §1.4 (d) to (f)): a LogoutRequest wins over a live session, a live session over a LogoutResponse.
 *
 * The names in the query choose the branch and nothing else. What the messages say is for Elasticsearch to read.
 */
export function decideLogout(queryString: string, session: Session | undefined): LogoutDecision {
  if (isNonEmpty(new URLSearchParams(queryString).get('SAMLRequest'))) return { kind: 'answer-idp' }
  if (session?.kind === 'authenticated') return { kind: 'tell-idp', tokens: session.tokens }
  return { kind: 'done' }
}

function isNonEmpty(value: string | null): boolean {
  return value !== null && value !== ''
}
