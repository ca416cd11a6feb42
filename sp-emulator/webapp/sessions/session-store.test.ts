import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import type { Store } from '#server/store/store'
import { type StoreKind, testStores } from '#server/store/stores.test-support'
import type { Session } from './session.ts'
import { createSessionStore } from './session-store.ts'

const session: Session = { kind: 'intermediate', provider: 'saml', realm: 'saml1', pendingLogins: [] }
const signedIn: Session = {
  ...session,
  kind: 'authenticated',
  username: 'alice',
  credentials: { tokens: { accessToken: 'a', refreshToken: 'r' } },
}
const hour = 3_600_000
const changed: Session = { ...session, realm: 'saml2' }

const { storeKinds } = testStores()

function setUp(newStore: () => Store, kind: StoreKind[0]) {
  const clock = settableClock('2031-05-04T12:00:00Z')
  let count = 0
  // An engine has room for a hundred times as many.
  const maxSessions = kind === 'memory' ? 3 : 0.03
  const newSecret = () => `secret${++count}`
  return {
    clock,
    sessions: createSessionStore({ store: newStore(), clock, newSecret, maxSessions }),
  }
}

test.each(storeKinds)('%s: a session is found under the secret it was created with', async (kind, newStore) => {
  const { sessions } = setUp(newStore, kind)
  const id = await sessions.create(session)
  expect(await sessions.find(id)).toEqual({ id: 'secret1', session })
})

test.each(storeKinds)('%s: a session lives until its idle timeout, not at it', async (kind, newStore) => {
  const { clock, sessions } = setUp(newStore, kind)
  const early = await sessions.create(session)
  clock.advance(8 * hour - 1)
  expect(await sessions.find(early)).toBeDefined()
  clock.advance(8 * hour)
  expect(await sessions.find(early)).toBeUndefined()
})

test.each(storeKinds)('%s: whoever uses a session extends it', async (kind, newStore) => {
  const { clock, sessions } = setUp(newStore, kind)
  const id = await sessions.create(session)
  clock.advance(7 * hour)
  await sessions.find(id)
  clock.advance(7 * hour)
  expect(await sessions.find(id)).toBeDefined()
})

test.each(storeKinds)('%s: a change is made to the session as it is now', async (kind, newStore) => {
  const { sessions } = setUp(newStore, kind)
  const id = await sessions.create(session)
  expect(await sessions.update(id, () => changed)).toBe(true)
  expect((await sessions.find(id))?.session).toEqual(changed)
})

test.each(storeKinds)('%s: a change does not bring a destroyed session back', async (kind, newStore) => {
  const { sessions } = setUp(newStore, kind)
  const id = await sessions.create(session)
  await sessions.destroy(id)
  expect(await sessions.update(id, () => changed)).toBe(false)
  expect(await sessions.find(id)).toBeUndefined()
})

test.each(storeKinds)('%s: a change does not bring an expired session back', async (kind, newStore) => {
  const { clock, sessions } = setUp(newStore, kind)
  const id = await sessions.create(session)
  clock.advance(8 * hour)
  expect(await sessions.update(id, () => changed)).toBe(false)
})

test.each(storeKinds)('%s: a new session sweeps out expired ones and leaves live ones', async (kind, newStore) => {
  const { clock, sessions } = setUp(newStore, kind)
  await sessions.create(session)
  clock.advance(4 * hour)
  const live = await sessions.create(session)
  clock.advance(5 * hour)
  await sessions.create(session)
  expect(await sessions.find(live)).toBeDefined()
})

test.each(storeKinds)('%s: whoever only looks at a session does not extend it', async (kind, newStore) => {
  const { clock, sessions } = setUp(newStore, kind)
  const id = await sessions.create(session)
  clock.advance(7 * hour)
  expect(await sessions.peek(id)).toEqual({ id, session })
  clock.advance(hour)
  expect(await sessions.peek(id)).toBeUndefined()
})

