import type { TokenMetadata, TokenPair } from './token-pair.ts'
import type { Owner, TokenStore } from './token-store.ts'

/** A token store that lives as long as the process. */
export function createInMemoryTokenStore(): TokenStore {
  // A Map keeps the order of insertion, also when a value is replaced: the oldest pair is always the first.
  const pairs = new Map<string, TokenPair>()
  const accessTokenByRefreshToken = new Map<string, string>()
  const byMetadata = createIndex()
  const byRealm = createIndex()
  const byUsername = createIndex()
  let everInserted = false

  const read = (accessTokens: Iterable<string>): TokenPair[] =>
    [...accessTokens].map((accessToken) => pairs.get(accessToken)).filter((pair) => pair !== undefined)

  const remove = (pair: TokenPair): void => {
    pairs.delete(pair.accessToken)
    if (pair.refreshToken !== undefined) accessTokenByRefreshToken.delete(pair.refreshToken)
    if (pair.metadata !== undefined) byMetadata.remove(metadataKey(pair.metadata), pair.accessToken)
    byRealm.remove(pair.authentication.realm.name, pair.accessToken)
    byUsername.remove(pair.authentication.username, pair.accessToken)
  }

  return {
    insert: async (pair) => {
      everInserted = true
      pairs.set(pair.accessToken, pair)
      if (pair.refreshToken !== undefined) accessTokenByRefreshToken.set(pair.refreshToken, pair.accessToken)
      if (pair.metadata !== undefined) byMetadata.add(metadataKey(pair.metadata), pair.accessToken)
      byRealm.add(pair.authentication.realm.name, pair.accessToken)
      byUsername.add(pair.authentication.username, pair.accessToken)
    },
    findByAccessToken: async (accessToken) => pairs.get(accessToken),
    findByRefreshToken: async (refreshToken) => pairs.get(accessTokenByRefreshToken.get(refreshToken) ?? ''),
    findByMetadata: async (metadata) => read(byMetadata.get(metadataKey(metadata))),
    findByOwner: async ({ realm, username }: Owner) => {
      if (username === undefined) return read(realm === undefined ? pairs.keys() : byRealm.get(realm))
      const ofUser = read(byUsername.get(username))
      return realm === undefined ? ofUser : ofUser.filter((pair) => pair.authentication.realm.name === realm)
    },
    replace: async (previous, next) => {
      if (pairs.get(previous.accessToken) !== previous) return false
      pairs.set(next.accessToken, next)
      return true
    },
    deleteCreatedBefore: async (instant) => {
      for (const pair of pairs.values()) {
        if (pair.createdAt >= instant) return
        remove(pair)
      }
    },
    indexExists: async () => everInserted,
  }
}

/** The same text for the same keys and values in whatever order they were written. */
function metadataKey(metadata: TokenMetadata): string {
  return JSON.stringify(
    Object.keys(metadata)
      .sort()
      .map((name) => [name, metadata[name]]),
  )
}

/** Many access tokens under one key, oldest first; a key without any is forgotten. */
function createIndex() {
  const members = new Map<string, Set<string>>()
  return {
    get: (key: string): Iterable<string> => members.get(key) ?? [],
    add: (key: string, member: string): void => {
      const found = members.get(key)
      if (found === undefined) members.set(key, new Set([member]))
      else found.add(member)
    },
    remove: (key: string, member: string): void => {
      const found = members.get(key)
      if (found?.delete(member) && found.size === 0) members.delete(key)
    },
  }
}
