import type { Context } from 'hono'
import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import { readCookie } from './cookies.ts'

/** The session of the browser that sent this request. */
export async function currentSession(c: Context, { config, sessions }: IdpParts): Promise<IdpSession | undefined> {
  const id = readCookie(c, { endpoints: config.endpoints, kind: 'session' })
  return id === undefined ? undefined : sessions.find(id)
}
