import { expect, test } from 'vitest'
import { settableClock } from '../clock.ts'
import { newId } from '../ids.ts'
import { createMemoryRecords } from './memory-records.ts'
import type { Records, RecordsOptions } from './records.ts'
import { createRedisRecords } from './redis/redis-records.ts'
import { testStores } from './stores.test-support.ts'

interface Thing {
  readonly name: string
  readonly words: readonly string[]
}

const { connection } = testStores()

const kinds: readonly (readonly [string, (options: RecordsOptions<Thing>) => Records<Thing>])[] = [
  ['memory', createMemoryRecords],
  // Room for a hundred times as many: one letter of the alphabet is as much as a hundred of them.
  ['redis', (options) => createRedisRecords(connection(), `sloop:{${newId()}}:`, options)],
]

const thing = (name: string, ...words: string[]): Thing => ({ name, words })

function setUp(make: (options: RecordsOptions<Thing>) => Records<Thing>, capacity = 10) {
  const clock = settableClock(1_000)
  const lost: string[] = []
  const indexesOf = ({ words }: Thing) => words
  const records = make({
    ...{ name: 'things', clock, capacity, indexesOf },
    lost: ({ name }, why) => void lost.push(`${name} ${why}`),
  })
  return { records, clock, lost }
}

const names = (things: readonly Thing[]): string[] => things.map(({ name }) => name)

test.each(kinds)(
  '%s: a value is found under its key until it expires, and not at that instant',
  async (_kind, make) => {
    const { records, clock, lost } = setUp(make)
    await records.set('a', thing('a', 'x'), 2_000)
    clock.set(1_999)
    expect(await records.get('a')).toEqual(thing('a', 'x'))
    expect(await records.get('A')).toBeUndefined()
    expect(lost).toEqual([])
    clock.set(2_000)
    expect(await records.get('a')).toBeUndefined()
    expect(lost).toEqual(['a expiry'])
    expect(await records.findBy('x')).toEqual([])
    expect(lost).toEqual(['a expiry'])
  },
)

test.each(kinds)('%s: a clock that was set back finds what has not expired by it', async (_kind, make) => {
  const { records, clock } = setUp(make)
  await records.set('a', thing('a'), 2_000)
  clock.set(-5_000_000)
  expect(await records.get('a')).toEqual(thing('a'))
})

test.each(kinds)('%s: of two who add the same key at once, one has', async (_kind, make) => {
  const { records, clock } = setUp(make)
  const added = await Promise.all([
    records.add('a', thing('one', 'x'), 2_000),
    records.add('a', thing('other', 'y'), 2_000),
  ])
  expect(added).toEqual([true, false])
  expect(await records.get('a')).toEqual(thing('one', 'x'))
  expect(await records.findBy('y')).toEqual([])
  clock.set(2_000)
  expect(await records.add('a', thing('later', 'z'), 3_000)).toBe(true)
  expect(names(await records.list())).toEqual(['later'])
  expect(await records.findBy('x')).toEqual([])
})

test.each(kinds)('%s: a value that is not what is meant is not taken', async (_kind, make) => {
  const { records } = setUp(make)
  await records.set('a', thing('a', 'x'), 2_000)
  const isAsBefore = ({ words }: Thing) => words.length === 1
  await records.update('a', () => thing('a', 'x', 'y'))
  expect(await records.take('a', isAsBefore)).toBeUndefined()
  expect(names(await records.findBy('y'))).toEqual(['a'])
  await records.set('a', thing('a', 'x'), 2_000)
  expect(await records.take('a', isAsBefore)).toEqual(thing('a', 'x'))
  expect(await records.get('a')).toBeUndefined()
})

test.each(kinds)('%s: of all who take a value at once, one has it', async (_kind, make) => {
  const { records, lost } = setUp(make)
  await records.set('a', thing('a', 'x'), 2_000)
  const taken = await Promise.all(Array.from({ length: 8 }, () => records.take('a')))
  expect(taken.filter((each) => each !== undefined)).toEqual([thing('a', 'x')])
  expect(await records.findBy('x')).toEqual([])
  expect(lost).toEqual([])
})

test.each(kinds)('%s: changes of one value at once are all made, one after the other', async (_kind, make) => {
  const { records } = setUp(make)
  await records.set('a', thing('', 'x'), 2_000)
  await Promise.all([...'abcdefgh'].map((letter) => records.update('a', ({ name }) => thing(name + letter, 'x'))))
  expect([...((await records.get('a'))?.name ?? '')].sort().join('')).toBe('abcdefgh')
})

test.each(kinds)('%s: a change moves a value to its new words, at its old age and expiry', async (_kind, make) => {
  const { records, clock } = setUp(make)
  await records.set('a', thing('a', 'x', 'both'), 2_000)
  await records.set('b', thing('b', 'both'), 2_000)
  expect(await records.update('a', () => thing('a2', 'y', 'both'))).toEqual(thing('a2', 'y', 'both'))
  expect(await records.findBy('x')).toEqual([])
  expect(names(await records.findBy('y'))).toEqual(['a2'])
  expect(names(await records.list())).toEqual(['a2', 'b'])
  clock.set(2_000)
  expect(await records.list()).toEqual([])
  expect(await records.update('a', () => thing('again'))).toBeUndefined()
  expect(await records.get('a')).toBeUndefined()
})

test.each(kinds)(
  '%s: a change leaves a value in its place among those under a word that it keeps',
  async (_kind, make) => {
    const { records } = setUp(make)
    await records.set('a', thing('a', 'both'), 2_000)
    await records.set('b', thing('b', 'both'), 2_000)
    await records.update('a', () => thing('a2', 'both', 'x'))
    expect(names(await records.findBy('both'))).toEqual(['a2', 'b'])
  },
)

