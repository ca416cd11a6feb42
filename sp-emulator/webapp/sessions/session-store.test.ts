import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import type { Session } from './session.ts'
import { memorySessionStore } from './session-store.ts'

const session: Session = { kind: 'intermediate', provider: 'saml', realm: 'saml1', pendingLogins: [] }
const signedIn: Session = {
  ...session,
  kind: 'authenticated',
  username: 'alice',
  credentials: { tokens: { accessToken: 'a', refreshToken: 'r' } },
}
const changed: Session = { ...session, realm: 'saml2' }

function store() {
  const clock = settableClock('2031-05-04T12:00:00Z')
  let count = 0
  const newSecret = () => `secret${++count}`
  return { clock, sessions: memorySessionStore({ clock, newSecret, idleTimeoutMs: 1000, maxSessions: 3 }) }
}

test('a session is found under the secret it was created with', async () => {
  const { sessions } = store()
  const id = await sessions.create(session)
  expect(await sessions.find(id)).toEqual({ id: 'secret1', session })
})

test('a session lives until its idle timeout, not at it', async () => {
  const { clock, sessions } = store()
  const early = await sessions.create(session)
  clock.advance(999)
  expect(await sessions.find(early)).toBeDefined()
  clock.advance(1000)
  expect(await sessions.find(early)).toBeUndefined()
})

test('whoever uses a session extends it', async () => {
  const { clock, sessions } = store()
  const id = await sessions.create(session)
  clock.advance(900)
  await sessions.find(id)
  clock.advance(900)
  expect(await sessions.find(id)).toBeDefined()
})

test('a change is made to the session as it is now', async () => {
  const { sessions } = store()
  const id = await sessions.create(session)
  expect(await sessions.update(id, () => changed)).toBe(true)
  expect((await sessions.find(id))?.session).toEqual(changed)
})

test('a change does not bring a destroyed session back', async () => {
  const { sessions } = store()
  const id = await sessions.create(session)
  await sessions.destroy(id)
  expect(await sessions.update(id, () => changed)).toBe(false)
  expect(await sessions.find(id)).toBeUndefined()
})

test('a change does not bring an expired session back', async () => {
  const { clock, sessions } = store()
  const id = await sessions.create(session)
  clock.advance(1000)
  expect(await sessions.update(id, () => changed)).toBe(false)
})

test('a new session sweeps out expired ones and leaves live ones', async () => {
  const { clock, sessions } = store()
  await sessions.create(session)
  clock.advance(500)
  const live = await sessions.create(session)
  clock.advance(600)
  await sessions.create(session)
  expect(await sessions.find(live)).toBeDefined()
})

test('whoever only looks at a session does not extend it', async () => {
  const { clock, sessions } = store()
  const id = await sessions.create(session)
  clock.advance(900)
  expect(await sessions.peek(id)).toEqual({ id, session })
  clock.advance(100)
  expect(await sessions.peek(id)).toBeUndefined()
})

test('whoever lists who is signed in extends nothing, and sees no login under way', async () => {
  const { clock, sessions } = store()
  await sessions.create(session)
  await sessions.create(signedIn)
  clock.advance(900)
  expect(await sessions.listSignedIn()).toEqual([signedIn])
  clock.advance(100)
  expect(await sessions.listSignedIn()).toEqual([])
})

test('of too many sessions the one that was unused longest makes room', async () => {
  const { sessions } = store()
  const ids = [await sessions.create(session), await sessions.create(session), await sessions.create(session)]
  await sessions.find('secret1')
  await sessions.create(session)
  expect(await Promise.all(ids.map(async (id) => (await sessions.peek(id)) !== undefined))).toEqual([true, false, true])
})

// cases/robustness E1
test('logins that strangers begin make room for each other, not a session in which somebody is signed in', async () => {
  const { sessions } = store()
  const id = await sessions.create(signedIn)
  const begun = await sessions.create(session)
  for (let stranger = 0; stranger < 3; stranger++) await sessions.create(session)
  expect((await sessions.peek(id))?.session).toEqual(signedIn)
  expect(await sessions.peek(begun)).toBeUndefined()
})

test('a session that a change makes one of somebody signed in is no longer a login under way', async () => {
  const { sessions } = store()
  const id = await sessions.create(session)
  await sessions.update(id, () => signedIn)
  for (let stranger = 0; stranger < 3; stranger++) await sessions.create(session)
  expect((await sessions.peek(id))?.session).toEqual(signedIn)
  expect([await sessions.destroy(id), await sessions.destroy(id)]).toEqual([true, false])
})

test('clearing the store destroys every session', async () => {
  const { sessions } = store()
  const id = await sessions.create(session)
  await sessions.clear()
  expect(await sessions.find(id)).toBeUndefined()
})

test('a session is destroyed once', async () => {
  const { sessions } = store()
  const id = await sessions.create(session)
  expect([await sessions.destroy(id), await sessions.destroy(id)]).toEqual([true, false])
})
