import type { Records } from './records.ts'
import { createMemoryStore, type Store } from './store.ts'
import { StoreUnavailable } from './store-unavailable.ts'

/** A store of this process that is away from some call on. */
export interface DyingStore extends Store {
  /** From now on the call with this number, from 0, fails, before anything is done or with all of it done and only the answer lost; and all that follow. */
  dieAt(call: number, when: 'before' | 'after'): void
  /** It is there again. Whether it was away. */
  revive(): boolean
}

/** For a test that dies everywhere, one place after the other. */
export function dyingStore(): DyingStore {
  const memory = createMemoryStore()
  let [left, isLate] = [Number.POSITIVE_INFINITY, false]
  const die = (): never => {
    throw new StoreUnavailable('the store is away')
  }
  const dying =
    <Given extends readonly unknown[], T>(method: (...given: Given) => Promise<T>) =>
    async (...given: Given): Promise<T> => {
      const isLast = left === 0
      left -= 1
      if (left < -1 || (isLast && !isLate)) return die()
      const answer = await method(...given)
      return isLast ? die() : answer
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
    },
    revive() {
      const wasAway = left < 0
      left = Number.POSITIVE_INFINITY
      return wasAway
    },
  }
}
