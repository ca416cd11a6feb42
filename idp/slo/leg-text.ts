import { lastPart } from '#saml/messages/status'
import type { GivenAnswer, LegState, LogoutLeg } from './logout-run.ts'

/** What a participant did, in words for the page and for the log. */
export function legText({ state, late }: Pick<LogoutLeg, 'state' | 'late'>): string {
  const says = stateText(state)
  return late === undefined ? says : `${says}; later it ${saysStatus(late)}, which counts no more`
}

function stateText(state: LegState): string {
  switch (state.kind) {
    case 'pending':
      return 'not asked yet'
    case 'asked':
      return state.doubtful === undefined
        ? 'asked, no answer yet'
        : `asked; what came back was refused: ${state.doubtful.reason}`
    case 'unreachable':
      return `has no way to be asked: ${state.reason}`
    case 'needs-a-browser':
      return 'has no way to be asked: it needs a browser, and this logout has none'
    case 'skipped':
      return `was not asked: ${state.reason}`
    case 'refused':
      return `its answer was refused: ${state.reason}`
    case 'timed-out':
      return state.afterMs === undefined ? 'did not answer' : `did not answer within ${state.afterMs / 1_000} s`
    case 'failed':
      return `did not answer: ${state.reason}`
    case 'answered':
      return saysStatus(state)
  }
}

/** `says Responder / PartialLogout: reason`: of each code of SAML the last part, which people know. */
function saysStatus({ status: { codes, message } }: GivenAnswer): string {
  const names = codes.map(lastPart).join(' / ')
  return message === undefined ? `says ${names}` : `says ${names}: ${message}`
}
