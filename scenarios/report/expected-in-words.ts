import type { MessageAnswer } from '../../harness/index.ts'
import type {
  ApplicationTruth,
  BrowserTruth,
  Expected,
  ExpectedCall,
  ExpectedEntry,
  PartnerTruth,
  Truth,
} from '../scenario/expected.ts'

/** How a story ends, a sentence each, for somebody who checks it by hand. */
export function expectedInWords(expected: Expected): readonly string[] {
  const { claim = [], claims = {}, claimedButAlive = [], calls, entries = [], answers = [], proven } = expected
  const sentences = typeof claim === 'string' ? [claim] : claim
  return [
    ...sentences.map((each) => `the last page says “${each.replaceAll('\n', ' / ')}”`),
    ...Object.entries(claims).map(([party, claimed]) => `“${party}” ${claimInWords[claimed]}`),
    ...claimedButAlive.map((party) => `what “${party}” claims is not so`),
    ...(calls === undefined ? [] : [callsInWords(calls)]),
    ...answers.map((answer, index) => `message ${index + 1} is ${answerInWords(answer)}`),
    ...entries.map(entryInWords),
    ...(proven === undefined ? [] : truthInWords(proven)),
  ]
}

const claimInWords = {
  ended: 'claims that its session has ended',
  refused: 'answers that its session has not ended',
  nothing: 'answers nothing that counts',
} as const

function callsInWords(calls: readonly ExpectedCall[]): string {
  if (calls.length === 0) return 'no logout API of Elasticsearch is called'
  return `Elasticsearch is called: ${calls.map(callInWords).join(', then ')}`
}

function callInWords({ api, refused, invalidated }: ExpectedCall): string {
  if (refused !== undefined) return `\`${api}\`, refused with \`${refused}\``
  return invalidated === undefined ? `\`${api}\`` : `\`${api}\` with \`invalidated: ${invalidated}\``
}

function answerInWords({ what, refusal, invalidated }: MessageAnswer): string {
  if (refusal !== null) return `a ${what}, refused with \`${refusal}\``
  return `a ${what}, accepted${invalidated === undefined ? '' : ` with \`invalidated: ${invalidated}\``}`
}

function entryInWords({ match, times, wire }: ExpectedEntry): string {
  const travelled = wire === undefined ? '' : `, with \`${wire}\` as it travelled`
  return `the journal has ${countInWords(times)} \`${JSON.stringify(match)}\`${travelled}`
}

function countInWords(times: number | undefined): string {
  if (times === undefined) return 'at least one'
  return times === 0 ? 'no' : String(times)
}

function truthInWords({ elsewhere = {}, ...first }: Truth): readonly string[] {
  const further = Object.entries(elsewhere).map(
    ([browser, truth]) => `in the browser “${browser}”: ${browserInWords(truth)}`,
  )
  return [`proven: ${browserInWords(first)}`, ...further]
}

function browserInWords({ others = {}, idpSession, ...application }: BrowserTruth): string {
  const further = Object.entries(others).map(([name, truth]) => `“${name}” ${applicationInWords(truth)}`)
  return [
    `the application ${applicationInWords(application)}`,
    ...further,
    `the session at the IdP ${idpSession}`,
  ].join('; ')
}

function applicationInWords(truth: ApplicationTruth | PartnerTruth): string {
  const session = truth.application === 'signedIn' ? 'signed in' : 'signed out'
  return 'accessToken' in truth ? `${session}, ${tokensInWords(truth)}` : session
}

function tokensInWords({ accessToken, refreshToken }: ApplicationTruth): string {
  if (accessToken !== refreshToken) return `its access token ${accessToken}, its refresh token ${refreshToken}`
  return accessToken === 'none' ? 'without tokens' : `its tokens ${accessToken}`
}
