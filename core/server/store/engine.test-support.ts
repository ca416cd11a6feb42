import { startRedisServer } from './redis/redis-server.test-support.ts'

/** What `testStores` runs against. `npm run storm` puts a cluster in its place. */
export const startEngine: () => Promise<{ readonly url: string; readonly stop: () => Promise<void> }> = startRedisServer
