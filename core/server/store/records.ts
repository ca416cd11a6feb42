import type { Clock } from '../clock.ts'
import type { Leaving } from '../expiring-map.ts'

/**
 * Values of one kind that live for a while, each under a key: sessions, logins under way, ids of messages. As many as come, within a bound: what strangers can
 * fill must not grow. All replicas of a party have the same, and what each method does nobody else comes between.
 * @throws StoreUnavailable from every method, where they are kept elsewhere and cannot be had; then nothing has changed, or all of it.
 */
export interface Records<V> {
  get(key: string): Promise<V | undefined>
  /** Makes this the newest, also when the key was there before. */
  set(key: string, value: V, expiresAt: number): Promise<void>
  /** The same where the key is not there; false, and nothing done, where it is. Of two who add at once, one has. */
  add(key: string, value: V, expiresAt: number): Promise<boolean>
  /**
   * Puts what `change` makes of the value in its place, and answers it; undefined when there is none. It is as old as before and expires when it would have;
   * with `expiresAt`, it is the newest. A value that stays as it is stays as old. `change` may be asked more than once.
   */
  update(key: string, change: (value: V) => V, expiresAt?: number): Promise<V | undefined>
  /**
   * The same, and adds another value in the same step: nobody finds the one without the other. Whether it was done: false, and nothing is, when there is no
   * such value or `change` leaves it as it is. The other key is one that nobody has used: whoever makes it sees to that.
   */
  updateAndAdd(key: string, change: (value: V) => V, added: Addition<V>): Promise<boolean>
  /** Makes it the newest, as it is, and answers it. */
  touch(key: string, expiresAt: number): Promise<V | undefined>
  /**
   * Takes it out and answers it; undefined when it had expired or was taken before, so that only one caller acts on it. With `isMeant`, only while it is so of
   * the value as it stands.
   */
  take(key: string, isMeant?: (value: V) => boolean): Promise<V | undefined>
  /** Those that `indexesOf` puts under this word, oldest first; up to 500 of them as they are at one moment. */
  findBy(index: string): Promise<readonly V[]>
  /** All of them, oldest first. */
  list(): Promise<readonly V[]>
  clear(): Promise<void>
}

/** A value that comes with the change of another. */
export interface Addition<V> {
  readonly key: string
  readonly value: V
  readonly expiresAt: number
}

export interface RecordsOptions<V> {
  /** By what they are known to every replica: one kind, one name. */
  readonly name: string
  /** The party's: by it they expire, each at its instant and not before. */
  readonly clock: Clock
  /** When more are kept in this process, the one that was set longest ago makes room; a shared store has room for a hundred times as many. */
  readonly capacity: number
  /**
   * Whether a value is of no use once it has expired. A shared store keeps every value longer than its life, since the party's clock may stand still or be set back: for a
   * day, and a brief one for its own life once more, ten minutes at least.
   */
  readonly isBrief?: boolean
  /** Words under which a value is found beside its key. */
  readonly indexesOf?: (value: V) => readonly string[]
  /** Told of every value that nobody took out, when that is noticed: which is when somebody looks for it, or something else needs its place. */
  readonly lost?: (value: V, why: Exclude<Leaving, 'taken'>) => void
}
