import { createJournal, type Journal } from '../journal/journal.ts'
import type { JournalBounds } from '../journal/kept-entries.ts'
import { createMemoryRecords } from './memory-records.ts'
import type { Records, RecordsOptions } from './records.ts'
import { createSharedMap, type SharedMap, type SharedMapOptions } from './shared-map.ts'

/** Where a party keeps what changes while it runs: in this process, or where the replicas of the party find it as well. */
export interface Store {
  /** Many, and short of life. */
  records<V>(options: RecordsOptions<V>): Records<V>
  /** Few, and read often. */
  sharedMap<T>(options: SharedMapOptions<T>): SharedMap<T>
  /** What keeps replicas alike; absent where this process is the only one. */
  readonly replicas?: Replicas
}

/** What keeps the replicas of a lab alike. Whoever answers requests does each as a `step` that begins with `refresh`. */
export interface Replicas {
  /** Brings in what other replicas have changed in shared maps: before a request is looked at. @throws StoreUnavailable */
  refresh(): Promise<void>
  /**
   * Does what one request asks for. Settled, with what `work` answers or throws, once all that it changed in shared maps and noted in the journal is where the
   * others read it: before the answer. What it changed, a reset of the journal with it, is written as one, and never by another request's step.
   * @throws StoreUnavailable where `work` throws it: then nothing of it is written, and all is undone here with the next refresh; or where it cannot be written, or
   * nobody can say whether it was: then nothing has changed, or all of it
   */
  step<T>(work: () => Promise<T>): Promise<T>
  /** The same for what was changed in no step. Without it, the next step writes that with its own. @throws StoreUnavailable */
  settle(): Promise<void>
}

/** What the parties of a lab know. */
export interface LabStore {
  /** @param party its name in the lab; empty for what belongs to none */
  of(party: string): Store
  readonly journal: Journal
  readonly replicas?: Replicas
}

/** What all replicas of a server share: the labs, and what is so because one of them said so first. */
export interface SharedStore {
  /** Where it is, without secrets. */
  readonly place: string
  /** What the parties of this lab know, `main` for the server's own world. */
  lab(id: string, bounds: JournalBounds): LabStore
  /** The text that the first replica ever gave this name: this one, where nobody had. @throws StoreUnavailable */
  first(name: string, text: string): Promise<string>
  /** The same, where somebody has. @throws StoreUnavailable */
  said(name: string): Promise<string | undefined>
  /**
   * Calls `tell` each time that the store has lost its data and this replica has written there again what it had heard by `first` and `said`. Where another replica was
   * earlier and wrote something else, nothing is written, and `tell` gets the first text that differs.
   */
  whenSaidAgain(tell: (differing: Differing | undefined) => void): void
  /** Forgets all that the parties of this lab know. @throws StoreUnavailable */
  forget(lab: string): Promise<void>
  close(): Promise<void>
}

/** What replicas were agreed on, and others now say in another way. */
export interface Differing {
  readonly name: string
  readonly ours: string
  readonly theirs: string
}

/** A store in this process. */
export function createMemoryStore(): Store {
  return { records: createMemoryRecords, sharedMap: createSharedMap }
}

/** The stores of a lab in this process. */
export function createMemoryLabStore(bounds?: JournalBounds): LabStore {
  return { of: createMemoryStore, journal: createJournal(bounds) }
}
