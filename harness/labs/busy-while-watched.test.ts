import { expect, test } from 'vitest'
import { systemClock } from '#server/clock'
import { follow } from '#server/journal/follow'
import { createJournal } from '#server/journal/journal'
import { busyWhileWatched } from './busy-while-watched.ts'

function scene() {
  const log: string[] = []
  const begin = () => {
    log.push('begins')
    return () => log.push('ends')
  }
  const journal = busyWhileWatched(createJournal({ entries: 2, octets: 10_000 }), begin)
  const { note } = journal.of('idp', systemClock)
  return { log, journal, note: () => note({ what: 'fault' }) }
}

test('who reads along is using it until he stops', async () => {
  const { log, journal, note } = scene()
  const follower = follow(journal, { breathMs: 0 })
  note()
  expect(await follower.next()).toMatchObject({ kind: 'entries', entries: [{ seq: 1 }] })
  expect(log).toEqual(['begins'])
  follower.stop()
  expect([log, journal.last]).toEqual([['begins', 'ends'], 1])
})

test('who does not read uses it until what he had not read falls out', async () => {
  const { log, journal, note } = scene()
  follow(journal)
  for (let seq = 1; seq <= 2; seq += 1) note()
  await new Promise(setImmediate)
  expect(log).toEqual(['begins'])
  note()
  await new Promise(setImmediate)
  expect(log).toEqual(['begins', 'ends'])
})
