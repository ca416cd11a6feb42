import { ElasticsearchError } from '../elasticsearch-error.ts'
import type { AnsweredLogout } from '../elasticsearch-saml.ts'
import { checkIdpAddress } from '../idp-address.ts'
import { findUser } from '../login/find-user.ts'
import { realmAddress } from '../providers/provider.ts'
import { isAuthenticated, type StoredSession, tokensOf } from '../sessions/session.ts'
import { samlProviders, type WebAppParts } from '../web-app-parts.ts'
import { dropTokens } from './drop-tokens.ts'
import { endSession } from './end-session.ts'
import type { LogoutInput } from './log-out.ts'
import { unfinishedLogout } from './unfinished-logout.ts'

interface AnsweredRequest {
  /** Takes the LogoutResponse to the IdP; undefined when the IdP wants none. */
  readonly redirect: string | undefined
  readonly hasEndedSession: boolean
}

/**
 * Has Elasticsearch judge and answer a LogoutRequest, and only then ends the session here. Every realm is asked until one knows the request as its own.
 *
 * @throws WebAppError when no realm accepts it; the session is then as it was
 */
export async function answerLogoutRequest(input: LogoutInput, parts: WebAppParts): Promise<AnsweredRequest> {
  const answered = await invalidate(input, parts)
  const redirect = answered.redirect === undefined ? undefined : checkIdpAddress(answered.redirect)
  const { stored } = input
  if (stored === undefined || !(await isMeant(stored, answered, parts))) return { redirect, hasEndedSession: false }
  await endSession(stored, parts)
  const tokens = tokensOf(stored.session)
  if (tokens !== undefined && answered.invalidated === 0) await dropTokens(tokens, parts)
  return { redirect, hasEndedSession: true }
}

async function invalidate({ queryString, stored }: LogoutInput, parts: WebAppParts): Promise<AnsweredLogout> {
  let refusal: unknown = new ElasticsearchError(404, 'Nobody logs in here by SAML.')
  for (const provider of samlProviders(parts, stored?.session.provider)) {
    const sessionRealm = stored?.session.provider === provider.name ? stored.session.realm : undefined
    try {
      return await parts.elasticsearch.invalidate({ queryString, address: realmAddress(provider, sessionRealm) })
    } catch (error) {
      if (!(error instanceof ElasticsearchError) || error.isUnavailable) throw unfinishedLogout(error, stillHere)
      refusal = error
    }
  }
  throw unfinishedLogout(refusal, stillHere)
}

const stillHere = { isLocallyOver: false }

/**
 * Whether a verified LogoutRequest is for the session of this browser, found out without reading it: it is not when it ended somebody's tokens and ours are
 * still good. A request that ended nobody's tokens is taken for ours, since Elasticsearch overlooks sessions (spec §3.9: without SessionIndex nothing matches)
 * and the IdP was told of success.
 */
async function isMeant(stored: StoredSession, { invalidated }: AnsweredLogout, parts: WebAppParts): Promise<boolean> {
  if (!isAuthenticated(stored) || tokensOf(stored.session) === undefined) return false
  if (invalidated === 0) return true
  const lookup = await findUser(stored, parts)
  return lookup.kind !== 'signed-in'
}
