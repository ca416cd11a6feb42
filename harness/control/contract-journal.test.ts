import { expect, test } from 'vitest'
import type { ControlError } from './control-error.ts'
import { journalScene, request } from './journal-scene.test-support.ts'
import { refusal } from './refusal.test-support.ts'

const { parties, ways, note } = await journalScene()

const seqsOf = ({ entries }: { entries: readonly { seq: number }[] }) => entries.map(({ seq }) => seq)

/** The whole refusal: that of an expectation has entries in it. */
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.unreachable('expected a refusal'),
    (error: ControlError) => error,
  )

const nearestIn = ({ nearest }: ControlError) =>
  (nearest as { entry: { seq: number }; differsIn: string[] }[]).map(({ entry, differsIn }) => [entry.seq, differsIn])

test.each(ways)('an entry has every field, null where there is nothing: %s', async (_how, control) => {
  const seq = note(request)
  const nothing = {
    inResponseTo: null,
    accepted: null,
    refusal: null,
    httpStatus: null,
    endedBy: null,
    count: null,
    tokens: [],
  }
  expect(await control.journal.entry(String(seq))).toEqual({
    ...{ ...request, ...nothing, seq, at: expect.stringMatching(/^20\d\d-.*Z$/), clock: '2031-05-04T12:00:00.000Z' },
    ...{ party: 'idp', from: 'idp', status: [], faults: [], notMade: [], minted: false },
    wire: { method: 'GET', url: 'http://sp.test/slo?SAMLRequest=x', body: null },
    signature: { state: 'none', algorithm: null },
  })
  const { entries, next } = await control.journal.read()
  expect([entries.map(({ what }) => what), entries[1], next]).toEqual([
    ['reset', 'LogoutRequest'],
    await control.journal.entry(String(seq)),
    seq,
  ])
})

test.each(ways)('entries are read by what is said of them, and page by page: %s', async (_how, control) => {
  const first = note(request)
  note({ ...request, what: 'LogoutResponse', id: '_2', inResponseTo: '_1', from: 'urn:one', direction: 'received' })
  note({ ...request, id: '_3', user: 'bob' })
  note({ ...request, id: '_4', accepted: false, direction: 'received' }, 'wiki')
  const read = async (given: Parameters<typeof control.journal.read>[0]) => seqsOf(await control.journal.read(given))
  expect(await read({ what: 'LogoutRequest', from: 'idp' })).toEqual([first, first + 2, first + 3])
  expect(await read({ inResponseTo: '_1' })).toEqual([first + 1])
  expect(await read({ user: 'bob', party: 'idp', direction: 'sent' })).toEqual([first + 2])
  expect(await read({ accepted: false })).toEqual([first + 3])
  expect(await read({ limit: 2 })).toEqual([first + 2, first + 3])
  const page = await control.journal.read({ after: first, limit: 2 })
  expect([seqsOf(page), page.next]).toEqual([[first + 1, first + 2], first + 2])
  const rest = await control.journal.read({ after: page.next, limit: 2 })
  expect([seqsOf(rest), rest.next]).toEqual([[first + 3], first + 3])
})

test.each(ways)('an entry that is not there is told with those that are: %s', async (_how, control) => {
  const seq = note(request)
  for (const actual of ['0', 'x', String(seq + 1)]) {
    expect(await refusal(control.journal.entry(actual))).toMatchObject({
      ...{ status: 404, type: 'noSuchEntry', path: 'seq', expected: [seq - 1, seq], actual },
      message: `there is no entry [${actual}], there are ${seq - 1} to ${seq}`,
    })
  }
})

test.each(ways)('waiting ends with what is there, or with what comes: %s', async (_how, control) => {
  const match = { what: 'LogoutRequest', wire: { method: 'GET' }, sessionIndexes: '_s' } as const
  const seq = note(request)
  expect((await control.journal.waitFor({ match })).entry.seq).toBe(seq)
  expect((await control.journal.waitFor(match)).entry.seq).toBe(seq)
  const waiting = control.journal.waitFor({ match, after: seq })
  note({ ...request, what: 'call' })
  note(request)
  expect((await waiting).entry.seq).toBe(seq + 2)
})

