import { deepEqual, equal } from 'node:assert/strict'
import type { TokenPair } from './token-pair.ts'
import type { TokenStore } from './token-store.ts'

interface TokenStoreRule {
  readonly rule: string
  /** Rejects when an empty store breaks the rule. */
  check(store: TokenStore): Promise<void>
}

const pairNamed = (name: string, values: Partial<TokenPair> = {}): TokenPair => ({
  accessToken: `access-${name}`,
  refreshToken: `refresh-${name}`,
  createdAt: 1_000,
  accessExpiresAt: 2_000,
  accessInvalidated: false,
  refreshInvalidated: false,
  supersededBy: undefined,
  endedBy: undefined,
  client: { username: 'kibana', realm: 'reserved' },
  authentication: userIn('saml1', 'alice'),
  metadata: { name: 'alice', session: null },
  ...values,
})

function userIn(realm: string, username: string): TokenPair['authentication'] {
  return { username, roles: [], fullName: null, email: null, metadata: {}, realm: { name: realm, type: 'saml' } }
}

async function storeAll(store: TokenStore, pairs: readonly TokenPair[]): Promise<void> {
  for (const pair of pairs) await store.insert(pair)
}

const supersededBy = (name: string) => ({
  refreshedAt: 1_500,
  accessToken: `access-${name}`,
  refreshToken: `refresh-${name}`,
})

const ended = (name: string): TokenPair =>
  pairNamed(name, { accessInvalidated: true, refreshInvalidated: true, endedBy: 'deleteToken' })

const accessTokens = (pairs: readonly TokenPair[]): string[] => pairs.map((pair) => pair.accessToken)

