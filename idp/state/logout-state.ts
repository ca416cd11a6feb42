import { lastPart } from '#saml/messages/status'
import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import { beginLogout } from '../slo/begin-logout.ts'
import { callParticipants } from '../slo/call-participants.ts'
import { lookAtRun } from '../slo/change-run.ts'
import { legText } from '../slo/leg-text.ts'
import { decideNextStep, type LegState, type LogoutLeg, type LogoutRun } from '../slo/logout-run.ts'
import { type ParticipantState, participantState } from './session-state.ts'
import { NotThere } from './state-refusal.ts'

/** One participant of a logout, as outsiders see it (`spec/contract.md` §2.2). */
export interface LegOfLogout {
  readonly serviceProvider: string
  readonly binding: string | null
  readonly state: 'pending' | 'asked' | 'answered' | 'failed' | 'timedOut'
  readonly requestId: string | null
  /** The status codes that it answered, of those of SAML the last part. */
  readonly status: readonly string[]
  readonly reason: string | null
}

export interface LogoutState {
  readonly id: string
  readonly user: string
  readonly state: 'running' | 'complete' | 'partial'
  readonly legs: readonly LegOfLogout[]
  /** Logins that ended as well and about which nobody was asked. */
  readonly leftOut: readonly ParticipantState[]
}

/** Whose session is to end, and who is to be asked: everybody when absent. */
export interface LogoutWish {
  readonly session?: string | undefined
  readonly user?: string | undefined
  readonly to?: readonly string[] | undefined
}

/**
 * Ends sessions, asks those that can be asked without a browser and waits for them; whoever opens the address carries the rest.
 * @throws NotThere
 */
export async function logOutWithoutBrowser(
  parts: IdpParts,
  wish: LogoutWish,
): Promise<{ readonly id: string; readonly url: string }> {
  const sessions = await sessionsOf(parts, wish)
  const { to } = wish
  refuseStrangers(sessions, to)
  const isAsked = to === undefined ? undefined : ({ spEntityId }: { spEntityId: string }) => to.includes(spEntityId)
  const run = await beginLogout(
    parts,
    { kind: 'portal' },
    {
      ...{ sessions, isMeant: () => true, isAsked },
      endedBy: 'control',
    },
  )
  if (run === undefined) throw new NotThere('session', { actual: wish.session ?? wish.user ?? '', known: [] })
  await callParticipants(parts, run.id)
  const { origin, basePath } = parts.config.endpoints
  return { id: run.id, url: `${origin}${basePath}/logout/next?run=${run.id}` }
}

async function sessionsOf(
  { sessions, users }: IdpParts,
  { session: id, user }: LogoutWish,
): Promise<readonly IdpSession[]> {
  const all = await sessions.list()
  const meant = all.filter((session) => (id === undefined ? session.userName === user : session.id === id))
  if (meant.length > 0) return meant
  if (id !== undefined)
    throw new NotThere('session', { actual: id, known: all.map((each) => each.id), path: 'session' })
  const known = users.list().map(({ name }) => name)
  if (!known.includes(user ?? '')) throw new NotThere('user', { actual: user ?? '', known, path: 'user' })
  throw new NotThere('session', { actual: user ?? '', known: all.map(({ userName }) => userName), path: 'user' })
}

function refuseStrangers(sessions: readonly IdpSession[], to: readonly string[] = []): void {
  const known = [...new Set(sessions.flatMap(({ participants }) => participants.map(({ spEntityId }) => spEntityId)))]
  const index = to.findIndex((entityId) => !known.includes(entityId))
  if (index !== -1) throw new NotThere('service provider', { actual: to[index] ?? '', known, path: `to[${index}]` })
}

/** Every logout that is still known, oldest first. Looking is what makes time pass in them. */
export async function listLogouts(parts: IdpParts): Promise<readonly LogoutState[]> {
  const runs = await Promise.all((await parts.logoutRuns.list()).map(({ id }) => lookAtRun(parts, id)))
  return runs.filter((run) => run !== undefined).map(logoutState)
}

/** How far one logout has come. @throws NotThere */
export async function getLogout(parts: IdpParts, id: string): Promise<LogoutState> {
  const run = await lookAtRun(parts, id)
  if (run !== undefined) return logoutState(run)
  throw await noSuchLogout(parts, id)
}

export async function noSuchLogout({ logoutRuns }: IdpParts, actual: string, path?: string): Promise<NotThere> {
  const known = (await logoutRuns.list()).map(({ id }) => id)
  return new NotThere('logout', { actual, known, ...(path !== undefined && { path }) })
}

function logoutState(run: LogoutRun): LogoutState {
  return {
    id: run.id,
    user: run.userName,
    state: outcomeOf(run),
    legs: run.legs.map(legState),
    leftOut: run.leftOut.map(participantState),
  }
}

/** As the page of the run and the answer to its requester tell it. */
export function outcomeOf(run: LogoutRun): LogoutState['state'] {
  const step = decideNextStep(run)
  if (step.kind !== 'finish' && step.kind !== 'answer') return 'running'
  return step.outcome
}

const words: Readonly<Record<LegState['kind'], LegOfLogout['state']>> = {
  pending: 'pending',
  asked: 'asked',
  answered: 'answered',
  unreachable: 'failed',
  'needs-a-browser': 'failed',
  skipped: 'failed',
  refused: 'failed',
  'timed-out': 'timedOut',
  failed: 'failed',
}

function legState(leg: LogoutLeg): LegOfLogout {
  const { participant, state, request } = leg
  return {
    serviceProvider: participant.spEntityId,
    binding: request?.way ?? null,
    state: words[state.kind],
    requestId: request?.id ?? null,
    status: state.kind === 'answered' ? state.status.codes.map(lastPart) : [],
    reason: reasonOf(leg),
  }
}

function reasonOf(leg: LogoutLeg): string | null {
  const { state, late } = leg
  if (state.kind === 'needs-a-browser') return 'needsABrowser'
  const isPlain = state.kind === 'pending' || (state.kind === 'asked' && state.doubtful === undefined)
  const hasSucceeded = state.kind === 'answered' && state.confirmed && state.status.message === undefined
  return (isPlain || hasSucceeded) && late === undefined ? null : legText(leg)
}
