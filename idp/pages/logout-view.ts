import { legText } from '../slo/leg-text.ts'
import { decideNextStep, type LogoutLeg, type LogoutOrigin, type LogoutRun, unconfirmed } from '../slo/logout-run.ts'

/** Who asked for the logout, and whether it knows how it ended. */
export interface RequesterView {
  readonly spName: string
  /** `waiting`, confirmed or not: the colour. */
  readonly tone: 'waiting' | 'good' | 'bad'
  /** What it answered, or why it did not. */
  readonly says: string
}

export interface LogoutLegView extends RequesterView {
  /** Which session at the service provider was meant. */
  readonly nameId: string
  readonly sessionIndex: string
  /** How it was asked; undefined when it was not. */
  readonly how?: string | undefined
  /** The number of the leg that is asked in a frame of this page. */
  readonly frame?: number | undefined
}

export interface LogoutView {
  readonly runId: string
  readonly userName: string
  /** The session only seems to have ended. */
  readonly keepsSession: boolean
  /** Its LogoutRequest was minted: nothing has ended, and there is nothing to go on with. */
  readonly isMinted: boolean
  /** What the run does next; nothing more when it has finished. */
  readonly next: 'ask' | 'frame' | 'wait' | 'answer' | 'finish'
  /** In how many seconds the page goes on by itself, if it does. */
  readonly refreshSeconds: number | undefined
  readonly requester: RequesterView | undefined
  readonly legs: readonly LogoutLegView[]
  /** Whether somebody can be asked again. */
  readonly hasUnconfirmed: boolean
}

interface Surroundings {
  readonly nameOf: (spEntityId: string) => string
  /** Epoch milliseconds. */
  readonly now: number
  readonly participantTimeoutMs: number
}

/** What a page says about a run. */
export function logoutView(run: LogoutRun, around: Surroundings): LogoutView {
  const { nameOf } = around
  const asked = run.legs.map((leg, index) => ({
    ...legView(leg, nameOf),
    frame: hasFrame(run, leg) ? index : undefined,
  }))
  const leftOut = run.leftOut.map((participant): LogoutLegView => {
    const says =
      run.origin.kind === 'sp'
        ? 'not asked about this login: it asked for the logout of another'
        : 'not asked: this logout was to tell others only'
    return { ...sessionView(participant, nameOf), tone: 'bad', says }
  })
  return {
    runId: run.id,
    userName: run.userName,
    keepsSession: run.keepsSession,
    isMinted: run.origin.kind === 'minted',
    next: decideNextStep(run).kind,
    refreshSeconds: refreshSeconds(run, around),
    requester: requesterView(run.origin, nameOf),
    legs: [...asked, ...leftOut],
    hasUnconfirmed: unconfirmed(run).length > 0,
  }
}

/** What the page says of one participant. */
export function legView(leg: LogoutLeg, nameOf: Surroundings['nameOf']): LogoutLegView {
  const { participant, request } = leg
  const how = request && `asked by ${wayNames[request.way] ?? request.way}`
  return { ...sessionView(participant, nameOf), tone: toneOf(leg), says: legText(leg), how }
}

function sessionView({ spEntityId, nameId, sessionIndex }: LogoutLeg['participant'], nameOf: Surroundings['nameOf']) {
  return { spName: nameOf(spEntityId), nameId: nameId.value, sessionIndex }
}

const hasFrame = ({ propagation }: LogoutRun, { state }: LogoutLeg) =>
  propagation === 'frames' && state.kind === 'pending'

/** When the time of everybody who is asked in a frame is over, and no later where a clock was set back; undefined when a page has nothing to wait for by itself. */
function refreshSeconds(run: LogoutRun, { now, participantTimeoutMs }: Surroundings): number | undefined {
  if (run.propagation !== 'frames') return undefined
  const waiting = run.legs.filter(({ state }) => state.kind === 'pending' || state.kind === 'asked')
  if (waiting.length === 0) return undefined
  const asked = Math.min(now, Math.max(...waiting.map(({ request }) => request?.at ?? now)))
  return Math.max(1, Math.ceil((asked + participantTimeoutMs - now) / 1_000) + 1)
}

const wayNames: Readonly<Record<string, string>> = { redirect: 'Redirect', post: 'POST', soap: 'SOAP' }

function toneOf({ state }: LogoutLeg): LogoutLegView['tone'] {
  if (state.kind === 'pending' || state.kind === 'asked') return 'waiting'
  return state.kind === 'answered' && state.confirmed ? 'good' : 'bad'
}

function requesterView(origin: LogoutOrigin, nameOf: (spEntityId: string) => string): RequesterView | undefined {
  if (origin.kind !== 'sp') return undefined
  const { answer, spEntityId } = origin
  const spName = nameOf(spEntityId)
  switch (answer.kind) {
    case 'owed':
      return { spName, tone: 'waiting', says: 'asked for this logout and has still to be told how it ended' }
    case 'sent':
      return { spName, tone: 'good', says: 'asked for this logout and was told how it ended' }
    case 'unwanted':
      return { spName, tone: 'good', says: 'asked for this logout and wanted no answer' }
    case 'failed':
      return {
        spName,
        tone: 'bad',
        says: `asked for this logout and has no way to be told how it ended: ${answer.reason}`,
      }
  }
}
