import { createPairIndex } from './pair-index.ts'
import { isEnded, type TokenMetadata, type TokenPair } from './token-pair.ts'
import type { Owner, TokenStore } from './token-store.ts'

/** A token store that lives as long as the process. */
export function createInMemoryTokenStore(): TokenStore {
  // A Map keeps the order of insertion, also when a value is replaced: the oldest pair is always the first.
  const pairs = new Map<string, TokenPair>()
  const byRefreshToken = createPairIndex((pair) => pair.refreshToken)
  const byMetadata = createPairIndex(({ metadata }) => metadata && metadataHash(metadata))
  const byRealm = createPairIndex((pair) => pair.authentication.realm.name)
  const byUsername = createPairIndex((pair) => pair.authentication.username)
  const ofTheLiving = [byMetadata, byRealm, byUsername]
  const indexes = [byRefreshToken, ...ofTheLiving]
  let everInserted = false

  const read = (accessTokens: Iterable<string>): TokenPair[] =>
    [...accessTokens].map((accessToken) => pairs.get(accessToken)).filter((pair) => pair !== undefined)

  const insert = (pair: TokenPair): void => {
    everInserted = true
    pairs.set(pair.accessToken, pair)
    for (const index of indexes) index.add(pair)
  }
  const replace = (previous: TokenPair, next: TokenPair): boolean => {
    if (pairs.get(previous.accessToken) !== previous) return false
    pairs.set(next.accessToken, next)
    if (isEnded(next)) for (const index of ofTheLiving) index.remove(next)
    return true
  }

  const deleteCreatedBefore = (instant: number): void => {
    for (const pair of pairs.values()) {
      // A clock that was set back made younger ones first.
      if (pair.createdAt >= instant) continue
      pairs.delete(pair.accessToken)
      for (const index of indexes) index.remove(pair)
    }
  }

  return {
    insert: async (pair) => insert(pair),
    findByAccessToken: async (accessToken) => pairs.get(accessToken),
    findByRefreshToken: async (refreshToken) => read(byRefreshToken.get(refreshToken))[0],
    findByMetadata: async (wanted) =>
      read(byMetadata.get(metadataHash(wanted))).filter(({ metadata }) => metadata && isSame(metadata, wanted)),
    findByOwner: async ({ realm, username }: Owner) => {
      if (username === undefined && realm === undefined) return [...pairs.values()].filter((pair) => !isEnded(pair))
      if (username === undefined) return read(byRealm.get(realm ?? ''))
      const ofUser = read(byUsername.get(username))
      return realm === undefined ? ofUser : ofUser.filter((pair) => pair.authentication.realm.name === realm)
    },
    list: async () => [...pairs.values()],
    replace: async (previous, next) => replace(previous, next),
    supersede: async (previous, { superseded, successor }) => {
      if (!replace(previous, superseded)) return false
      insert(successor)
      return true
    },
    deleteCreatedBefore: async (instant) => deleteCreatedBefore(instant),
    indexExists: async () => everInserted,
    clear: async () => {
      deleteCreatedBefore(Number.POSITIVE_INFINITY)
      everInserted = false
    },
  }
}

/**
 * The same number for the same values in whatever order they were written (FNV-1a of each, added up). Others may have it, too, so that who is found by it is
 * compared; a text that nobody else has would be a fifth of a pair.
 */
function metadataHash(metadata: TokenMetadata): number {
  let sum = 0
  for (const name of namesIn(metadata)) sum = (sum + hashOf(metadata[name] ?? '')) | 0
  return sum
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash
}

function isSame(one: TokenMetadata, other: TokenMetadata): boolean {
  const names = namesIn(one)
  if (names.length !== namesIn(other).length) return false
  return names.every((name) => Object.hasOwn(other, name) && one[name] === other[name])
}

const namesIn = (metadata: TokenMetadata): readonly string[] => Object.keys(metadata)
