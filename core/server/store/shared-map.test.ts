import { expect, test } from 'vitest'
import { newId } from '../ids.ts'
import type { RedisConnection } from './redis/redis-connection.ts'
import { createRedisLabStore, keysOf } from './redis/redis-store.ts'
import { createSharedMap, type SharedMap, type SharedMapOptions } from './shared-map.ts'
import { testStores } from './stores.test-support.ts'

const { connection } = testStores()

type Make = (options: SharedMapOptions<string>) => SharedMap<string>

const kinds: readonly (readonly [string, Make])[] = [
  ['memory', createSharedMap],
  ['redis', (options) => createRedisLabStore(connection(), newId()).of('idp').sharedMap(options)],
]

const atStart = [
  ['alice', '1'],
  ['bob', '2'],
] as const

test.each(kinds)('%s: things are listed in the order in which they came, also when replaced', (_kind, make) => {
  const map = make({ name: 'users', atStart })
  expect(map.put('dora', '4')).toBe(true)
  expect(map.put('alice', '5')).toBe(false)
  expect(map.entries()).toEqual([
    ['alice', '5'],
    ['bob', '2'],
    ['dora', '4'],
  ])
})

test.each(kinds)('%s: a thing is found by its very name and deleted once', (_kind, make) => {
  const map = make({ name: 'users', atStart })
  expect([map.get('bob'), map.get('Bob'), map.get('bob ')]).toEqual(['2', undefined, undefined])
  expect([map.delete('bob'), map.delete('bob'), map.delete('nobody')]).toEqual([true, false, false])
  expect(map.get('bob')).toBeUndefined()
})

test.each(kinds)('%s: a reset brings back the start and nothing else', (_kind, make) => {
  const map = make({ name: 'users', atStart })
  map.put('dora', '4')
  map.put('alice', '5')
  map.delete('bob')
  map.reset()
  expect(map.entries()).toEqual(atStart)
})

/** Two replicas of one party of a lab of their own. */
function twoReplicas(over = (same: RedisConnection) => same) {
  const lab = newId()
  const replica = () => {
    const store = createRedisLabStore(over(connection()), lab)
    return { ...store, map: store.of('idp').sharedMap<string>({ name: 'users', atStart }) }
  }
  return { lab, one: replica(), other: replica(), replica }
}

test('what one replica has settled the other reads with its next refresh, and not before', async () => {
  const { one, other } = twoReplicas()
  one.map.put('dora', '4')
  one.map.delete('bob')
  await other.replicas.refresh()
  expect(other.map.entries()).toEqual(atStart)
  await one.replicas.settle()
  expect(other.map.entries()).toEqual(atStart)
  await other.replicas.refresh()
  expect(other.map.entries()).toEqual([
    ['alice', '1'],
    ['dora', '4'],
  ])
})

test('replicas that change different things at once lose neither, and end up alike', async () => {
  const { one, other, replica } = twoReplicas()
  one.map.put('dora', '4')
  other.map.put('emil', '5')
  await Promise.all([one.replicas.settle(), other.replicas.settle()])
  await Promise.all([one.replicas.refresh(), other.replicas.refresh()])
  const third = replica()
  await third.replicas.refresh()
  const names = (map: SharedMap<string>) =>
    map
      .entries()
      .map(([name]) => name)
      .sort()
  expect(names(one.map)).toEqual(['alice', 'bob', 'dora', 'emil'])
  expect(other.map.entries()).toEqual(one.map.entries())
  expect(third.map.entries()).toEqual(one.map.entries())
})

test('of two who change the same thing the later one is what both have', async () => {
  const { one, other } = twoReplicas()
  one.map.put('alice', 'first')
  await one.replicas.settle()
  other.map.put('alice', 'second')
  await other.replicas.settle()
  await Promise.all([one.replicas.refresh(), other.replicas.refresh()])
  expect([one.map.get('alice'), other.map.get('alice')]).toEqual(['second', 'second'])
})

test('a reset at one replica is one at every other, also of what the other had changed', async () => {
  const { one, other } = twoReplicas()
  other.map.put('dora', '4')
  await other.replicas.settle()
  await one.replicas.refresh()
  one.map.delete('alice')
  one.map.reset()
  await one.replicas.settle()
  await other.replicas.refresh()
  expect(other.map.entries()).toEqual(atStart)
})

