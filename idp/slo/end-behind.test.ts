import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import type { Store } from '#server/store/store'
import { testStores } from '#server/store/stores.test-support'
import type { IdpSession, SessionParticipant } from '../sessions/idp-session.ts'
import { createSessionStore } from '../sessions/session-store.ts'
import { endBehind } from './end-behind.ts'
import { type LogoutRun, startLogoutRun } from './logout-run.ts'
import { createLogoutRunStore } from './logout-run-store.ts'

const { storeKinds } = testStores()

const at = (spEntityId: string): SessionParticipant => ({ spEntityId, nameId: { value: 'n' }, sessionIndex: '_1' })
const sessionOf = (id: string, spEntityId: string): IdpSession => ({
  ...{ id, userName: 'alice', authnInstant: 0, expiresAt: 1_000 },
  participants: [at(spEntityId)],
})
const alice = sessionOf('secret', 'orders')

async function storesOf(store: Store) {
  const options = { clock: settableClock(0), capacity: 10 }
  const sessions = createSessionStore(store, options)
  await sessions.save(alice)
  return { sessions, logoutRuns: createLogoutRunStore(store, { ...options, lifetimeMs: 1_000 }) }
}

const runAs = (id: string) => ({
  id,
  runOf: (about: readonly IdpSession[]) =>
    startLogoutRun({
      ...{ id, userName: 'alice', startedAt: 0, origin: { kind: 'portal' } },
      participants: about.flatMap(({ participants }) => participants),
      sessionIds: about.map((session) => session.id),
    }),
})

const askedIn = (run: LogoutRun | undefined) => run?.legs.map(({ participant }) => participant.spEntityId)

const died = () => Promise.reject(new Error('it died'))

test.each(storeKinds)(
  '%s: a process that dies before it ended a session leaves it to be ended with the next click',
  async (_kind, newStore) => {
    const { sessions, logoutRuns } = await storesOf(newStore())
    const dying = { sessions: { ...sessions, endAsFound: died }, logoutRuns }
    await expect(endBehind(dying, [alice], runAs('one'))).rejects.toThrow('it died')
    expect(await sessions.find('secret')).toEqual(alice)
    expect(await endBehind({ sessions, logoutRuns }, [alice], runAs('other'))).toMatchObject({ ended: [alice] })
    expect(askedIn(await logoutRuns.find('other'))).toEqual(['orders'])
  },
)

test.each(storeKinds)(
  '%s: at every instant a session is there, or a run of everybody who was in it, also of who came in between',
  async (_kind, newStore) => {
    const { sessions, logoutRuns } = await storesOf(newStore())
    let tries = 0
    const endAsFound = async (session: IdpSession) => {
      tries += 1
      if (tries === 1) await sessions.addParticipant('secret', at('reports'))
      const isEnded = await sessions.endAsFound(session)
      if (isEnded) await died()
      return isEnded
    }
    await expect(
      endBehind({ sessions: { ...sessions, endAsFound }, logoutRuns }, [alice], runAs('one')),
    ).rejects.toThrow('it died')
    expect([tries, await sessions.find('secret')]).toEqual([2, undefined])
    expect(askedIn(await logoutRuns.findBySession('secret'))).toEqual(['orders', 'reports'])
  },
)

test.each(storeKinds)(
  '%s: of two who end a session at once one does, and there is one run',
  async (_kind, newStore) => {
    const stores = await storesOf(newStore())
    const both = await Promise.all(['one', 'other'].map((id) => endBehind(stores, [alice], runAs(id))))
    expect(both.map((each) => each?.ended).sort()).toEqual([[alice], undefined])
    expect(await stores.logoutRuns.list()).toHaveLength(1)
  },
)

/** The same, but that before its first call somebody else does this. */
function after<Given extends readonly unknown[], T>(
  does: () => Promise<unknown>,
  method: (...given: Given) => Promise<T>,
): (...given: Given) => Promise<T> {
  let done: Promise<unknown> | undefined
  return async (...given) => {
    done ??= does()
    await done
    return method(...given)
  }
}

test.each(storeKinds)(
  '%s: who comes to a run that is begun takes nobody out of it who joined the session meanwhile',
  async (_kind, newStore) => {
    const stores = await storesOf(newStore())
    const { sessions, logoutRuns } = stores
    await logoutRuns.add(runAs('run').runOf([alice]))
    const somebody = async () => {
      await sessions.addParticipant('secret', at('reports'))
      await endBehind(stores, await sessions.list(), runAs('run'))
    }
    const other = { sessions, logoutRuns: { ...logoutRuns, update: after(somebody, logoutRuns.update) } }
    expect(await endBehind(other, [alice], runAs('run'))).toMatchObject({ ended: [] })
    expect(await sessions.find('secret')).toBeUndefined()
    expect(askedIn(await logoutRuns.find('run'))).toEqual(['orders', 'reports'])
  },
)

test.each(storeKinds)(
  '%s: whoever began a run leaves in it what others joined to it and ended',
  async (_kind, newStore) => {
    const stores = await storesOf(newStore())
    const { sessions, logoutRuns } = stores
    const again = sessionOf('again', 'wiki')
    await sessions.save(again)
    const somebody = async () => {
      await sessions.addParticipant('secret', at('reports'))
      await endBehind(stores, [again], runAs('run'))
    }
    const first = { logoutRuns, sessions: { ...sessions, endAsFound: after(somebody, sessions.endAsFound) } }
    await endBehind(first, [alice], runAs('run'))
    expect(await sessions.list()).toEqual([])
    expect(askedIn(await logoutRuns.find('run'))?.toSorted()).toEqual(['orders', 'reports', 'wiki'])
  },
)

test.each(storeKinds)(
  '%s: a run in which another one ended all that there was stays, for both of them',
  async (_kind, newStore) => {
    const stores = await storesOf(newStore())
    const { sessions, logoutRuns } = stores
    const somebody = () => endBehind(stores, [alice], runAs('run'))
    const first = { logoutRuns, sessions: { ...sessions, endAsFound: after(somebody, sessions.endAsFound) } }
    expect(await endBehind(first, [alice], runAs('run'))).toMatchObject({ run: { id: 'run' }, ended: [] })
    expect(askedIn(await logoutRuns.find('run'))).toEqual(['orders'])
  },
)

test.each(storeKinds)(
  '%s: behind a run that somebody has heard of no session is ended, and nobody is added to it',
  async (_kind, newStore) => {
    const stores = await storesOf(newStore())
    const { run: begun } = (await endBehind(stores, [alice], runAs('run'))) ?? {}
    const underWay = await stores.logoutRuns.update('run', (run) => ({ ...run, isUnderWay: true }))
    const again = sessionOf('again', 'wiki')
    await stores.sessions.save(again)
    expect(await endBehind(stores, [again], runAs('run'))).toEqual({ run: { ...begun, isUnderWay: true }, ended: [] })
    expect(await stores.sessions.find('again')).toEqual(again)
    expect(await stores.logoutRuns.find('run')).toEqual(underWay)
  },
)
