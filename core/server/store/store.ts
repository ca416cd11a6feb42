import { createMemoryRecords } from './memory-records.ts'
import type { Records, RecordsOptions } from './records.ts'
import { createSharedMap, type SharedMap, type SharedMapOptions } from './shared-map.ts'

/** Where a party keeps what changes while it runs: in this process, or where the replicas of the party find it as well. */
export interface Store {
  /** Many, and short of life. */
  records<V>(options: RecordsOptions<V>): Records<V>
  /** Few, and read often. */
  sharedMap<T>(options: SharedMapOptions<T>): SharedMap<T>
}

/** The stores of all parties of a lab. */
export interface LabStore {
  /** @param party its name in the lab */
  of(party: string): Store
  /** Brings in what other replicas have changed in shared maps: before each request. @throws StoreUnavailable */
  refresh(): Promise<void>
  /** Settled once all that was changed in shared maps so far is where the others read it: before each answer. @throws StoreUnavailable; then what was changed here is undone */
  settle(): Promise<void>
}

/** A store in this process. */
export function createMemoryStore(): Store {
  return { records: createMemoryRecords, sharedMap: createSharedMap }
}
