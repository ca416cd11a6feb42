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
  const authnInstant = config.clock.now()
  const expiresAt = authnInstant + config.lifetimes.sessionSeconds * 1_000
  const own = current?.userName === user.name ? current : undefined
  const renewed = own && (await sessions.renew(own.id, { authnInstant, expiresAt }))
  if (renewed !== undefined) return renewed
  const session = { id: config.newSecret(), userName: user.name, authnInstant, expiresAt, participants: [] }
  await sessions.save(session)
  return session
}
