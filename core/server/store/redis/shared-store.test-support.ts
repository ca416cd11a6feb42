import { afterAll, beforeAll } from 'vitest'
import { newId } from '../../ids.ts'
import { silentLog } from '../../logging.ts'
import type { LabStore } from '../store.ts'
import { openRedis } from './open-redis.ts'
import type { RedisConnection } from './redis-connection.ts'
import { type RedisServer, startRedisServer } from './redis-server.test-support.ts'
import { createRedisLabStore } from './redis-store.ts'

/** A real engine for the tests of a file, each of which has labs of its own in it. */
export interface SharedStore {
  readonly redis: () => RedisConnection
  readonly server: () => RedisServer
  /** What so many replicas of one new lab know it by. */
  replicas(count: number): readonly Required<LabStore>[]
}

/** Call it once in a file: it starts with the first test and ends with the last. */
export function sharedStore(): SharedStore {
  let server: RedisServer
  let redis: RedisConnection
  beforeAll(async () => {
    server = await startRedisServer()
    redis = await openRedis({ url: server.url, log: silentLog })
  })
  afterAll(async () => {
    await redis.close()
    await server.stop()
  })
  return {
    redis: () => redis,
    server: () => server,
    replicas: (count) => {
      const lab = newId()
      return Array.from({ length: count }, () => createRedisLabStore(redis, lab))
    },
  }
}
