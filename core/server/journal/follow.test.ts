import { expect, test } from 'vitest'
import { type Follower, follow } from './follow.ts'
import type { Journal } from './journal.ts'
import { journalWith } from './reader.test-support.ts'

const quick = { breathMs: 0 }

async function next(follower: Follower) {
  const followed = await follower.next()
  return followed?.kind === 'entries' ? followed.entries.map(({ seq }) => seq) : followed
}

test('it begins with the next entry, or behind the one that is named', async () => {
  const { journal, ids } = journalWith()
  ids('_1', '_2', '_3')
  const [fromNow, from1] = [follow(journal, quick), follow(journal, { ...quick, after: 1 })]
  expect(await next(from1)).toEqual([2, 3])
  ids('_4')
  expect([await next(fromNow), await next(from1)]).toEqual([[4], [4]])
})

test('who waits is woken, nothing comes twice and nothing is lost', async () => {
  const { journal, ids } = journalWith()
  const follower = follow(journal, quick)
  const read: unknown[] = []
  for (let round = 0; round < 5; round += 1) {
    const waiting = next(follower)
    ids('_a', '_b')
    read.push(await waiting)
  }
  expect(read.flat()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('many come a hundred at a time', async () => {
  const { journal, ids } = journalWith()
  const follower = follow(journal, quick)
  ids(...Array.from({ length: 100 }, () => '_'))
  expect(await next(follower)).toHaveLength(100)
})

test('what had fallen out when reading began is told first', async () => {
  const { journal, ids } = journalWith([], { entries: 2 })
  ids('_1', '_2', '_3', '_4', '_5')
  const follower = follow(journal, { ...quick, after: 1 })
  expect([await next(follower), await next(follower)]).toEqual([{ kind: 'gap', count: 2 }, [4, 5]])
})

test('what falls out before it was read ends it', async () => {
  const { journal, ids } = journalWith([], { entries: 2 })
  const follower = follow(journal, quick)
  ids('_1')
  expect(await next(follower)).toEqual([1])
  ids('_2', '_3', '_4')
  expect([await next(follower), await next(follower)]).toEqual([{ kind: 'dropped', count: 1 }, undefined])
})

/** How many watch it. */
function counted(journal: Journal) {
  const watching = new Set<object>()
  const watch: Journal['watch'] = (watcher) => {
    watching.add(watcher)
    const unwatch = journal.watch(watcher)
    return () => {
      watching.delete(watcher)
      unwatch()
    }
  }
  return { watching, journal: Object.create(journal, { watch: { value: watch } }) as Journal }
}

test.each([
  ['more than there is room for', { entries: 2, more: 3, wiped: false, count: 1 }],
  ['much that is wiped', { entries: 200, more: 101, wiped: true, count: 101 }],
])('who never reads watches no longer after %s, and is told if it reads after all', async (_what, happens) => {
  const { journal, ids } = journalWith([], happens)
  const { watching, journal: watched } = counted(journal)
  const follower = follow(watched, quick)
  expect(watching.size).toBe(1)
  ids(...Array.from({ length: happens.more }, () => '_'))
  if (happens.wiped) journal.reset()
  await new Promise(setImmediate)
  expect(watching.size).toBe(0)
  const told = { kind: 'dropped', count: happens.count }
  expect([await next(follower), await next(follower)]).toEqual([told, undefined])
})

test('it goes on over a reset, with what had not been read before', async () => {
  const { journal, ids } = journalWith()
  const follower = follow(journal, quick)
  ids('_1', '_2')
  journal.reset()
  ids('_4')
  journal.reset()
  expect([await next(follower), await next(follower)]).toEqual([[1, 2, 3, 4], [5]])
})

test('who has much unread at a reset is dropped rather than kept it for', async () => {
  const { journal, ids } = journalWith([], { entries: 1_000 })
  const follower = follow(journal, quick)
  ids('_1')
  await next(follower)
  ids(...Array.from({ length: 101 }, () => '_'))
  journal.reset()
  expect([await next(follower), await next(follower)]).toEqual([{ kind: 'dropped', count: 101 }, undefined])
})

test('a place that is not reached yet is one of another journal', async () => {
  const { journal, ids } = journalWith()
  ids('_1', '_2')
  expect(await next(follow(journal, { ...quick, after: 500 }))).toEqual([1, 2])
})

test('the end of the journal is its end, behind what was not read', async () => {
  const { journal, ids } = journalWith()
  const [follower, waiting] = [follow(journal, quick), follow(journal, quick)]
  const nothing = next(waiting)
  ids('_1')
  journal.close()
  expect([await next(follower), await next(follower)]).toEqual([[1], undefined])
  expect(await nothing).toEqual([1])
})

test('that nothing came is told, and that it is to stop ends it', async () => {
  const { journal } = journalWith()
  const follower = follow(journal, { ...quick, quietMs: 1 })
  expect(await next(follower)).toEqual({ kind: 'quiet' })
  follower.stop()
  expect(await next(follower)).toBeUndefined()
})
