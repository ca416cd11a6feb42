import type { LabStore, Store } from '../store.ts'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisRecords } from './redis-records.ts'
import { createRedisSettings } from './redis-settings.ts'

/** What the keys of a lab begin with. The braces are a hash tag: a cluster keeps all of a lab together, so that one script can change it. */
export const keysOf = (lab: string): string => `sloop:{${lab}}:`

/** Keeps what the parties of a lab know in an engine, where every replica finds it. */
export function createRedisStore(redis: RedisConnection, lab: string): LabStore {
  const prefix = keysOf(lab)
  const { sharedMap, refresh, settle } = createRedisSettings(redis, prefix)
  const of = (party: string): Store => ({
    records: (options) => createRedisRecords(redis, `${prefix}${party}/`, options),
    sharedMap: (options) => sharedMap({ ...options, name: `${party}/${options.name}` }),
  })
  return { of, refresh, settle }
}
