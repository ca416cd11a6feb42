import { type OpenRedisOptions, openRedis } from './redis/open-redis.ts'
import { createRedisStore } from './redis/redis-store.ts'
import type { SharedStore } from './store.ts'

/**
 * Opens what replicas share, and waits until it is there.
 * @throws ConfigError with one sentence when it cannot be used
 */
export async function openStore(options: OpenRedisOptions): Promise<SharedStore> {
  return createRedisStore(await openRedis(options), options.log)
}
