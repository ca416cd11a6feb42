import { ElasticsearchError } from '../elasticsearch-error.ts'
import { checkIdpAddress } from '../idp-address.ts'
import type { StoredSession } from '../sessions/session.ts'
import { WebAppError } from '../web-app-error.ts'
import { realmAddress, type WebAppParts } from '../web-app-parts.ts'
import { decideLogout, type LogoutDecision } from './decide-logout.ts'

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
  const decision = decideLogout(input.queryString, input.stored?.session)
  if (input.stored !== undefined) await endSession(input.stored, parts)
  try {
    const address = await askElasticsearch(decision, input, parts)
    return address === undefined ? undefined : checkIdpAddress(address)
  } catch (error) {
    if (!(error instanceof ElasticsearchError)) throw error
    throw unfinishedLogout(error, input.stored)
  }
}

async function endSession({ id, session }: StoredSession, { sessions, log }: WebAppParts): Promise<void> {
  await sessions.destroy(id)
  if (session.kind === 'authenticated') log.info({ username: session.username, realm: session.realm }, 'signed out')
}

async function askElasticsearch(
  decision: LogoutDecision,
  { queryString, stored }: LogoutInput,
  { elasticsearch, realm }: WebAppParts,
): Promise<string | undefined> {
  switch (decision.kind) {
    case 'answer-idp':
      return elasticsearch.invalidate({ queryString, address: realmAddress(realm, stored?.session.realm) })
    case 'tell-idp':
      return elasticsearch.logout(decision.tokens)
    case 'done':
      return undefined
  }
}

function unfinishedLogout(error: ElasticsearchError, stored: StoredSession | undefined): WebAppError {
  const answer = { status: error.status, headline: 'Unauthenticated' }
  const local = stored?.session.kind === 'authenticated' ? 'You are logged out of this application only. ' : ''
  return new WebAppError(answer, `${local}The single logout failed: ${error.message}`, { cause: error })
}