test('a map that is made after a refresh has what was read for it before', async () => {
  const { one, replica } = twoReplicas()
  one.of('es').sharedMap<string>({ name: 'roles' }).put('admin', 'all')
  await one.replicas.settle()
  const late = replica()
  await late.replicas.refresh()
  expect(late.of('es').sharedMap({ name: 'roles' }).get('admin')).toBe('all')
  expect(late.of('idp').sharedMap({ name: 'roles' }).get('admin')).toBeUndefined()
})

test('an engine that comes back empty leaves every replica as at the start', async () => {
  const { one, other } = twoReplicas()
  one.map.put('dora', '4')
  await one.replicas.settle()
  await other.replicas.refresh()
  await connection().send('', ['FLUSHALL'])
  await Promise.all([one.replicas.refresh(), other.replicas.refresh()])
  expect([one.map.entries(), other.map.entries()]).toEqual([atStart, atStart])
  other.map.put('emil', '5')
  await other.replicas.settle()
  await one.replicas.refresh()
  expect(one.map.get('emil')).toBe('5')
})

test('other data in the engine is noticed, also where as much was changed in it as before', async () => {
  const { lab, one, other, replica } = twoReplicas()
  one.map.put('dora', '4')
  await one.replicas.settle()
  await other.replicas.refresh()
  await connection().send('', ['FLUSHALL'])
  const third = replica()
  third.map.put('emil', '5')
  await third.replicas.settle()
  expect(await connection().send(lab, ['GET', `${keysOf(lab)}revision`])).toBe('1')
  await other.replicas.refresh()
  expect(other.map.entries()).toEqual([...atStart, ['emil', '5']])
})

test('the first changes in an empty engine are made, though somebody else wrote there in between', async () => {
  const { one, other } = twoReplicas()
  await Promise.all([one.replicas.refresh(), other.replicas.refresh()])
  one.journal.reset()
  one.map.put('dora', '4')
  other.map.put('emil', '5')
  await one.replicas.settle()
  await other.replicas.settle()
  await Promise.all([one.replicas.refresh(), other.replicas.refresh()])
  expect([one.map.get('emil'), other.map.get('dora')]).toEqual(['5', '4'])
})

test('a change of what the engine has no longer is refused, and leaves nothing', async () => {
  const { one, other } = twoReplicas()
  one.map.put('dora', '4')
  await one.replicas.settle()
  await other.replicas.refresh()
  await connection().send('', ['FLUSHALL'])
  other.map.put('dora', '5')
  await expect(other.replicas.settle()).rejects.toThrow('has other data than before: try again')
  await Promise.all([one.replicas.refresh(), other.replicas.refresh()])
  expect([one.map.entries(), other.map.entries()]).toEqual([atStart, atStart])
  other.map.put('dora', '6')
  await other.replicas.settle()
  await one.replicas.refresh()
  expect(one.map.get('dora')).toBe('6')
})

test('an engine that was away is read from the beginning: it may have come back as it was a while ago', async () => {
  let connections = 1
  const { lab, one, other } = twoReplicas((same) => ({
    ...same,
    get connections() {
      return connections
    },
  }))
  one.map.put('dora', '4')
  await one.replicas.settle()
  await other.replicas.refresh()
  const settings = `${keysOf(lab)}settings`
  await connection().send(settings, ['HSET', settings, '["idp/users","dora"]', '1 2 "as before"'])
  await other.replicas.refresh()
  expect(other.map.get('dora')).toBe('4')
  connections += 1
  other.map.put('emil', '5')
  await other.replicas.refresh()
  expect([other.map.get('dora'), other.map.get('emil')]).toEqual(['as before', '5'])
  await other.replicas.settle()
  await one.replicas.refresh()
  expect(one.map.get('emil')).toBe('5')
})

test('a setting of another version is refused in a sentence, and goes on being refused', async () => {
  const { lab, one, other } = twoReplicas()
  one.map.put('dora', '4')
  await one.replicas.settle()
  const key = `${keysOf(lab)}settings`
  await connection().send(key, ['HSET', key, '["idp/users","dora"]', '2 0 "4"'])
  const says =
    'the setting ["idp/users","dora"] has the version [2], expected 1: it was written by another release of sloop'
  await expect(other.replicas.refresh()).rejects.toThrow(says)
  await expect(other.replicas.refresh()).rejects.toThrow(says)
})
