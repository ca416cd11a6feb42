import { ElasticsearchError } from '../elasticsearch-error.ts'
import type { PendingLogout, StoredSession } from '../sessions/session.ts'
import { WebAppError } from '../web-app-error.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import type { LogoutInput } from './log-out.ts'

/**
 * Has Elasticsearch judge the answer to the LogoutRequest that this browser took to the IdP, and forgets the request. Answers whether the browser is left
 * without a session.
 *
 * @throws WebAppError when nothing was asked here, or when the answer is unsigned, an error, or one to something else; the request then stays unanswered
 */
export async function completeLogout({ queryString, stored }: LogoutInput, parts: WebAppParts): Promise<boolean> {
  if (stored?.session.pendingLogout === undefined) throw unexpected('Nothing here waits for a LogoutResponse.')
  await checkConfirmed(queryString, stored.session.pendingLogout, parts)
  return forget(stored, parts)
}

async function checkConfirmed(queryString: string, { id, realm }: PendingLogout, parts: WebAppParts): Promise<void> {
  const { elasticsearch, newSecret } = parts
  await elasticsearch.completeLogout({ queryString, realm, ids: [id] }).catch(refuse)
  // Elasticsearch lets a LogoutResponse pass that answers to nothing (spec §5). It shows by passing for a request that nobody ever made.
  const passesForAny = await elasticsearch.completeLogout({ queryString, realm, ids: [`_${newSecret()}`] }).then(
    () => true,
    (error: unknown) => (isRefusal(error) ? false : refuse(error)),
  )
  if (passesForAny) throw unexpected('The LogoutResponse does not say which LogoutRequest it answers.')
}

async function forget({ id, session }: StoredSession, { sessions }: WebAppParts): Promise<boolean> {
  if (session.kind === 'intermediate' && session.pendingLogins.length === 0) {
    await sessions.destroy(id)
    return true
  }
  await sessions.update(id, (now) => ({ ...now, pendingLogout: undefined }))
  return false
}

const isRefusal = (error: unknown): boolean => error instanceof ElasticsearchError && !error.isUnavailable

function refuse(error: unknown): never {
  if (!(error instanceof ElasticsearchError)) throw error
  const answer = { code: 'LOGOUT_NOT_CONFIRMED', status: error.status, headline: 'Logged out here only' } as const
  const text = `Your session in this application has ended. The identity provider has not confirmed that the others have: ${error.message}`
  throw new WebAppError(answer, text, { cause: error })
}

function unexpected(message: string): WebAppError {
  return new WebAppError({ code: 'UNEXPECTED_LOGOUT_RESPONSE', status: 400, headline: 'Bad Request' }, message)
}