test.each(storeKinds)(
  '%s: whoever lists who is signed in extends nothing, and sees no login under way',
  async (kind, newStore) => {
    const { clock, sessions } = setUp(newStore, kind)
    await sessions.create(session)
    await sessions.create(signedIn)
    clock.advance(7 * hour)
    expect(await sessions.listSignedIn()).toEqual([signedIn])
    clock.advance(hour)
    expect(await sessions.listSignedIn()).toEqual([])
  },
)

test.each(storeKinds)('%s: of too many sessions the one that was unused longest makes room', async (kind, newStore) => {
  const { sessions } = setUp(newStore, kind)
  const ids = [await sessions.create(session), await sessions.create(session), await sessions.create(session)]
  await sessions.find('secret1')
  await sessions.create(session)
  expect(await Promise.all(ids.map(async (id) => (await sessions.peek(id)) !== undefined))).toEqual([true, false, true])
})

// cases/robustness E1
test.each(storeKinds)(
  '%s: logins that strangers begin make room for each other, not a session in which somebody is signed in',
  async (kind, newStore) => {
    const { sessions } = setUp(newStore, kind)
    const id = await sessions.create(signedIn)
    const begun = await sessions.create(session)
    for (let stranger = 0; stranger < 3; stranger++) await sessions.create(session)
    expect((await sessions.peek(id))?.session).toEqual(signedIn)
    expect(await sessions.peek(begun)).toBeUndefined()
  },
)

test.each(storeKinds)(
  '%s: a session keeps its kind: who signs in has another session, which no stranger pushes out',
  async (kind, newStore) => {
    const { sessions } = setUp(newStore, kind)
    const [begun, id] = [await sessions.create(session), await sessions.create(signedIn)]
    const says = 'a session that is intermediate cannot be made one that is authenticated'
    await expect(sessions.update(begun, () => signedIn)).rejects.toThrow(says)
    expect((await sessions.peek(begun))?.session).toEqual(session)
    await expect(sessions.update(id, () => session)).rejects.toThrow(
      'a session that is authenticated cannot be made one that is intermediate',
    )
    for (let stranger = 0; stranger < 3; stranger++) await sessions.create(session)
    expect((await sessions.peek(id))?.session).toEqual(signedIn)
    expect([await sessions.destroy(id), await sessions.destroy(id)]).toEqual([true, false])
  },
)

test.each(storeKinds)('%s: clearing the store destroys every session', async (kind, newStore) => {
  const { sessions } = setUp(newStore, kind)
  const id = await sessions.create(session)
  await sessions.clear()
  expect(await sessions.find(id)).toBeUndefined()
})

test.each(storeKinds)('%s: a session is destroyed once', async (kind, newStore) => {
  const { sessions } = setUp(newStore, kind)
  const id = await sessions.create(session)
  expect([await sessions.destroy(id), await sessions.destroy(id)]).toEqual([true, false])
})

test.each(storeKinds)('%s: of changes at once each is made to what the one before it left', async (kind, newStore) => {
  const { sessions } = setUp(newStore, kind)
  const id = await sessions.create(session)
  const remember = (login: string) => (now: Session) => ({
    ...now,
    pendingLogins: [...now.pendingLogins, { id: login, wantedPath: '/' }],
  })
  await Promise.all([...'abcd'].map((login) => sessions.update(id, remember(login))))
  const { pendingLogins = [] } = (await sessions.peek(id))?.session ?? {}
  expect(pendingLogins.map((login) => login.id).sort()).toEqual([...'abcd'])
})

test.each(storeKinds)('%s: of all who destroy a session at once one has done it', async (kind, newStore) => {
  const { sessions } = setUp(newStore, kind)
  const id = await sessions.create(signedIn)
  const destroyed = await Promise.all(Array.from({ length: 4 }, () => sessions.destroy(id)))
  expect(destroyed.filter(Boolean)).toEqual([true])
})
