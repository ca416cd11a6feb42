import type { TokenPair } from './token-pair.ts'

type Key = string | number

/** The access tokens of the pairs that have a key in common. */
export interface PairIndex {
  /** Oldest first. */
  get(key: Key): Iterable<string>
  add(pair: TokenPair): void
  remove(pair: TokenPair): void
}

/** An index by what `keyOf` takes from a pair; a pair without a key is in none, a key without pairs is forgotten. */
export function createPairIndex(keyOf: (pair: TokenPair) => Key | undefined): PairIndex {
  // Most keys have one pair, and a set of one takes as much memory as half of a pair.
  const members = new Map<Key, string | Set<string>>()
  return {
    get: (key) => {
      const found = members.get(key) ?? []
      return typeof found === 'string' ? [found] : found
    },
    add: (pair) => {
      const key = keyOf(pair)
      if (key === undefined) return
      const found = members.get(key)
      if (found === undefined) members.set(key, pair.accessToken)
      else if (typeof found === 'string') members.set(key, new Set([found, pair.accessToken]))
      else found.add(pair.accessToken)
    },
    remove: (pair) => {
      const key = keyOf(pair) ?? ''
      const found = members.get(key)
      if (found === pair.accessToken) members.delete(key)
      if (found instanceof Set && found.delete(pair.accessToken) && found.size === 0) members.delete(key)
    },
  }
}
