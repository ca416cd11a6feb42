import type { JournalBounds } from '../../journal/kept-entries.ts'
import type { LabStore, SharedStore } from '../store.ts'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisJournal } from './redis-journal.ts'
import { createRedisRecords } from './redis-records.ts'
import { createRedisSettings } from './redis-settings.ts'

/** What the keys of a lab begin with. The braces are a hash tag: a cluster keeps all of a lab together, so that one script can change it. */
export const keysOf = (lab: string): string => `sloop:{${lab}}:`

/** Keeps what the parties of a lab know in an engine, where every replica finds it. */
export function createRedisLabStore(redis: RedisConnection, lab: string, bounds?: JournalBounds): Required<LabStore> {
  const prefix = keysOf(lab)
  const settings = createRedisSettings(redis, prefix)
  const journal = createRedisJournal(redis, { prefix, ...(bounds && { bounds }) })
  const replicas = {
    refresh: settings.refresh,
    settle: async () => void (await Promise.all([settings.settle(), journal.settle()])),
  }
  return {
    of: (party) => ({
      records: (options) => createRedisRecords(redis, `${prefix}${party}/`, options),
      sharedMap: (options) => settings.sharedMap({ ...options, name: `${party}/${options.name}` }),
      replicas,
    }),
    journal,
    replicas,
  }
}

const scan = (cursor: string, lab: string): readonly string[] => [
  'SCAN',
  cursor,
  'MATCH',
  `${keysOf(lab)}*`,
  'COUNT',
  '1000',
]

/** Everything that replicas share in an engine. */
export function createRedisStore(redis: RedisConnection): SharedStore {
  const keyOf = (name: string) => `${keysOf('main')}said/${name}`
  const said = async (name: string): Promise<string | undefined> => {
    const text = await redis.send(keyOf(name), ['GET', keyOf(name)])
    return text === null ? undefined : (text as string)
  }
  return {
    place: redis.place,
    lab: (id, bounds) => createRedisLabStore(redis, id, bounds),
    async first(name, text) {
      await redis.send(keyOf(name), ['SET', keyOf(name), text, 'NX'])
      return (await said(name)) ?? text
    },
    said,
    async forget(lab) {
      let cursor = '0'
      do {
        const [next, keys] = (await redis.send(keysOf(lab), scan(cursor, lab))) as [string, string[]]
        if (keys.length > 0) await redis.send(keysOf(lab), ['UNLINK', ...keys])
        cursor = next
      } while (cursor !== '0')
    },
    close: redis.close,
  }
}