test.each(kinds)(
  '%s: a change with another expiry makes a value the newest, unless it stays as it is',
  async (_kind, make) => {
    const { records, clock } = setUp(make)
    await records.set('a', thing('a', 'x'), 2_000)
    await records.set('b', thing('b', 'x'), 2_000)
    await records.update('a', (same) => same, 9_000)
    expect(names(await records.list())).toEqual(['a', 'b'])
    await records.update('a', () => thing('a2', 'x'), 9_000)
    expect(names(await records.list())).toEqual(['b', 'a2'])
    expect(names(await records.findBy('x'))).toEqual(['b', 'a2'])
    clock.set(8_999)
    expect(names(await records.list())).toEqual(['a2'])
  },
)

test.each(kinds)('%s: a change that adds another value makes both, each under its words', async (_kind, make) => {
  const { records, clock } = setUp(make)
  await records.set('a', thing('a', 'x', 'both'), 2_000)
  const added = { key: 'b', value: thing('b', 'both'), expiresAt: 3_000 }
  expect(await records.updateAndAdd('a', () => thing('a2', 'y', 'both'), added)).toBe(true)
  expect(names(await records.findBy('both'))).toEqual(['a2', 'b'])
  expect([await records.findBy('x'), names(await records.findBy('y'))]).toEqual([[], ['a2']])
  clock.set(2_000)
  expect(names(await records.list())).toEqual(['b'])
})

test.each(kinds)('%s: what is gone, or stays as it is, adds nothing', async (_kind, make) => {
  const { records } = setUp(make)
  const added = { key: 'b', value: thing('b', 'x'), expiresAt: 3_000 }
  expect(await records.updateAndAdd('a', () => thing('a'), added)).toBe(false)
  await records.set('a', thing('a'), 2_000)
  expect(await records.updateAndAdd('a', (same) => same, added)).toBe(false)
  expect([names(await records.list()), await records.findBy('x')]).toEqual([['a'], []])
})

test.each(kinds)('%s: of changes at once that add another value, each sees the one before it', async (_kind, make) => {
  const { records } = setUp(make)
  await records.set('a', thing('fresh'), 2_000)
  const usedOnce = (value: Thing) => (value.name === 'fresh' ? thing('used') : value)
  const adding = [...'bcdefgh'].map((key) =>
    records.updateAndAdd('a', usedOnce, { key, value: thing(key), expiresAt: 2_000 }),
  )
  expect((await Promise.all(adding)).filter(Boolean)).toEqual([true])
  expect(await records.list()).toHaveLength(2)
})

test.each(kinds)('%s: what is touched is the newest and lives on; what is gone cannot be', async (_kind, make) => {
  const { records, clock } = setUp(make)
  await records.set('a', thing('a'), 2_000)
  await records.set('b', thing('b'), 2_000)
  expect(await records.touch('a', 3_000)).toEqual(thing('a'))
  expect(names(await records.list())).toEqual(['b', 'a'])
  clock.set(2_999)
  expect(await records.touch('b', 9_000)).toBeUndefined()
  expect(await records.get('a')).toEqual(thing('a'))
})

test.each(kinds)('%s: set makes a known key the newest, under its new words only', async (_kind, make) => {
  const { records, lost } = setUp(make)
  await records.set('a', thing('a', 'x'), 2_000)
  await records.set('b', thing('b', 'y'), 2_000)
  await records.set('a', thing('a2', 'y'), 2_000)
  expect(await records.findBy('x')).toEqual([])
  expect(names(await records.findBy('y'))).toEqual(['b', 'a2'])
  expect(lost).toEqual([])
})

test.each(kinds)(
  '%s: when there are too many, the one set longest ago makes room, and whoever keeps count is told',
  async (kind, make) => {
    const { records, lost } = setUp(make, kind === 'memory' ? 3 : 0.03)
    for (const name of ['a', 'b', 'c', 'd']) await records.set(name, thing(name, 'x'), 2_000)
    expect(names(await records.list())).toEqual(['b', 'c', 'd'])
    expect(names(await records.findBy('x'))).toEqual(['b', 'c', 'd'])
    expect(lost).toEqual(['a capacity'])
  },
)

test.each(kinds)('%s: clear forgets all, says so to nobody, and leaves another kind alone', async (_kind, make) => {
  const { records, lost } = setUp(make)
  for (const name of ['a', 'b', 'c']) await records.set(name, thing(name, 'x'), 2_000)
  await records.clear()
  expect(await records.list()).toEqual([])
  expect(await records.findBy('x')).toEqual([])
  expect(await records.get('a')).toBeUndefined()
  expect(lost).toEqual([])
})

test.each(kinds)('%s: more values than are read at once are all found, oldest first', async (_kind, make) => {
  const { records } = setUp(make, 1_000)
  const many = Array.from({ length: 501 }, (_, index) => `${index}`)
  await Promise.all(many.map((name) => records.set(name, thing(name, 'x'), 2_000)))
  expect(names(await records.findBy('x'))).toEqual(many)
})

test.each(kinds)('%s: keys and words may hold any text', async (_kind, make) => {
  const { records } = setUp(make)
  const odd = ['', '@', '-', ' ', 'é\u{1f600}', 'a\0b', '{x}', '"', '\n', '\ud800']
  for (const key of odd) await records.set(key, thing(key, key), 2_000)
  expect(names(await records.list())).toEqual(odd)
  for (const key of odd.filter((each) => each !== '\ud800')) {
    expect(names(await records.findBy(key))).toEqual([key])
    expect(await records.take(key)).toEqual(thing(key, key))
  }
})
