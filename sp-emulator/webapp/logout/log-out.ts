import { checkIdpAddress } from '../idp-address.ts'
import { isAuthenticated, type StoredSession } from '../sessions/session.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { decideLogout, type LogoutDecision } from './decide-logout.ts'
import { endSession } from './end-session.ts'
import { unfinishedLogout } from './unfinished-logout.ts'

export interface LogoutInput {
  /** The octets after the `?`, as received. */
  readonly queryString: string
  readonly stored: StoredSession | undefined
}

/**
 * Ends the local session and answers where the browser goes next; undefined means nowhere but to the logged-out page.
 *
 * The local session is gone before Elasticsearch is asked, and stays gone whatever Elasticsearch answers, as in Kibana (web-app-flows §1.4 (d), (f)).
 *
 * @throws WebAppError when Elasticsearch refuses or cannot be asked
 */
export async function logOut(input: LogoutInput, parts: WebAppParts): Promise<string | undefined> {
  const { queryString } = input
  // A second click on "Log out" comes while the first one is under way, and finds no session either.
  const stored = input.stored !== undefined && (await endSession(input.stored, parts)) ? input.stored : undefined
  const decision = decideLogout({ queryString, session: stored?.session, providers: parts.providers })
  try {
    const address = await askElasticsearch(decision, input, parts)
    return address === undefined ? undefined : checkIdpAddress(address)
  } catch (error) {
    throw unfinishedLogout(error, { isLocallyOver: isAuthenticated(stored) })
  }
}

async function askElasticsearch(
  decision: LogoutDecision,
  { queryString }: LogoutInput,
  { elasticsearch }: WebAppParts,
): Promise<string | undefined> {
  switch (decision.kind) {
    case 'answer-idp':
      return (await elasticsearch.invalidate({ queryString, address: decision.address })).redirect
    case 'tell-idp':
      return (await elasticsearch.logout(decision.tokens))?.redirect
    case 'done':
      return undefined
  }
}
