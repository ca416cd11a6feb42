import { ElasticsearchError } from '../elasticsearch-error.ts'
import { WebAppError } from '../web-app-error.ts'

/** The error page of a single logout that Elasticsearch refused, with Elasticsearch's status; any other error is answered as it is. */
export function unfinishedLogout(error: unknown, { isLocallyOver }: { isLocallyOver: boolean }): unknown {
  if (!(error instanceof ElasticsearchError)) return error
  const answer = { code: 'LOGOUT_REFUSED', status: error.status, headline: 'Unauthenticated' } as const
  const local = isLocallyOver ? 'You are logged out of this application only. ' : ''
  return new WebAppError(answer, `${local}The single logout failed: ${error.message}`, { cause: error })
}
