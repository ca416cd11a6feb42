import { expect, onTestFinished, test, vi } from 'vitest'
import { matcher } from './match.ts'
import { countingReader, journalWith } from './reader.test-support.ts'
import { waitFor } from './wait-for.ts'

const isTwo = matcher({ id: '_2' }, countingReader())
const long = { isMeant: isTwo, timeoutMs: 60_000 }

test('what is there already is found, the first of several', async () => {
  const { journal, ids } = journalWith()
  ids('_1', '_2', '_2')
  expect(await waitFor(journal, long)).toMatchObject({ kind: 'found', entry: { seq: 2 } })
})

test('what is still to come is found when it comes, and only behind what is excluded', async () => {
  const { journal, ids } = journalWith()
  ids('_2')
  const waiting = waitFor(journal, { ...long, after: 1 })
  ids('_1', '_2')
  expect(await waiting).toMatchObject({ kind: 'found', entry: { seq: 3 } })
})

test('its time ends it', async () => {
  const { journal, ids } = journalWith()
  ids('_1')
  expect(await waitFor(journal, { ...long, timeoutMs: 1 })).toEqual({ kind: 'timedOut' })
})

test('a reset and an end of the journal end it at once, and so does who waits', async () => {
  const { journal } = journalWith()
  const nobody = new AbortController()
  const [one, other] = [waitFor(journal, long), waitFor(journal, { ...long, signal: nobody.signal })]
  nobody.abort()
  journal.reset()
  expect([await one, await other]).toEqual([{ kind: 'reset' }, { kind: 'givenUp' }])
  const last = waitFor(journal, long)
  journal.close()
  expect([await last, await waitFor(journal, long)]).toEqual([{ kind: 'closed' }, { kind: 'closed' }])
  expect(await waitFor(journal, { ...long, signal: nobody.signal })).toEqual({ kind: 'givenUp' })
})

test('what came just before a reset is found', async () => {
  const { journal, ids } = journalWith()
  const waiting = waitFor(journal, long)
  ids('_2')
  journal.reset()
  expect(await waiting).toMatchObject({ kind: 'found', entry: { seq: 1 } })
})

test('who waits for longer than a timer can waits for as long as one does', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { journal, ids } = journalWith()
  const waiting = waitFor(journal, { ...long, timeoutMs: 2 ** 31 })
  vi.advanceTimersByTime(60_000)
  ids('_2')
  expect(await waiting).toMatchObject({ kind: 'found' })
})
