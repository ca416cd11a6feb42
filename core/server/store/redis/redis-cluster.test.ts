import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { settableClock } from '../../clock.ts'
import { usualBounds } from '../../journal/journal.ts'
import { silentLog } from '../../logging.ts'
import { openRedis } from './open-redis.ts'
import { type RedisCluster, startRedisCluster } from './redis-cluster.test-support.ts'
import { createRedisStore } from './redis-store.ts'
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
