import { expect, onTestFinished, test } from 'vitest'
import { type Log, silentLog } from '../../logging.ts'
import { openRedis } from './open-redis.ts'
import { allIsWell, type ClusterNode, startRedisCluster } from './redis-cluster.test-support.ts'
import { freePort } from './redis-server.test-support.ts'
import { labIn, type WrittenLab, whileWriting } from './while-writing.test-support.ts'

/** What comes late, on a machine that is busy. */
const mostMs = 2_500
const longestMs = 90_000
/** Who write into a lab at the same moment. */
const atOnce = 3

async function cluster(hasReplicas: boolean) {
  const { nodes, url, stop } = await startRedisCluster({ hasReplicas, nodeTimeoutMs: 1_000 })
  onTestFinished(stop)
  const masters = nodes.slice(0, 3) as [ClusterNode, ClusterNode, ClusterNode]
  const redis = await open(url)
  const labs = (await Promise.all(masters.map(labIn))) as [string, string, string]
  return { nodes, masters, url, redis, labs }
}

async function open(url: string, log: Log = silentLog) {
  const redis = await openRedis({ url, log })
  onTestFinished(() => redis.close())
  return redis
}

/** Settled once as much more was acknowledged in each. */
async function moreIn(written: readonly WrittenLab[], count = 50): Promise<void> {
  const before = written.map(({ acknowledged }) => acknowledged.length)
  const least = () => Math.min(...written.map(({ acknowledged }, at) => acknowledged.length - (before[at] ?? 0)))
  await expect.poll(least, { timeout: 30_000 }).toBeGreaterThan(count)
}

/** Settled once somebody was refused in this lab. */
const refusedIn = (lab: WrittenLab | undefined) =>
  expect.poll(() => lab?.refused.length, { timeout: 30_000 }).toBeGreaterThan(0)

const slowest = (written: readonly WrittenLab[]) =>
  Math.max(0, ...written.flatMap(({ refused }) => refused.map(({ afterMs }) => afterMs)))

test.each(['SIGKILL', 'SIGSTOP'] as const)(
  'a master that ends by %s is a refusal in time until its replica has taken over, and nothing is started anew',
  async (signal) => {
    const { nodes, masters, labs, redis } = await cluster(true)
    let before: readonly string[] = []
    const written = await whileWriting(redis, {
      labs,
      work: async (written) => {
        await moreIn(written)
        before = [...(written[0]?.acknowledged ?? [])]
        masters[0].process.kill(signal)
        await refusedIn(written[0])
        await moreIn(written)
      },
    })
    expect(written.map(({ mistakes }) => mistakes)).toEqual([[], [], []])
    // A node that misses another says so to everybody.
    const others = written.slice(1).flatMap(({ refused }) => refused.map(({ says }) => says))
    expect(others.filter((says) => !says.includes('(CLUSTERDOWN '))).toEqual([])
    expect(slowest(written)).toBeLessThan(mostMs)
    const other = await open(nodes[1]?.url ?? '')
    const [inKilled = [], ...inOthers] = await Promise.all(written.map(({ missing }) => missing(other)))
    expect(inOthers).toEqual([[], []])
    // A master answers before its replica has what it answered, and a replica has all up to somewhere: what is lost is the last before the end, and nothing behind it.
    const lost = new Set(inKilled.map((lacking) => lacking.split(':')[0] ?? ''))
    const fromFirstLost = before.slice(before.findIndex((key) => lost.has(key)))
    const lostBefore = before.filter((key) => lost.has(key)).length
    if (lostBefore > 0) expect(fromFirstLost.length - lostBefore).toBeLessThanOrEqual(atOnce)
    expect(lost.size - lostBefore).toBeLessThanOrEqual(atOnce)
  },
  longestMs,
)

test(
  'slots that move to another node under load refuse nobody else, and leave nothing half done',
  async () => {
    const {
      masters: [from, to],
      labs,
      redis,
      url,
    } = await cluster(false)
    const slot = String(await from.ask('CLUSTER', 'KEYSLOT', `sloop:{${labs[0]}}:`))
    const written = await whileWriting(redis, {
      labs,
      work: async (written) => {
        await moreIn(written)
        await to.ask('CLUSTER', 'SETSLOT', slot, 'IMPORTING', from.id)
        await from.ask('CLUSTER', 'SETSLOT', slot, 'MIGRATING', to.id)
        for (;;) {
          const keys = (await from.ask('CLUSTER', 'GETKEYSINSLOT', slot, '10')) as string[]
          if (keys.length === 0) break
          await from.ask('MIGRATE', '127.0.0.1', `${to.port}`, '', '0', '5000', 'KEYS', ...keys)
        }
        for (const node of [to, from]) await node.ask('CLUSTER', 'SETSLOT', slot, 'NODE', to.id)
        await moreIn(written)
      },
    })
    expect(written.map(({ mistakes }) => mistakes)).toEqual([[], [], []])
    expect(written.slice(1).map(({ refused }) => refused)).toEqual([[], []])
    expect(slowest(written)).toBeLessThan(mostMs)
    const other = await open(url)
    expect(await Promise.all(written.map(({ missing }) => missing(other)))).toEqual([[], [], []])
  },
  longestMs,
)

test(
  'nodes that come back at another address, the first of them among them, are found there',
  async () => {
    const { masters, labs, redis } = await cluster(false)
    const written = await whileWriting(redis, {
      labs,
      work: async (written) => {
        for (const node of masters) {
          await moreIn(written)
          await node.stop()
          await node.start(await freePort())
          await allIsWell(masters)
        }
        await moreIn(written)
      },
    })
    expect(written.map(({ mistakes }) => mistakes)).toEqual([[], [], []])
    expect(slowest(written)).toBeLessThan(mostMs)
  },
  longestMs,
)

test(
  'slots without a node at the start are waited for, which is said',
  async () => {
    const {
      masters: [first],
      url,
      labs,
    } = await cluster(false)
    await first.ask('CLUSTER', 'DELSLOTSRANGE', '0', '5460')
    const said: string[] = []
    const opening = open(url, { ...silentLog, warn: (facts: object) => void said.push(JSON.stringify(facts)) } as Log)
    await expect.poll(() => said).toHaveLength(1)
    expect(said[0]).toContain('"cause":"the cluster has slots that no node serves"')
    await first.ask('CLUSTER', 'ADDSLOTSRANGE', '0', '5460')
    const redis = await opening
    const key = `sloop:{${labs[0]}}:a`
    await expect.poll(() => redis.send(key, ['GET', key]).catch(String), { timeout: 10_000 }).toBeNull()
  },
  longestMs,
)
