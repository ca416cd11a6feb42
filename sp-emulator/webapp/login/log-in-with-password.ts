import type { BasicProvider } from '../providers/provider.ts'
import type { StoredSession } from '../sessions/session.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { type FinishedLogin, makeSession } from './make-session.ts'

interface PasswordLogin {
  readonly provider: BasicProvider
  readonly username: string
  readonly password: string
  readonly stored: StoredSession | undefined
  readonly location: string
}

/** Makes a session for a user name and a password that Elasticsearch accepts; undefined when it does not. */
export async function logInWithPassword(
  { provider, username, password, stored, location }: PasswordLogin,
  parts: WebAppParts,
): Promise<FinishedLogin | undefined> {
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const user = await parts.elasticsearch.whoAmI(basic)
  if (user === undefined) return undefined
  const session = {
    kind: 'authenticated',
    provider: provider.name,
    realm: user.authentication_realm.name,
    username: user.username,
    credentials: { basic },
    pendingLogins: [],
  } as const
  return makeSession({ stored, session, location }, parts)
}
