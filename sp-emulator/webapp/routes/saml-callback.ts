import type { Handler } from 'hono'
import { ElasticsearchError } from '../elasticsearch-error.ts'
import { finishLogin } from '../login/finish-login.ts'
import { WebAppError } from '../web-app-error.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { currentSession } from './current-session.ts'
import { readSamlResponse } from './read-saml-response.ts'

/** `POST /api/security/saml/callback`, the assertion consumer service. */
export function samlCallbackRoute(parts: WebAppParts): Handler {
  return async function consumeAssertion(c) {
    const posted = await readSamlResponse(c.req.raw)
    const stored = await currentSession(c.req.raw, parts)
    const { sessionId, location } = await finishLogin({ ...posted, stored }, parts).catch(refuseLogin)
    c.header('Set-Cookie', parts.cookies.authenticated(sessionId))
    return c.redirect(location, 302)
  }
}

/** Whatever Elasticsearch had against the login, Kibana's ACS answers 401. A node that cannot be asked has nothing against it. */
function refuseLogin(error: unknown): never {
  if (!(error instanceof ElasticsearchError) || error.isUnavailable) throw error
  const answer = { code: 'LOGIN_REFUSED', status: 401, headline: 'Unauthenticated' } as const
  throw new WebAppError(answer, `Elasticsearch did not accept the login: ${error.message}`, { cause: error })
}
