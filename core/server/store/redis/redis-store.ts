import { type Log, silentLog } from '../../logging.ts'
import type { LabStore, Replicas, SharedStore } from '../store.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import { createChanges } from './changes.ts'
import { createRedisAgreement } from './redis-agreement.ts'
import type { RedisConnection } from './redis-connection.ts'
import { createRedisJournal, type RedisJournalOptions } from './redis-journal.ts'
import { createRedisRecords } from './redis-records.ts'
import { createRedisSettings } from './redis-settings.ts'

interface LabStoreOptions extends Pick<RedisJournalOptions, 'bounds' | 'log' | 'real' | 'breathMs'> {
  readonly seen?: (epoch: string) => Promise<void>
}

/** What the keys of a lab begin with. The braces are a hash tag: a cluster keeps all of a lab together, so that one script can change it. */
export const keysOf = (lab: string): string => `sloop:{${lab}}:`

/**
 * Keeps what the parties of a lab know in an engine, where every replica finds it.
 * @param seen is told the epoch with each refresh, which waits for it
 */
export function createRedisLabStore(
  redis: RedisConnection,
  lab: string,
  { seen, ...ofJournal }: LabStoreOptions = {},
): Required<LabStore> {
  const prefix = keysOf(lab)
  const changes = createChanges()
  const settings = createRedisSettings(redis, prefix, changes)
  const reset = (text: string) => {
    changes.current.reset = text
  }
  const refresh = async (): Promise<void> => {
    await settings.refresh()
    await seen?.(settings.epoch ?? '')
  }
  // Who watches the journal asks the engine, be there requests or not.
  const renewed = () => void refresh().catch(() => undefined)
  const journal = createRedisJournal(redis, { prefix, reset, renewed, ...ofJournal })
  const settle = async (): Promise<void> => {
    const taken = changes.take()
    try {
      // It forgets what was noted before.
      if (taken.reset !== undefined) await journal.settle()
    } catch (error) {
      settings.drop(taken)
      throw error
    }
    await settings.write(taken)
    await journal.settle()
  }
  const step: Replicas['step'] = (work) =>
    changes.during(async () => {
      try {
        return await work()
      } catch (error) {
        if (error instanceof StoreUnavailable) settings.drop(changes.takeOwn())
        throw error
      } finally {
        await settle()
      }
    })
  const replicas = { refresh, settle, step }
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
export function createRedisStore(redis: RedisConnection, log: Log = silentLog): SharedStore {
  const { first, said, sayAgainUnless, whenSaidAgain } = createRedisAgreement(redis, keysOf('main'))
  const lab: SharedStore['lab'] = (id, bounds) => {
    const ours = createRedisLabStore(redis, id, { bounds, log, ...(id === 'main' && { seen: sayAgainUnless }) })
    // A replica that starts may come before anybody asks this one.
    if (id === 'main') redis.whenBack(() => void ours.replicas.refresh().catch(() => undefined))
    return ours
  }
  return {
    place: redis.place,
    lab,
    first,
    said,
    whenSaidAgain,
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
