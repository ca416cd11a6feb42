import type { Records } from './records.ts'
import { createMemoryStore, type Store } from './store.ts'
import { StoreUnavailable } from './store-unavailable.ts'

/** A store of this process that fails whoever asks it, once. */
export interface DyingStore extends Store {
  /** From now on the call with this number, from 0, fails: before anything is done, or with all of it done and only the answer lost. */
  dieAt(call: number, when: 'before' | 'after'): void
  /** Whether that has happened. */
  readonly hasDied: boolean
}

/** For a test that dies everywhere, one place after the other. */
export function dyingStore(): DyingStore {
  const memory = createMemoryStore()
  let [left, isLate, hasDied] = [Number.POSITIVE_INFINITY, false, false]
  const die = (): never => {
    hasDied = true
    throw new StoreUnavailable('the store is away')
  }
  const dying =
    <Given extends readonly unknown[], T>(method: (...given: Given) => Promise<T>) =>
    async (...given: Given): Promise<T> => {
      const isMeant = left === 0
      left -= 1
      if (isMeant && !isLate) return die()
      const answer = await method(...given)
      return isMeant ? die() : answer
    }
  return {
    ...memory,
    records: (options) => {
      const records = memory.records(options)
      const methods = Object.entries(records).map(([name, method]) => [name, dying(method)])
      return Object.fromEntries(methods) as Records<never>
    },
    dieAt(call, when) {
      left = call
      isLate = when === 'after'
      hasDied = false
    },
    get hasDied() {
      return hasDied
    },
  }
}
