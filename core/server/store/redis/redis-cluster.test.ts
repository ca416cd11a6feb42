import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { settableClock } from '../../clock.ts'
import { usualBounds } from '../../journal/journal.ts'
import { silentLog } from '../../logging.ts'
import { openRedis } from './open-redis.ts'
import { type RedisCluster, startRedisCluster } from './redis-cluster.test-support.ts'
import { createRedisStore, keysOf } from './redis-store.ts'
import { labIn } from './while-writing.test-support.ts'

// A few rules; `npm run storm` holds all of them against a cluster.

let cluster: RedisCluster
beforeAll(async () => {
  cluster = await startRedisCluster()
}, 30_000)
afterAll(() => cluster.stop())

async function sharedStore(url = cluster.url) {
  const shared = createRedisStore(await openRedis({ url, log: silentLog }))
  onTestFinished(shared.close)
  return shared
}

test('replicas at different nodes have labs in each of them, and forget one alone', async () => {
  const [one, other] = await Promise.all([sharedStore(), sharedStore(cluster.nodes[2]?.url)])
  const labs = await Promise.all(cluster.nodes.map(labIn))
  const clock = settableClock(0)
  const options = { name: 'things', clock, capacity: 10, indexesOf: (value: string) => [value] }
  const recordsAt = (shared: typeof one) => labs.map((lab) => shared.lab(lab, usualBounds).of('idp').records(options))
  await Promise.all(recordsAt(one).map((records, at) => records.set('a', `in ${at}`, 1_000)))
  const found = () =>
    Promise.all(recordsAt(other).map(async (records, at) => [await records.get('a'), await records.findBy(`in ${at}`)]))
  expect(await found()).toEqual([0, 1, 2].map((at) => [`in ${at}`, [`in ${at}`]]))
  await one.forget(labs[1] ?? '')
  expect(await found()).toEqual([
    ['in 0', ['in 0']],
    [undefined, []],
    ['in 2', ['in 2']],
  ])
  expect(await cluster.nodes[1]?.ask('DBSIZE')).toBe(0)
})

test('replicas at different nodes agree, and have the same settings and journal', async () => {
  const [one, other] = await Promise.all([sharedStore(), sharedStore(cluster.nodes[1]?.url)])
  expect([await one.first('party/idp', 'of one'), await other.first('party/idp', 'of other')]).toEqual([
    'of one',
    'of one',
  ])
  const [, , node] = cluster.nodes
  const lab = node === undefined ? '' : await labIn(node)
  const [here, there] = [one, other].map((shared) => shared.lab(lab, usualBounds))
  onTestFinished(() => {
    here?.journal.close()
    there?.journal.close()
  })
  here?.of('idp').sharedMap<string>({ name: 'users' }).put('dora', '4')
  here?.journal.of('idp', settableClock(0)).note({ what: 'call', id: '_1' })
  await here?.replicas?.settle()
  const users = there?.of('idp').sharedMap<string>({ name: 'users' })
  await there?.replicas?.refresh()
  await there?.journal.catchUp?.()
  expect([users?.get('dora'), there?.journal.get(1)?.id]).toEqual(['4', '_1'])
})

/** A lab in the first node, whose slot is on its way to the second; nothing has gone there yet. */
async function movingLab() {
  const [from, to] = cluster.nodes
  if (from === undefined || to === undefined) throw new Error('the cluster has no nodes')
  const shared = await sharedStore()
  const id = await labIn(from)
  const slot = String(await from.ask('CLUSTER', 'KEYSLOT', keysOf(id)))
  const move = async () => {
    await to.ask('CLUSTER', 'SETSLOT', slot, 'IMPORTING', from.id)
    await from.ask('CLUSTER', 'SETSLOT', slot, 'MIGRATING', to.id)
    onTestFinished(async () => {
      for (const node of [from, to]) await node.ask('CLUSTER', 'SETSLOT', slot, 'STABLE')
    })
  }
  return { lab: shared.lab(id, usualBounds), move }
}

test('while a slot moves, settings and the reset of the journal are written as one, also where they leave nothing behind', async () => {
  const { lab, move } = await movingLab()
  const { replicas, journal } = lab
  const users = lab.of('idp').sharedMap<string>({ name: 'users' })
  await replicas?.step(async () => {
    users.put('dora', '4')
    journal.of('idp', settableClock(0)).note({ what: 'call', id: '_1' })
  })
  await move()
  await replicas?.step(async () => {
    users.reset()
    users.put('emil', '5')
    journal.reset()
  })
  await replicas?.step(async () => users.reset())
  expect(users.entries()).toEqual([])
})

test('while a slot moves, the last record of its kind is taken', async () => {
  const { lab, move } = await movingLab()
  const things = lab.of('idp').records<string>({ name: 'things', clock: settableClock(0), capacity: 10 })
  await things.set('a', 'one', 1_000)
  await move()
  expect(await things.take('a')).toBe('one')
})
