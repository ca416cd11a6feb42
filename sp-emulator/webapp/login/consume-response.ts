import { ElasticsearchError } from '../elasticsearch-error.ts'
import type { SamlLogin } from '../elasticsearch-saml.ts'
import { realmAddress, realmName, type SamlProvider } from '../providers/provider.ts'
import { authorizationOf, isAuthenticated, type Session, type StoredSession } from '../sessions/session.ts'
import { badRequest, WebAppError } from '../web-app-error.ts'
import { samlProviders, type WebAppParts } from '../web-app-parts.ts'
import { checkRealm } from './find-user.ts'

export interface PresentedResponse {
  /** The form field as it came: opaque. */
  readonly samlResponse: string
  readonly stored: StoredSession | undefined
}

export interface AcceptedResponse {
  readonly provider: SamlProvider
  /** The session that was there, when it is one of this provider. */
  readonly own: Session | undefined
  readonly login: SamlLogin
}

/**
 * Has Elasticsearch exchange a Response for tokens. Every SAML provider is asked in order, the session's own first, until one has an opinion
 * (web-app-flows §1.4 (b)).
 *
 * @throws ElasticsearchError when the Response is refused; the session that was there, if any, is then as it was
 */
export async function consumeResponse(
  { samlResponse, stored }: PresentedResponse,
  parts: WebAppParts,
): Promise<AcceptedResponse> {
  // Kibana first asks who the session's user is. A dead token does not matter, a node that cannot say does.
  if (isAuthenticated(stored)) await parts.elasticsearch.whoAmI(authorizationOf(stored.session))
  let refusal: unknown = noSamlProvider()
  for (const provider of samlProviders(parts, stored?.session.provider)) {
    const own = stored?.session.provider === provider.name ? stored.session : undefined
    try {
      return { provider, own, login: await exchange({ samlResponse, provider, own }, parts) }
    } catch (error) {
      if (!mayBeForAnother(error, { provider, own })) throw error
      refusal = error
    }
  }
  throw refusal
}

interface Exchange {
  readonly samlResponse: string
  readonly provider: SamlProvider
  readonly own: Session | undefined
}

async function exchange({ samlResponse, provider, own }: Exchange, parts: WebAppParts): Promise<SamlLogin> {
  if (own !== undefined) checkRealm(own, parts)
  if (own?.kind === 'intermediate' && own.pendingLogins.length === 0 && own.pendingLogout === undefined) {
    throw badRequest('The session of the login under way knows of no request.')
  }
  const address = realmAddress(provider, own?.realm)
  const realm = 'realm' in address ? address.realm : undefined
  const ids = own?.pendingLogins.map(({ id }) => id) ?? []
  return parts.elasticsearch.authenticate({ content: samlResponse, ids, realm })
}

/** Nobody asked for the Response and the refusal came from one named realm: that says nothing about the other realms. */
function mayBeForAnother(error: unknown, { provider, own }: Pick<Exchange, 'provider' | 'own'>): boolean {
  const isRefusal = error instanceof ElasticsearchError && !error.isUnavailable
  return isRefusal && realmName(provider) !== undefined && (own?.pendingLogins.length ?? 0) === 0
}

function noSamlProvider(): WebAppError {
  const answer = { code: 'NO_SUCH_PROVIDER', status: 401, headline: 'Unauthenticated' } as const
  return new WebAppError(answer, 'Nobody logs in here by SAML.')
}
