import { auditLogout } from '../audit.ts'
import { isAuthenticated, type StoredSession } from '../sessions/session.ts'
import type { WebAppParts } from '../web-app-parts.ts'

/** Ends a session here, and nowhere else. */
export async function endSession(stored: StoredSession, { sessions, log }: WebAppParts): Promise<void> {
  await sessions.destroy(stored.id)
  if (isAuthenticated(stored)) auditLogout(log, stored.session)
}
