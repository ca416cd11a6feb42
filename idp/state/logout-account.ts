import type { IdpParts } from '../parts.ts'
import type { SessionParticipant } from '../sessions/idp-session.ts'
import { lookAtRun } from '../slo/change-run.ts'
import type { LogoutLeg, LogoutRun } from '../slo/logout-run.ts'
import { noSuchLogout, outcomeOf } from './logout-state.ts'
import { type ParticipantState, participantState } from './session-state.ts'
import { NotThere } from './state-refusal.ts'

/** What a participant of a logout says of its session: that it has ended, that it has not, or nothing. */
export type Claim = 'ended' | 'refused' | 'nothing'

/** What there is to know at the IdP about one participant of a logout. */
export interface ParticipantAccount extends ParticipantState {
  /** What it is called here. */
  readonly name: string
  /** Whether it asked for the logout; then the request is its own. */
  readonly isRequester: boolean
  /** The ID of the LogoutRequest; null where there was none. */
  readonly requestId: string | null
  readonly claimed: Claim
}

/** What there is to know at the IdP about a logout, for whoever looks what is true of it. */
export interface LogoutAccount {
  readonly id: string
  readonly user: string
  /** A logout that still runs is not complete. */
  readonly claimed: 'complete' | 'partial'
  /** The requester first, if a service provider asked; then who was to be asked, and who ended as well. */
  readonly participants: readonly ParticipantAccount[]
  /** Whether one of the sessions that it is about is still there. */
  readonly idpSession: 'alive' | 'dead'
}

/** @throws NotThere */
export async function accountOfLogout(parts: IdpParts, id: string): Promise<LogoutAccount> {
  const run = await lookAtRun(parts, id)
  if (run === undefined) throw await noSuchLogout(parts, id, 'logout')
  return accountOf(parts, run)
}

/** Of every logout of this user that is still known, oldest first. @throws NotThere for a user whom nobody knows and of whom there is none */
export async function accountsOfUser(parts: IdpParts, user: string): Promise<readonly LogoutAccount[]> {
  const runs = await parts.logoutRuns.list()
  const known = [...new Set([...parts.users.list().map(({ name }) => name), ...runs.map(({ userName }) => userName)])]
  if (!known.includes(user)) throw new NotThere('user', { actual: user, known, path: 'user' })
  const looked = await Promise.all(
    runs.filter(({ userName }) => userName === user).map(({ id }) => lookAtRun(parts, id)),
  )
  return Promise.all(looked.filter((run) => run !== undefined).map((run) => accountOf(parts, run)))
}

async function accountOf(parts: IdpParts, run: LogoutRun): Promise<LogoutAccount> {
  const sessions = await Promise.all(run.sessionIds.map((id) => parts.sessions.find(id)))
  const describe = (
    participant: SessionParticipant,
    account: Omit<ParticipantAccount, 'name' | keyof ParticipantState>,
  ) => {
    return { ...participantState(participant), name: parts.serviceProviders.nameOf(participant.spEntityId), ...account }
  }
  const requested = {
    isRequester: true,
    claimed: 'ended',
    requestId: run.origin.kind === 'sp' ? run.origin.requestId : null,
  } as const
  const leftOut = { isRequester: false, claimed: 'nothing', requestId: null } as const
  return {
    id: run.id,
    user: run.userName,
    claimed: outcomeOf(run) === 'complete' ? 'complete' : 'partial',
    participants: [
      ...run.requested.map((each) => describe(each, requested)),
      ...run.legs.map((leg) => describe(leg.participant, accountOfLeg(leg))),
      ...run.leftOut.map((each) => describe(each, leftOut)),
    ],
    idpSession: sessions.some((session) => session !== undefined) ? 'alive' : 'dead',
  }
}

/** What came late was said all the same. */
function accountOfLeg({ state, late, request }: LogoutLeg) {
  const answer = late ?? (state.kind === 'answered' ? state : undefined)
  const claimed = answer === undefined ? 'nothing' : answer.confirmed ? 'ended' : 'refused'
  return { isRequester: false, claimed, requestId: request?.id ?? null } as const
}
