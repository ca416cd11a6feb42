import type { Clock } from '#server/clock'
import type { Store } from '#server/store/store'
import { metadataKey } from './metadata-key.ts'
import { documentLifetimeMs, isEnded, type TokenPair } from './token-pair.ts'
import type { Owner, TokenStore } from './token-store.ts'

/** Without the keys that are undefined: JSON has none. */
type StoredPair = Omit<TokenPair, keyof typeof absent> & Partial<TokenPair>

const absent = { refreshToken: undefined, supersededBy: undefined, endedBy: undefined, metadata: undefined }

/** Pairs are forgotten by age in lots of so many milliseconds, and nobody looks at those that are younger. */
const lotMs = 10 * 60 * 1000
/** A node keeps a document until a call makes it clear up. Where none does, a store that outlives every process has to. */
const keptMs = documentLifetimeMs + 30 * 24 * 60 * 60 * 1000

/**
 * A token store that all replicas of a node have in common, over whatever they keep things in.
 *
 * As in memory nothing bounds the number of pairs: whoever makes one has proved who they are, and a pair that made room for another would be a login that was
 * confirmed and lost. An engine that is full refuses the login.
 */
export function createSharedTokenStore(store: Store, clock: Clock): TokenStore {
  const pairs = store.records<StoredPair>({ name: 'tokens', clock, capacity: Number.POSITIVE_INFINITY, indexesOf })
  const lots = store.sharedMap<number>({ name: 'token-lots' })
  const index = store.sharedMap<true>({ name: 'token-index' })

  const noteInserted = ({ createdAt }: TokenPair): void => {
    const lot = lotOf(createdAt)
    if (index.get('exists') === undefined) index.put('exists', true)
    if (lots.get(`${lot}`) === undefined) lots.put(`${lot}`, lot)
  }
  const forget = async (lot: number, instant: number): Promise<void> => {
    const old = (await pairs.findBy(lotWord(lot))).filter(({ createdAt }) => createdAt < instant)
    await Promise.all(old.map(({ accessToken }) => pairs.take(accessToken)))
    if ((lot + 1) * lotMs <= instant) lots.delete(`${lot}`)
  }
  const find = async (word: string): Promise<readonly TokenPair[]> => (await pairs.findBy(word)).map(readPair)

  return {
    insert: async (pair) => {
      await pairs.set(pair.accessToken, pair, expiryOf(pair))
      noteInserted(pair)
    },
    findByAccessToken: async (accessToken) => {
      const stored = await pairs.get(accessToken)
      return stored && readPair(stored)
    },
    findByRefreshToken: async (refreshToken) => (await find(refreshWord(refreshToken)))[0],
    findByMetadata: (metadata) => find(metadataWord(metadata)),
    findByOwner: async ({ realm, username }: Owner) => {
      if (username !== undefined) {
        const ofUser = await find(userWord(username))
        return ofUser.filter(({ authentication }) => realm === undefined || authentication.realm.name === realm)
      }
      if (realm !== undefined) return find(realmWord(realm))
      return (await pairs.list()).map(readPair).filter((pair) => !isEnded(pair))
    },
    list: async () => (await pairs.list()).map(readPair),
    replace: async (previous, next) => {
      let isDone = false
      const now = await pairs.update(previous.accessToken, (stored) => {
        isDone = isUnchanged(stored, previous)
        return isDone ? next : stored
      })
      return isDone && now !== undefined
    },
    supersede: async (previous, { superseded, successor }) => {
      const mark = (stored: StoredPair) => (isUnchanged(stored, previous) ? superseded : stored)
      const added = { key: successor.accessToken, value: successor, expiresAt: expiryOf(successor) }
      const isDone = await pairs.updateAndAdd(previous.accessToken, mark, added)
      if (isDone) noteInserted(successor)
      return isDone
    },
    deleteCreatedBefore: async (instant) => {
      for (const [, lot] of lots.entries()) if (lot * lotMs < instant) await forget(lot, instant)
    },
    indexExists: async () => index.get('exists') !== undefined,
    clear: async () => {
      await pairs.clear()
      lots.reset()
      index.reset()
    },
  }
}

const lotOf = (instant: number): number => Math.floor(instant / lotMs)
const expiryOf = ({ createdAt }: TokenPair): number => createdAt + keptMs

const refreshWord = (refreshToken: string) => `refresh=${refreshToken}`
const metadataWord = (metadata: NonNullable<TokenPair['metadata']>) => `metadata=${metadataKey(metadata)}`
const realmWord = (realm: string) => `realm=${realm}`
const userWord = (username: string) => `user=${username}`
const lotWord = (lot: number) => `lot=${lot}`

function indexesOf(stored: StoredPair): readonly string[] {
  const { refreshToken, metadata, authentication, createdAt } = stored
  const ofAll = [lotWord(lotOf(createdAt)), ...(refreshToken === undefined ? [] : [refreshWord(refreshToken)])]
  if (isEnded(readPair(stored))) return ofAll
  const { realm, username } = authentication
  return [
    ...ofAll,
    ...(metadata === undefined ? [] : [metadataWord(metadata)]),
    realmWord(realm.name),
    userWord(username),
  ]
}

const readPair = (stored: StoredPair): TokenPair => ({ ...absent, ...stored })

/** Whether the stored pair is the one that was read: the rest of a pair never changes. */
function isUnchanged(stored: StoredPair, read: TokenPair): boolean {
  const halves =
    stored.accessInvalidated === read.accessInvalidated && stored.refreshInvalidated === read.refreshInvalidated
  return halves && stored.supersededBy?.accessToken === read.supersededBy?.accessToken
}
