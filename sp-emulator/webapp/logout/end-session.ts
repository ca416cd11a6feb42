import { auditLogout } from '../audit.ts'
import { isAuthenticated, type StoredSession } from '../sessions/session.ts'
import type { WebAppParts } from '../web-app-parts.ts'

/** Ends a session here, and nowhere else. False when somebody else has just ended it. */
export async function endSession(stored: StoredSession, { sessions, log }: WebAppParts): Promise<boolean> {
  const hasEnded = await sessions.destroy(stored.id)
  if (hasEnded && isAuthenticated(stored)) auditLogout(log, stored.session)
  return hasEnded
}