/** What every token store must do, for whichever test runner: one empty store per rule. */
export const tokenStoreContract: readonly TokenStoreRule[] = [
  {
    rule: 'a pair is found by its access token and by its refresh token, not the one by the other',
    check: async (store) => {
      await store.insert(pairNamed('a'))
      deepEqual(await store.findByAccessToken('access-a'), pairNamed('a'))
      deepEqual(await store.findByRefreshToken('refresh-a'), pairNamed('a'))
      equal(await store.findByAccessToken('refresh-a'), undefined)
      equal(await store.findByRefreshToken('access-a'), undefined)
    },
  },
  {
    rule: 'every pair is listed, oldest first, also one that has ended, until it is forgotten',
    check: async (store) => {
      await storeAll(store, [pairNamed('a'), pairNamed('b'), pairNamed('c', { createdAt: 3_000 })])
      await store.replace((await store.findByAccessToken('access-b')) ?? pairNamed('none'), ended('b'))
      deepEqual(await store.list(), [pairNamed('a'), ended('b'), pairNamed('c', { createdAt: 3_000 })])
      await store.deleteCreatedBefore(2_000)
      deepEqual(accessTokens(await store.list()), ['access-c'])
    },
  },
  {
    rule: 'a pair without a refresh token is found by its access token alone',
    check: async (store) => {
      await store.insert(pairNamed('a', { refreshToken: undefined }))
      deepEqual(accessTokens([(await store.findByAccessToken('access-a')) ?? pairNamed('none')]), ['access-a'])
      equal(await store.findByRefreshToken(''), undefined)
    },
  },
  {
    rule: 'metadata matches when every value is equal, in whatever order it was written',
    check: async (store) => {
      await store.insert(pairNamed('a'))
      await store.insert(pairNamed('b', { metadata: { session: null, name: 'alice' } }))
      deepEqual(accessTokens(await store.findByMetadata({ name: 'alice', session: null })), ['access-a', 'access-b'])
    },
  },
  {
    rule: 'null metadata equals only null: not the empty text, not the text null, not an absent key',
    check: async (store) => {
      await storeAll(store, [
        pairNamed('null'),
        pairNamed('empty', { metadata: { name: 'alice', session: '' } }),
        pairNamed('text', { metadata: { name: 'alice', session: 'null' } }),
        pairNamed('absent', { metadata: { name: 'alice' } }),
        pairNamed('none', { metadata: undefined }),
      ])
      deepEqual(accessTokens(await store.findByMetadata({ name: 'alice', session: null })), ['access-null'])
    },
  },
  {
    rule: 'the same values under the keys of one another are other metadata, which stays when the first is gone',
    check: async (store) => {
      await store.insert(pairNamed('xy', { metadata: { a: 'x', b: 'y' } }))
      await store.insert(pairNamed('yx', { metadata: { a: 'y', b: 'x' }, createdAt: 3_000 }))
      deepEqual(accessTokens(await store.findByMetadata({ a: 'x', b: 'y' })), ['access-xy'])
      await store.deleteCreatedBefore(2_000)
      deepEqual(accessTokens(await store.findByMetadata({ a: 'y', b: 'x' })), ['access-yx'])
    },
  },
  {
    rule: 'metadata values do not run into one another',
    check: async (store) => {
      await store.insert(pairNamed('a', { metadata: { a: 'x","b":"y', b: 'z' } }))
      deepEqual(await store.findByMetadata({ a: 'x', b: 'y","b":"z' }), [])
    },
  },
  {
    rule: 'an owner is a realm, a user, or a user of a realm',
    check: async (store) => {
      await storeAll(store, [
        pairNamed('1', { authentication: userIn('saml1', 'alice') }),
        pairNamed('2', { authentication: userIn('saml1', 'bob') }),
        pairNamed('3', { authentication: userIn('saml2', 'alice') }),
      ])
      deepEqual(accessTokens(await store.findByOwner({ realm: 'saml1' })), ['access-1', 'access-2'])
      deepEqual(accessTokens(await store.findByOwner({ username: 'alice' })), ['access-1', 'access-3'])
      deepEqual(accessTokens(await store.findByOwner({ realm: 'saml2', username: 'alice' })), ['access-3'])
      deepEqual(await store.findByOwner({ realm: 'saml2', username: 'bob' }), [])
    },
  },
  {
    rule: 'a replaced pair is found in its new state by every key',
    check: async (store) => {
      await store.insert(pairNamed('a'))
      const stored = (await store.findByAccessToken('access-a')) ?? pairNamed('none')
      const next = { ...stored, accessInvalidated: true }
      equal(await store.replace(stored, next), true)
      deepEqual(await store.findByRefreshToken('refresh-a'), next)
      deepEqual(await store.findByMetadata({ name: 'alice', session: null }), [next])
      deepEqual(await store.findByOwner({ realm: 'saml1' }), [next])
    },
  },
  {
    rule: 'of two replacements of the same pair the second is refused',
    check: async (store) => {
      await store.insert(pairNamed('a'))
      const stored = (await store.findByAccessToken('access-a')) ?? pairNamed('none')
      const first = { ...stored, accessInvalidated: true }
      equal(await store.replace(stored, first), true)
      equal(await store.replace(stored, { ...stored, refreshInvalidated: true }), false)
      deepEqual(await store.findByAccessToken('access-a'), first)
    },
  },
  {
    rule: 'a pair that is not stored cannot be replaced',
    check: async (store) => {
      equal(await store.replace(pairNamed('a'), pairNamed('a', { accessInvalidated: true })), false)
      equal(await store.findByAccessToken('access-a'), undefined)
    },
  },
  {
    rule: 'a superseded pair is marked and its successor is found, by every key',
    check: async (store) => {
      await store.insert(pairNamed('a'))
      const stored = (await store.findByAccessToken('access-a')) ?? pairNamed('none')
      const [superseded, successor] = [{ ...stored, supersededBy: supersededBy('b') }, pairNamed('b')]
      equal(await store.supersede(stored, { superseded, successor }), true)
      deepEqual(await store.findByAccessToken('access-a'), superseded)
      deepEqual(await store.findByRefreshToken('refresh-b'), successor)
      deepEqual(await store.findByMetadata({ name: 'alice', session: null }), [superseded, successor])
      deepEqual(await store.findByOwner({ username: 'alice' }), [superseded, successor])
    },
  },
  {
    rule: 'a pair that changed since it was read is not superseded, and its successor is not stored',
    check: async (store) => {
      await store.insert(pairNamed('a'))
      const stored = (await store.findByAccessToken('access-a')) ?? pairNamed('none')
      const changed = { ...stored, refreshInvalidated: true }
      await store.replace(stored, changed)
      const superseded = { ...stored, supersededBy: supersededBy('b') }
      equal(await store.supersede(stored, { superseded, successor: pairNamed('b') }), false)
      deepEqual(await store.findByMetadata({ name: 'alice', session: null }), [changed])
      equal(await store.findByAccessToken('access-b'), undefined)
    },
  },
  {
    rule: 'nobody sees a superseded pair without its successor, at whatever moment they look (cases/robustness N3)',
    check: async (store) => {
      for (let moment = 0; moment < 12; moment++) {
        const metadata = { moment: String(moment) }
        await store.insert(pairNamed(`old${moment}`, { metadata }))
        const stored = (await store.findByAccessToken(`access-old${moment}`)) ?? pairNamed('none')
        const superseding = store.supersede(stored, {
          superseded: { ...stored, supersededBy: supersededBy(`new${moment}`) },
          successor: pairNamed(`new${moment}`, { metadata }),
        })
        for (let each = 0; each < moment; each++) await undefined
        const [old, successor] = await store.findByMetadata(metadata)
        equal(successor?.accessToken, old?.supersededBy?.accessToken, `after ${moment} microtasks`)
        await superseding
      }
    },
  },
  {
    rule: 'an ended pair is found by its tokens alone',
    check: async (store) => {
      await storeAll(store, [pairNamed('a'), pairNamed('b'), pairNamed('alone', { refreshToken: undefined })])
      for (const name of ['a', 'alone']) {
        const stored = (await store.findByAccessToken(`access-${name}`)) ?? pairNamed('none')
        const half = { ...stored, accessInvalidated: true }
        await store.replace(stored, half)
        if (half.refreshToken !== undefined) await store.replace(half, { ...half, refreshInvalidated: true })
      }
      deepEqual(accessTokens(await store.findByMetadata({ name: 'alice', session: null })), ['access-b'])
      deepEqual(accessTokens(await store.findByOwner({ realm: 'saml1' })), ['access-b'])
      deepEqual(accessTokens(await store.findByOwner({ username: 'alice' })), ['access-b'])
      deepEqual(accessTokens(await store.findByOwner({})), ['access-b'])
      equal((await store.findByAccessToken('access-a'))?.refreshInvalidated, true)
      equal((await store.findByRefreshToken('refresh-a'))?.accessInvalidated, true)
    },
  },
  {
    rule: 'deleting forgets what was created before the instant, under every key, and nothing created at it',
    check: async (store) => {
      await storeAll(store, [
        pairNamed('old', { createdAt: 999 }),
        pairNamed('edge', { createdAt: 1_000, metadata: { name: 'edge' }, authentication: userIn('saml2', 'bob') }),
      ])
      await store.deleteCreatedBefore(1_000)
      equal(await store.findByAccessToken('access-old'), undefined)
      equal(await store.findByRefreshToken('refresh-old'), undefined)
      deepEqual(await store.findByMetadata({ name: 'alice', session: null }), [])
      deepEqual(await store.findByOwner({ username: 'alice' }), [])
      deepEqual(accessTokens(await store.findByOwner({ realm: 'saml2' })), ['access-edge'])
    },
  },
  {
    rule: 'the index comes to be with the first pair and stays when all are gone',
    check: async (store) => {
      equal(await store.indexExists(), false)
      await store.insert(pairNamed('a'))
      await store.deleteCreatedBefore(5_000)
      equal(await store.indexExists(), true)
    },
  },
  {
    rule: 'a store that is cleared is as one that never had a pair',
    check: async (store) => {
      await storeAll(store, [pairNamed('a'), pairNamed('b', { createdAt: 3_000_000 })])
      await store.clear()
      deepEqual(await store.list(), [])
      deepEqual(await store.findByOwner({ username: 'alice' }), [])
      equal(await store.findByRefreshToken('refresh-a'), undefined)
      equal(await store.indexExists(), false)
      await store.insert(pairNamed('a'))
      deepEqual(accessTokens(await store.findByMetadata({ name: 'alice', session: null })), ['access-a'])
      equal(await store.indexExists(), true)
    },
  },
]
