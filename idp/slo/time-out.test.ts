import { expect, test } from 'vitest'
import type { SessionParticipant } from '../sessions/idp-session.ts'
import {
  giveUpWaiting,
  passOver,
  recordAnswer,
  recordAsked,
  recordDoubt,
  recordLateAnswer,
  timeOut,
} from './change-legs.ts'
import { decideNextStep, type LogoutRun, startLogoutRun } from './logout-run.ts'

const participant = (spEntityId: string): SessionParticipant => {
  return { spEntityId, nameId: { value: `${spEntityId}-user` }, sessionIndex: `_${spEntityId}` }
}
const [orders, reports] = [participant('orders'), participant('reports')]
const start = (given: Partial<LogoutRun> = {}) =>
  startLogoutRun({
    ...{ id: 'run', userName: 'alice', origin: { kind: 'portal' }, startedAt: 1_000 },
    ...given,
    participants: [orders, reports],
  })
const ask = (run: LogoutRun, at: number) => recordAsked(run, orders, { id: '_1', way: 'redirect', at })
const states = (run: LogoutRun) => run.legs.map(({ state }) => state)
const limits = { participantTimeoutMs: 10_000, pendingMs: 600_000 }
const pending = { kind: 'pending' }
const success = { status: { codes: ['Success'] }, confirmed: true }
const refusal = { status: { codes: ['Responder'] }, confirmed: false }

test('who was asked has timed out at the end of its time and not a millisecond before, and those behind it stay pending', () => {
  const asked = ask(start(), 2_000)
  expect(timeOut(asked, { ...limits, now: 11_999 })).toBe(asked)
  expect(states(timeOut(asked, { ...limits, now: 12_000 }))).toEqual([{ kind: 'timed-out', afterMs: 10_000 }, pending])
})

test('who is in doubt has failed for that reason when its time is over', () => {
  const refused = { code: 'SAML_UNSIGNED', reason: 'not signed' }
  const doubted = recordDoubt(ask(start(), 2_000), '_1', refused)
  expect(states(timeOut(doubted, { ...limits, now: 12_000 }))[0]).toEqual({ kind: 'refused', ...refused })
})

test('a run that nobody goes on with is over at its time and partial', () => {
  const asked = ask(start(), 595_000)
  expect(timeOut(asked, { ...limits, now: 600_999 })).toBe(asked)
  const over = timeOut(asked, { ...limits, now: 601_000 })
  expect(states(over)).toEqual([{ kind: 'timed-out' }, { kind: 'skipped', reason: 'nobody went on with the logout' }])
  expect(decideNextStep(over)).toEqual({ kind: 'finish', outcome: 'partial' })
})

test('looking again at what has ended changes nothing', () => {
  const over = timeOut(ask(start(), 2_000), { ...limits, now: 700_000 })
  expect(timeOut(over, { ...limits, now: 800_000 })).toBe(over)
})

test('an answer that comes late is noted, the first one only, and changes nothing that was said', () => {
  const given = giveUpWaiting(ask(start(), 2_000))
  const late = recordLateAnswer(given, '_1', success)
  expect(late.legs[0]).toMatchObject({ state: { kind: 'timed-out' }, late: success })
  expect(recordLateAnswer(late, '_1', refusal)).toBe(late)
  expect(decideNextStep(late)).toEqual({ kind: 'ask', participant: reports })
})

test.each<[string, (run: LogoutRun) => LogoutRun]>([
  ['who answered in time', (run) => recordAnswer(run, '_1', success)],
  ['who is still waited for', (run) => run],
])('nothing is late of %s', (_case, change) => {
  const run = change(ask(start(), 2_000))
  expect(recordLateAnswer(run, '_1', refusal)).toBe(run)
})

const stopped = { kind: 'skipped', reason: 'the logout stopped at a service provider that did not confirm it' }
const gone = { kind: 'unreachable', reason: 'gone' } as const

test.each<[string, (run: LogoutRun) => LogoutRun]>([
  ['refuses', (run) => recordAnswer(ask(run, 2_000), '_1', refusal)],
  ['does not answer in time', (run) => timeOut(ask(run, 2_000), { ...limits, now: 12_000 })],
  ['cannot be asked', (run) => passOver(run, ({ spEntityId }) => (spEntityId === 'orders' ? gone : { way: 'post' }))],
])('a run that stops at failures asks nobody behind a participant that %s; another goes on', (_case, change) => {
  expect(states(change(start({ onFailure: 'stop' })))[1]).toEqual(stopped)
  expect(states(change(start()))[1]).toEqual(pending)
})

test('a run that stops at failures goes on after who confirms', () => {
  const confirmed = recordAnswer(ask(start({ onFailure: 'stop' }), 2_000), '_1', success)
  expect(decideNextStep(confirmed)).toEqual({ kind: 'ask', participant: reports })
})

test('in frames everybody is asked who was not, whoever is waited for', () => {
  const asked = ask(start({ propagation: 'frames' }), 2_000)
  expect(decideNextStep(asked)).toEqual({ kind: 'frame' })
  expect(decideNextStep(recordAsked(asked, reports, { id: '_2', way: 'post', at: 2_000 })).kind).toBe('wait')
})
