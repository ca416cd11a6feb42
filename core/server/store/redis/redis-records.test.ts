import { expect, test } from 'vitest'
import { settableClock } from '../../clock.ts'
import { newId } from '../../ids.ts'
import { testStores } from '../stores.test-support.ts'
import { createRedisRecords } from './redis-records.ts'

const { connection } = testStores()

const minutes = 60_000
const day = 24 * 60 * minutes

test.each([
  ['as brief as a message, ten minutes', { isBrief: true, lives: 3 * minutes }, 13 * minutes],
  ['brief, its own life once more', { isBrief: true, lives: 60 * minutes }, 120 * minutes],
  ['brief and lives for days, a day', { isBrief: true, lives: 3 * day }, 4 * day],
  ['anything else, a day', { lives: 3 * minutes }, day + 3 * minutes],
])('the engine keeps what is over for longer: %s', async (_title, { lives, ...brief }, keptMs) => {
  const base = `sloop:{${newId()}}:`
  const options = { name: 'things', clock: settableClock(1_000), capacity: 10, ...brief }
  await createRedisRecords<string>(connection(), base, options).set('a', 'a', 1_000 + lives)
  const key = `${base}things=a`
  const leftMs = Number(await connection().send(key, ['PTTL', key]))
  expect([leftMs <= keptMs + 1, leftMs > keptMs - 30_000]).toEqual([true, true])
})

test('what the engine has forgotten leaves the list of all with the writes that follow', async () => {
  const base = `sloop:{${newId()}}:`
  const records = createRedisRecords<string>(connection(), base, {
    name: 'things',
    clock: settableClock(0),
    capacity: 10,
  })
  for (let at = 0; at < 10; at += 1) await records.set(`${at}`, 'gone', 1_000)
  await connection().send(base, ['DEL', ...Array.from({ length: 9 }, (_, at) => `${base}things=${at}`)])
  for (let at = 10; at < 64; at += 1) await records.set('again', 'here', 1_000)
  const all = await connection().send(base, ['ZRANGE', `${base}things/all`, '0', '-1'])
  expect(all).toEqual(['9', 'again'])
})