test.each(ways)('what did not come in time is told with what came instead: %s', async (_how, control) => {
  const seq = note(request)
  const match = { what: 'LogoutResponse', to: 'urn:one', id: '_1', user: 'bob' } as const
  const error = await failure(control.journal.waitFor({ match, timeoutMs: 1 }))
  expect(error).toMatchObject({ status: 408, type: 'timeout', expected: match })
  expect(error.message).toBe(
    `no entry came within 1 ms that is ${JSON.stringify(match)}; nearest is entry ${seq}, where {"what":"LogoutRequest","user":"alice"}`,
  )
  expect(nearestIn(error)).toEqual([
    [seq, ['what', 'user']],
    [seq - 1, ['what', 'to', 'id', 'user']],
  ])
})

test.each(ways)('a reset ends what is waited for, and says what that was: %s', async (_how, control) => {
  const match = { refusal: { code: 'SAML_EXPIRED' } }
  const waiting = refusal(control.journal.waitFor({ match, timeoutMs: 60_000 }))
  // A call behind it has been answered: what was sent before it has been taken up.
  await control.journal.read()
  await control.reset()
  expect(await waiting).toMatchObject({
    ...{ status: 409, type: 'ended' },
    message: `the journal was reset while this waited for ${JSON.stringify(match)}`,
  })
})

test.each(ways)('what holds is said to, and what does not is told with the nearest: %s', async (_how, control) => {
  const seq = note(request)
  note({ ...request, id: '_2' })
  const holds = { holds: true }
  const match = { what: 'LogoutRequest' } as const
  expect(await control.journal.verify({ match })).toEqual(holds)
  expect(await control.journal.verify({ match, count: 2 })).toEqual(holds)
  expect(await control.journal.verify({ match: { what: 'call' }, atMost: 0 })).toEqual(holds)
  expect(await control.journal.verify({ inOrder: [{ id: '_1' }, { id: '_2' }] })).toEqual(holds)
  const error = await failure(control.journal.verify({ match: { what: 'LogoutRequest', id: '_3' }, count: 1 }))
  expect(error).toMatchObject({ status: 409, type: 'notVerified', expected: 'exactly 1', actual: 0 })
  expect(error.message).toContain('expected exactly 1 of {"what":"LogoutRequest","id":"_3"}, found 0; nearest is entry')
  expect(nearestIn(error)).toEqual([
    [seq + 1, ['id']],
    [seq, ['id']],
    [seq - 1, ['what', 'id']],
  ])
})

test.each(ways)('a request without an answer is told, by verify and by a reset: %s', async (_how, control) => {
  const seq = note(request)
  const error = await failure(control.journal.verify({ everyRequestAnswered: true }))
  expect(error).toMatchObject({ status: 409, type: 'notVerified', expected: 0, actual: 1 })
  expect(error.message).toContain(
    `the LogoutRequest _1 from idp to urn:one (entry ${seq}) has no LogoutResponse; nearest is entry ${seq}`,
  )
  const { unansweredRequests } = await control.reset()
  expect(unansweredRequests).toMatchObject([{ seq, id: '_1' }])
  note({ ...request, id: '_5' })
  note({ what: 'LogoutResponse', direction: 'received', inResponseTo: '_5', id: '_6' })
  expect(await control.journal.verify({ everyRequestAnswered: true })).toEqual({ holds: true })
  expect((await control.reset()).unansweredRequests).toEqual([])
})

test.each(ways)(
  'a stream tells what comes from then on, over a reset, and ends with who leaves: %s',
  async (_how, control) => {
    note(request)
    const stream = control.journal.stream()
    await stream.opened
    const seq = note({ ...request, id: '_2' })
    parties.journal.reset()
    note({ ...request, id: '_4' })
    const read: unknown[] = []
    for await (const entry of stream) {
      read.push([entry.seq, entry.what, entry.id])
      if (read.length === 3) break
    }
    expect(read).toEqual([
      [seq, 'LogoutRequest', '_2'],
      [seq + 1, 'reset', null],
      [seq + 2, 'LogoutRequest', '_4'],
    ])
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  },
)

test.each(ways)('a stream begins behind an entry, and says what is missing: %s', async (_how, control) => {
  const seq = note(request)
  await using stream = control.journal.stream({ after: seq - 1 })
  expect((await stream.next()).value).toMatchObject({ seq })
  parties.journal.reset()
  await using late = control.journal.stream({ after: seq - 1 })
  expect((await late.next()).value).toMatchObject({ seq: seq + 1, what: 'reset', gap: 1 })
})

test.each(ways)('a stream that is not asked for rightly is refused: %s', async (_how, control) => {
  const stream = control.journal.stream({ after: -1 })
  expect(await refusal(stream.opened.then(() => stream.next()))).toMatchObject({ status: 400, path: 'after' })
  await stream.return()
})
