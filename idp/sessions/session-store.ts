import type { IdpSession, SessionParticipant } from './idp-session.ts'

/** Where IdP sessions are kept. Small and asynchronous, so that a shared server can keep them instead of this process. */
export interface SessionStore {
  save(session: IdpSession): Promise<void>
  find(id: string): Promise<IdpSession | undefined>
  /** The sessions in which this service provider was given an identifier of this value, on whatever browser. */
  findByNameIdValue(spEntityId: string, value: string): Promise<readonly IdpSession[]>
  /** Adds a participant to a session that still lives; false when it has ended in the meantime. */
  addParticipant(id: string, participant: SessionParticipant): Promise<boolean>
  /** Ends a session and answers it as it was; undefined when it had ended before, so that only one caller acts on it. */
  end(id: string): Promise<IdpSession | undefined>
  /** All live sessions, oldest first. */
  list(): Promise<readonly IdpSession[]>
  clear(): Promise<void>
}
