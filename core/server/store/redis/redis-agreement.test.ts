import { expect, onTestFinished, test } from 'vitest'
import { usualBounds } from '../../journal/journal.ts'
import type { Differing } from '../store.ts'
import { testStores } from '../stores.test-support.ts'
import { createRedisStore } from './redis-store.ts'

const { connection } = testStores()

/** A replica of the one server that there is in the engine, with what it was told. */
function replica() {
  const shared = createRedisStore(connection())
  const told: (Differing | undefined)[] = []
  shared.whenSaidAgain((differing) => void told.push(differing))
  const { replicas, journal } = shared.lab('main', usualBounds)
  onTestFinished(journal.close)
  const refresh = replicas?.refresh ?? (() => Promise.reject())
  return { ...shared, told, refresh, journal }
}

async function threeReplicas() {
  await connection().send('', ['FLUSHALL'])
  const [one, other, late] = [replica(), replica(), replica()]
  await one.first('party/idp', 'of one')
  await other.first('party/idp', 'of other')
  await other.first('key/idp', 'made by other')
  await one.said('key/idp')
  await Promise.all([one.refresh(), other.refresh()])
  await connection().send('', ['FLUSHALL'])
  return { one, other, late }
}

test('what was agreed on is said again where the engine came back empty, by several at once, and who starts then agrees', async () => {
  const { one, other, late } = await threeReplicas()
  await Promise.all([one.refresh(), other.refresh(), one.refresh()])
  expect(await late.first('party/idp', 'of late')).toBe('of one')
  expect(await late.first('key/idp', 'made by late')).toBe('made by other')
  await Promise.all([one.refresh(), other.refresh()])
  expect([one.told, other.told, late.told]).toEqual([[undefined], [undefined], []])
})

test('where others said another thing first nothing is said again, and who differs is told in what', async () => {
  const { one, other, late } = await threeReplicas()
  await late.first('key/idp', 'made by late')
  await Promise.all([one.refresh(), other.refresh()])
  const differing = { name: 'key/idp', ours: 'made by other', theirs: 'made by late' }
  expect([one.told, other.told]).toEqual([[differing], [differing]])
  expect(await late.said('party/idp')).toBeUndefined()
})

test('a replica whose journal is watched says again what was agreed on without a request, and tells who watches of a reset', async () => {
  await connection().send('', ['FLUSHALL'])
  const { first, told, journal } = replica()
  await first('party/idp', 'of one')
  await journal.catchUp()
  const ends: string[] = []
  journal.watch({ more: () => undefined, ended: (why) => void ends.push(why) })
  await connection().send('', ['FLUSHALL'])
  await expect.poll(() => [told, ends]).toEqual([[undefined], ['reset']])
})
