import type { IdpConfig } from '../config.ts'
import type { IdpSession } from './idp-session.ts'

interface Ending {
  /** The entity id of the service provider that asked for it, else `portal`, `control`, `expiry` or `capacity`. */
  readonly endedBy: string
  /** Of the logout, where there is one. */
  readonly id?: string | undefined
  /** The ID of the LogoutRequest that asked for it. */
  readonly inResponseTo?: string | undefined
}

/** Writes the end of sessions into the journal: whose, and by whom. The id of a session is the value of its cookie and does not stand there. */
export function noteEnded(
  { config }: { readonly config: Pick<IdpConfig, 'journal'> },
  ended: readonly IdpSession[],
  ending: Ending,
): void {
  for (const { userName: user } of ended) config.journal.note({ what: 'sessionEnded', user, ...ending })
}
