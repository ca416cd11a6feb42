import type { User } from '../directory/users.ts'
import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'

/**
 * Starts a session for this user. Whoever signs in again goes on with the session there is, so that its participants
 * still hear of the logout; somebody else in the same browser gets a session of their own.
 */
export async function signIn(
  { config, sessions }: IdpParts,
  user: User,
  current: IdpSession | undefined,
): Promise<IdpSession> {
  const now = config.clock.now()
  const own = current?.userName === user.name ? current : undefined
  const session: IdpSession = {
    id: own?.id ?? config.newSecret(),
    userName: user.name,
    authnInstant: now,
    expiresAt: now + config.lifetimes.sessionSeconds * 1_000,
    participants: own?.participants ?? [],
  }
  await sessions.save(session)
  return session
}
