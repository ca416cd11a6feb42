import type { Handler } from 'hono'
import { identify } from '../login/identify.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { currentSession } from './current-session.ts'
import { refusal } from './protected-page.ts'

/** `GET /internal/security/me`: what Elasticsearch says about the user, as JSON. Never starts a login. */
export function currentUserRoute(parts: WebAppParts): Handler {
  return async function answerCurrentUser(c) {
    const lookup = await identify(c.req.raw, await currentSession(c.req.raw, parts), parts)
    if (lookup.kind !== 'signed-in') throw refusal(lookup.kind)
    return c.json(lookup.user)
  }
}
