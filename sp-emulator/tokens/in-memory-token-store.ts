import { metadataKey } from './metadata-key.ts'
import { createPairIndex } from './pair-index.ts'
import { isEnded, type TokenPair } from './token-pair.ts'
import type { Owner, TokenStore } from './token-store.ts'

/** A token store that lives as long as the process. */
export function createInMemoryTokenStore(): TokenStore {
  // A Map keeps the order of insertion, also when a value is replaced: the oldest pair is always the first.
  const pairs = new Map<string, TokenPair>()
  const byRefreshToken = createPairIndex((pair) => pair.refreshToken)
  const byMetadata = createPairIndex(({ metadata }) => metadata && metadataKey(metadata))
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
    findByMetadata: async (metadata) => read(byMetadata.get(metadataKey(metadata))),
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
