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
const alice: IdpSession = {
  ...{ id: 'secret', userName: 'alice', authnInstant: 0, expiresAt: 1_000 },
  participants: [at('orders')],
}

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
    ).rejects.toThrow()
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
