import { legText } from '../slo/leg-text.ts'
import { decideNextStep, type LegState, type LogoutOrigin, type LogoutRun } from '../slo/logout-run.ts'
import type { LogoutLegView, LogoutView, RequesterView } from './logout-page.tsx'

/** What a page says about a run. */
export function logoutView(run: LogoutRun, nameOf: (spEntityId: string) => string): Omit<LogoutView, 'paths'> {
  const step = decideNextStep(run)
  const asked = run.legs.map(({ participant, state, askedBy }): LogoutLegView => {
    const how = askedBy === undefined ? undefined : `asked by ${wayNames[askedBy] ?? askedBy}`
    return { spName: nameOf(participant.spEntityId), tone: toneOf(state), says: legText(state), how }
  })
  const leftOut = run.leftOut.map(({ spEntityId }): LogoutLegView => {
    return {
      spName: nameOf(spEntityId),
      tone: 'bad',
      says: 'not asked about this login: it asked for the logout of another',
    }
  })
  return {
    runId: run.id,
    userName: run.userName,
    next: step.kind,
    requester: requesterView(run.origin, nameOf),
    legs: [...asked, ...leftOut],
  }
}

const wayNames: Readonly<Record<string, string>> = { redirect: 'Redirect', post: 'POST', soap: 'SOAP' }

function toneOf(state: LegState): LogoutLegView['tone'] {
  if (state.kind === 'pending' || state.kind === 'asked') return 'waiting'
  return state.kind === 'answered' && state.confirmed ? 'good' : 'bad'
}

function requesterView(origin: LogoutOrigin, nameOf: (spEntityId: string) => string): RequesterView | undefined {
  if (origin.kind === 'portal') return undefined
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
