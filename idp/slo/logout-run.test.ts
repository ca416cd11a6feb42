import { expect, test } from 'vitest'
import type { SessionParticipant } from '../sessions/idp-session.ts'
import {
  askNext,
  giveUpWaiting,
  passOver,
  recordAnswer,
  recordAsked,
  recordDoubt,
  recordRefusedAnswer,
  recordRequesterAnswer,
  recordTimeout,
} from './change-legs.ts'
import { decideNextStep, findAskedLeg, type LogoutRun, startLogoutRun } from './logout-run.ts'

const participant = (spEntityId: string): SessionParticipant => {
  return { spEntityId, nameId: { value: `${spEntityId}-user` }, sessionIndex: `_${spEntityId}` }
}
const orders = participant('orders')
const reports = participant('reports')
const success = { status: { codes: ['Success'] }, confirmed: true }
const refusal = { status: { codes: ['Requester'] }, confirmed: false }

const run = (...participants: SessionParticipant[]): LogoutRun =>
  startLogoutRun({ id: 'run', userName: 'alice', origin: { kind: 'portal' }, startedAt: 0, participants })

const byRedirect = { way: 'redirect' }
const ask = (run: LogoutRun, participant: SessionParticipant, id: string) =>
  recordAsked(run, participant, { id, way: 'redirect', at: 0 })
const request = (id: string) => ({ id, at: 0 })
const gone = { kind: 'unreachable', reason: 'gone' } as const

test('a logout without participants is complete at once', () => {
  expect(decideNextStep(run())).toEqual({ kind: 'finish', outcome: 'complete' })
})

test('participants are asked in the order in which they joined', () => {
  expect(decideNextStep(run(orders, reports))).toEqual({ kind: 'ask', participant: orders })
  const answered = recordAnswer(ask(run(orders, reports), orders, '_1'), '_1', success)
  expect(decideNextStep(answered)).toEqual({ kind: 'ask', participant: reports })
})

test('while a participant is asked the logout waits for it', () => {
  const asked = ask(run(orders, reports), orders, '_1')
  expect(decideNextStep(asked)).toEqual({ kind: 'wait', participants: [orders] })
})

test('the logout is complete when every participant confirmed', () => {
  const asked = ask(ask(run(orders, reports), orders, '_1'), reports, '_2')
  const answered = recordAnswer(recordAnswer(asked, '_2', success), '_1', success)
  expect(decideNextStep(answered)).toEqual({ kind: 'finish', outcome: 'complete' })
})

test.each<[string, (asked: LogoutRun) => LogoutRun]>([
  ['refused', (asked) => recordAnswer(asked, '_1', refusal)],
  ['did not answer', (asked) => recordTimeout(asked, '_1')],
])('the logout is partial when a participant %s', (_case, go) => {
  const ended = go(ask(run(orders), orders, '_1'))
  expect(decideNextStep(ended)).toEqual({ kind: 'finish', outcome: 'partial' })
})

test('a participant that cannot be asked makes the logout partial and holds nobody up', () => {
  const failed = passOver(run(orders, reports), ({ spEntityId }) => (spEntityId === 'orders' ? gone : byRedirect))
  expect(decideNextStep(failed)).toEqual({ kind: 'ask', participant: reports })
  const ended = recordAnswer(ask(failed, reports, '_2'), '_2', success)
  expect(decideNextStep(ended)).toEqual({ kind: 'finish', outcome: 'partial' })
})

test('several participants may be asked at the same time', () => {
  const asked = ask(ask(run(orders, reports), orders, '_1'), reports, '_2')
  expect(decideNextStep(asked)).toEqual({ kind: 'wait', participants: [orders, reports] })
  expect(findAskedLeg(asked, '_2')?.participant).toBe(reports)
})

test('giving up waiting times out those who were asked and leaves the others to be asked', () => {
  const given = giveUpWaiting(ask(run(orders, reports), orders, '_1'))
  expect(given.legs.map(({ state }) => state.kind)).toEqual(['timed-out', 'pending'])
})

test('two logins at the same service provider are two legs', () => {
  const again = { ...orders, sessionIndex: '_again' }
  const asked = ask(run(orders, again), again, '_1')
  expect(asked.legs.map(({ state }) => state.kind)).toEqual(['pending', 'asked'])
})

test('an answer that nobody waits for is our own mistake', () => {
  const answered = recordAnswer(ask(run(orders), orders, '_1'), '_1', success)
  expect(() => recordAnswer(answered, '_1', success)).toThrow(
    new TypeError('logout run does not wait for an answer to _1'),
  )
})

test('asking a participant twice is our own mistake', () => {
  const asked = ask(run(orders), orders, '_1')
  expect(() => ask(asked, orders, '_2')).toThrow(
    new TypeError('logout run has no pending participant with session _orders'),
  )
})

test('a step changes a copy: the run that was given stays as it was', () => {
  const before = run(orders)
  ask(before, orders, '_1')
  expect(before.legs[0]?.state).toEqual({ kind: 'pending' })
})

test('asking the next participant passes over those who cannot be reached', () => {
  const asked = askNext(run(orders, reports), request('_1'), ({ spEntityId }) =>
    spEntityId === 'orders' ? gone : byRedirect,
  )
  expect(asked.legs.map(({ state, request }) => [state, request])).toEqual([
    [gone, undefined],
    [{ kind: 'asked' }, { id: '_1', way: 'redirect', at: 0 }],
  ])
})

test('nobody else is asked while a participant is', () => {
  const asked = askNext(run(orders, reports), request('_1'), () => byRedirect)
  expect(askNext(asked, request('_2'), () => byRedirect)).toBe(asked)
})

const refused = { code: 'SAML_UNSIGNED', reason: 'not signed' }

test('an answer that is refused makes the logout partial and holds nobody up', () => {
  const ended = recordRefusedAnswer(ask(run(orders, reports), orders, '_1'), '_1', refused)
  expect(ended.legs[0]?.state).toEqual({ kind: 'refused', ...refused })
  expect(decideNextStep(ended)).toEqual({ kind: 'ask', participant: reports })
})

test('who is in doubt is still waited for, and has failed for that reason when nobody waits any longer', () => {
  const doubted = recordDoubt(ask(run(orders), orders, '_1'), '_1', refused)
  expect(decideNextStep(doubted)).toEqual({ kind: 'wait', participants: [orders] })
  expect(giveUpWaiting(doubted).legs[0]?.state).toEqual({ kind: 'refused', ...refused })
  expect(recordAnswer(doubted, '_1', success).legs[0]?.state.kind).toBe('answered')
})

test('who asked for the logout is told once everybody else is done, and once', () => {
  const asked = { kind: 'sp', spEntityId: 'orders', requestId: '_r', relayState: undefined } as const
  const origin = { ...asked, answer: { kind: 'owed' } } as const
  const owed = startLogoutRun({ id: 'run', userName: 'alice', origin, startedAt: 0, participants: [] })
  expect(decideNextStep(owed)).toEqual({ kind: 'answer', origin, outcome: 'complete' })
  expect(decideNextStep(recordRequesterAnswer(owed, { kind: 'sent' }))).toEqual({ kind: 'finish', outcome: 'complete' })
})
