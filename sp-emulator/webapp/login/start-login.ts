import { checkIdpAddress } from '../idp-address.ts'
import { addPendingLogin, type PendingLogin } from '../sessions/pending-logins.ts'
import type { StoredSession } from '../sessions/session.ts'
import type { WebAppParts } from '../web-app-parts.ts'

export interface StartedLogin {
  readonly sessionId: string
  /** The IdP's address with the AuthnRequest in it. */
  readonly redirect: string
}

/** Has an AuthnRequest made and remembers the wanted page under its id, so that parallel logins do not mix up (web-app-flows §1.4 (a)). */
export async function startLogin(
  { stored, wantedPath }: { stored: StoredSession | undefined; wantedPath: string },
  { elasticsearch, sessions, realm: address }: WebAppParts,
): Promise<StartedLogin> {
  const { id, realm, redirect } = await elasticsearch.prepare(address)
  const login: PendingLogin = { id, wantedPath }
  const answer = { redirect: checkIdpAddress(redirect) }
  if (stored !== undefined) {
    const remembered = await sessions.update(stored.id, (session) => ({
      ...session,
      pendingLogins: addPendingLogin(session.pendingLogins, login),
    }))
    if (remembered) return { ...answer, sessionId: stored.id }
  }
  const sessionId = await sessions.create({ kind: 'intermediate', realm, pendingLogins: [login] })
  return { ...answer, sessionId }
}
