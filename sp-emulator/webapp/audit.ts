import type { Log } from '#server/logging'
import type { AuthenticatedSession } from './sessions/session.ts'

/** One line for each session that begins, with the names of Kibana's audit events. */
export function auditLogin(log: Log, session: AuthenticatedSession): void {
  log.info({ event: 'user_login', outcome: 'success', ...subject(session) }, 'signed in')
}

/** One line for each session that a logout ends. Whether anybody else has ended theirs is not known then (web-app-flows case 36). */
export function auditLogout(log: Log, session: AuthenticatedSession): void {
  log.info({ event: 'user_logout', outcome: 'unknown', ...subject(session) }, 'signed out')
}

function subject({ username, realm, provider }: AuthenticatedSession): object {
  return { username, realm, provider }
}
