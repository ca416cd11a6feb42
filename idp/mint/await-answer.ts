import type { Addressee } from '../outbox/draft.ts'
import type { IdpParts } from '../parts.ts'
import { recordAsked } from '../slo/change-legs.ts'
import { startLogoutRun } from '../slo/logout-run.ts'
import type { WantedLogin } from './wanted-login.ts'

/**
 * Waits for the answer to a LogoutRequest that was minted, as for that to one that was sent: in a run of its own with one leg, which has been asked. Answers
 * the id of the run.
 */
export async function awaitAnswer(
  parts: IdpParts,
  { id: requestId, to, login }: { readonly id: string; readonly to: Addressee; readonly login: WantedLogin },
): Promise<string> {
  const { config, logoutRuns } = parts
  const { nameId, sessionIndexes } = login.names
  const participant = { spEntityId: to.spEntityId, nameId, sessionIndex: sessionIndexes.join(' ') }
  const id = config.newId()
  const at = config.clock.now()
  const userName = await userNameOf(parts, to.spEntityId, login)
  const sessionIds = login.session === undefined ? [] : [login.session.id]
  const run = startLogoutRun({
    id,
    userName,
    sessionIds,
    origin: { kind: 'minted' },
    startedAt: at,
    participants: [participant],
  })
  await logoutRuns.add(recordAsked(run, participant, { id: requestId, way: to.way, at }))
  return id
}

/** Whom the IdP does not know is called as the message does. */
async function userNameOf({ sessions }: IdpParts, spEntityId: string, login: WantedLogin): Promise<string> {
  const { session, names } = login
  if (session !== undefined) return session.userName
  const [found] = await sessions.findByNameIdValue(spEntityId, names.nameId.value)
  return found?.userName ?? names.nameId.value
}
