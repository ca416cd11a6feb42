import { decideNextStep, type LegState, type LogoutRun } from '../slo/logout-run.ts'
import type { LogoutLegView, LogoutView } from './logout-page.tsx'

/** What a page says about a run. */
export function logoutView(run: LogoutRun, nameOf: (spEntityId: string) => string): Omit<LogoutView, 'paths'> {
  const step = decideNextStep(run)
  return {
    runId: run.id,
    userName: run.userName,
    progress: step.kind === 'finish' ? step.outcome : 'running',
    legs: run.legs.map(({ participant, state }) => ({ spName: nameOf(participant.spEntityId), ...legView(state) })),
  }
}

function legView(state: LegState): Omit<LogoutLegView, 'spName'> {
  switch (state.kind) {
    case 'pending':
      return { tone: 'waiting', says: 'not asked yet' }
    case 'asked':
      return { tone: 'waiting', says: 'asked, no answer yet' }
    case 'failed':
      return { tone: 'bad', says: `could not be asked: ${state.reason}` }
    case 'timed-out':
      return { tone: 'bad', says: 'did not answer' }
    case 'answered':
      return { tone: state.confirmed ? 'good' : 'bad', says: statusText(state.status) }
  }
}

/** `Responder / PartialLogout: reason`: the last part of each code, which people know. */
function statusText({ codes, message }: Extract<LegState, { kind: 'answered' }>['status']): string {
  const names = codes.map((code) => code.slice(code.lastIndexOf(':') + 1)).join(' / ')
  return message === undefined ? names : `${names}: ${message}`
}
