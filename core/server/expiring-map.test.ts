import { expect, test } from 'vitest'
import { settableClock } from './clock.ts'
import { createExpiringMap } from './expiring-map.ts'

const clock = () => settableClock(1_000)

test('an entry lives until its expiry, not at it', () => {
  const at = clock()
  const map = createExpiringMap<string>({ clock: at, capacity: 10 })
  map.set('a', 'A', 2_000)
  at.set(1_999)
  expect(map.get('a')).toBe('A')
  at.set(2_000)
  expect(map.get('a')).toBeUndefined()
})

test('a full map lets its oldest entry go', () => {
  const map = createExpiringMap<string>({ clock: clock(), capacity: 2 })
  for (const key of ['a', 'b', 'c']) map.set(key, key, 5_000)
  expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([undefined, 'b', 'c'])
})

test('an entry that is set again is the newest', () => {
  const map = createExpiringMap<string>({ clock: clock(), capacity: 2 })
  for (const key of ['a', 'b', 'a', 'c']) map.set(key, key, 5_000)
  expect(map.keys()).toEqual(['a', 'c'])
})

test('setting sweeps out the oldest entries that have expired, and leaves the others', () => {
  const at = clock()
  const map = createExpiringMap<string>({ clock: at, capacity: 10 })
  map.set('a', 'A', 2_000)
  map.set('b', 'B', 2_000)
  map.set('c', 'C', 3_000)
  at.set(2_000)
  map.set('d', 'D', 3_000)
  expect(map.keys()).toEqual(['c', 'd'])
})

test('setting a key again replaces its value and pushes nobody out', () => {
  const map = createExpiringMap<string>({ clock: clock(), capacity: 2 })
  map.set('a', 'A', 5_000)
  map.set('b', 'B', 5_000)
  map.set('b', 'BB', 5_000)
  expect([map.get('a'), map.get('b')]).toEqual(['A', 'BB'])
})

test('a value that is put in the place of another is as old, expires when that would have, and reports nothing', () => {
  const left: string[] = []
  const at = clock()
  const map = createExpiringMap<string>({ clock: at, capacity: 2, onRemove: (value) => left.push(value) })
  map.set('a', 'A', 2_000)
  map.set('b', 'B', 2_000)
  expect(map.replace('a', 'AA')).toBe(true)
  expect([map.get('a'), map.keys(), left]).toEqual(['AA', ['a', 'b'], []])
  at.set(2_000)
  expect(map.get('a')).toBeUndefined()
  expect(left).toEqual(['AA'])
})

test('nothing is put in the place of a value that is not there, or no longer', () => {
  const at = clock()
  const map = createExpiringMap<string>({ clock: at, capacity: 2 })
  map.set('a', 'A', 2_000)
  at.set(2_000)
  expect([map.replace('a', 'AA'), map.replace('b', 'B'), map.keys()]).toEqual([false, false, []])
})

test('deleting answers the value once, and never an expired one', () => {
  const at = clock()
  const map = createExpiringMap<string>({ clock: at, capacity: 2 })
  map.set('a', 'A', 2_000)
  map.set('b', 'B', 2_000)
  expect([map.delete('a'), map.delete('a')]).toEqual(['A', undefined])
  at.set(2_000)
  expect(map.delete('b')).toBeUndefined()
})

test('every value that leaves is reported, whatever made it leave', () => {
  const left: string[] = []
  const at = clock()
  const map = createExpiringMap<string>({ clock: at, capacity: 2, onRemove: (value) => left.push(value) })
  map.set('a', 'A', 2_000)
  map.set('b', 'B', 9_000)
  map.set('c', 'C', 2_000)
  map.delete('b')
  at.set(2_000)
  map.get('c')
  map.set('d', 'D', 9_000)
  map.clear()
  expect(left).toEqual(['A', 'B', 'C', 'D'])
})

test('what has expired when somebody looked stays gone when the clock is set back', () => {
  const at = clock()
  const left: string[] = []
  const map = createExpiringMap<string>({ clock: at, capacity: 10, onRemove: (value) => left.push(value) })
  map.set('seen', 'S', 2_000)
  map.set('unseen', 'U', 2_000)
  at.set(2_000)
  expect(map.get('seen')).toBeUndefined()
  at.set(1_000)
  expect([map.get('seen'), map.get('unseen'), left]).toEqual([undefined, 'U', ['S']])
})

test('an entry that was set before the clock went back expires at its own time, whatever was set after it', () => {
  const at = clock()
  const map = createExpiringMap<string>({ clock: at, capacity: 2 })
  map.set('late', 'L', 9_000)
  at.set(100)
  map.set('early', 'E', 1_100)
  at.set(1_100)
  expect([map.get('early'), map.get('late')]).toEqual([undefined, 'L'])
})
