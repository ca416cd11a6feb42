import type { LegState } from './logout-run.ts'

/** What a participant did, in words for the page and for the log. */
export function legText(state: LegState): string {
  switch (state.kind) {
    case 'pending':
      return 'not asked yet'
    case 'asked':
      return state.doubtful === undefined
        ? 'asked, no answer yet'
        : `asked; what came back was refused: ${state.doubtful.reason}`
    case 'unreachable':
      return `has no way to be asked: ${state.reason}`
    case 'refused':
      return `its answer was refused: ${state.reason}`
    case 'timed-out':
      return state.afterMs === undefined ? 'did not answer' : `did not answer within ${state.afterMs / 1_000} s`
    case 'failed':
      return `did not answer: ${state.reason}`
    case 'answered':
      return statusText(state.status)
  }
}

/** `Responder / PartialLogout: reason`: the last part of each code, which people know. */
function statusText({ codes, message }: Extract<LegState, { kind: 'answered' }>['status']): string {
  const names = codes.map((code) => code.slice(code.lastIndexOf(':') + 1)).join(' / ')
  return message === undefined ? names : `${names}: ${message}`
}
