import type { IdpParts } from '../parts.ts'
import { type SessionState, sessionState } from './session-state.ts'

/** What can be known and changed of an IdP while it runs, without a browser and without HTTP. */
export interface IdpState {
  /** Oldest first. */
  listSessions(): Promise<readonly SessionState[]>
}

export function createIdpState(parts: IdpParts): IdpState {
  const { sessions } = parts
  return {
    listSessions: async () => (await sessions.list()).map(sessionState),
  }
}
