import { afterAll, beforeAll } from 'vitest'
import { newId } from '../ids.ts'
import { silentLog } from '../logging.ts'
import { startEngine } from './engine.test-support.ts'
import { openRedis } from './redis/open-redis.ts'
import type { RedisConnection } from './redis/redis-connection.ts'
import { createRedisLabStore } from './redis/redis-store.ts'
import { createMemoryStore, type LabStore, type Store } from './store.ts'

/** For `test.each`: a name, and what makes an empty store of that kind. */
export type StoreKind = readonly [kind: 'memory' | 'redis', newStore: () => Store]

export interface TestStores {
  readonly storeKinds: readonly StoreKind[]
  /** To the engine, for a test that is about what stands there. From the first test on. */
  readonly connection: () => RedisConnection
  /** What two replicas of a lab of its own have, each over the connection that `over` makes of the one there is. */
  twoReplicas(
    over?: (connection: RedisConnection) => RedisConnection,
  ): readonly [Required<LabStore>, Required<LabStore>]
}

/** On a machine that is busy with other tests. */
const longestStartMs = 30_000

/** An engine for the tests of one file, which is called once, at its top. */
export function testStores(): TestStores {
  let engine: Awaited<ReturnType<typeof startEngine>> | undefined
  let redis: RedisConnection | undefined
  beforeAll(async () => {
    engine = await startEngine()
    redis = await openRedis({ url: engine.url, log: silentLog })
  }, longestStartMs)
  afterAll(async () => {
    await redis?.close()
    await engine?.stop()
  })
  const connection = (): RedisConnection => {
    if (redis === undefined) throw new Error('the engine is there from the first test on')
    return redis
  }
  return {
    connection,
    storeKinds: [
      ['memory', createMemoryStore],
      ['redis', () => createRedisLabStore(connection(), newId()).of('party')],
    ],
    twoReplicas: (over = (same) => same) => {
      const lab = newId()
      return [createRedisLabStore(over(connection()), lab), createRedisLabStore(over(connection()), lab)]
    },
  }
}
