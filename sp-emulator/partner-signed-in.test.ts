import { expect, test } from 'vitest'
import { settableClock, systemClock } from '#server/clock'
import { makePartnerWorld } from './partner.test-support.ts'

test('a partner tells of a login whether somebody is signed in by it, and its session lasts no longer for that', async () => {
  const clock = settableClock(systemClock.now())
  const { partner, signIn } = await makePartnerWorld({ clock })
  const login = { nameId: 'alice', sessionIndex: '_s1' }
  expect(await partner.isSignedIn(login)).toBe(false)
  await signIn(login)
  expect(await partner.isSignedIn(login)).toBe(true)
  expect(await partner.isSignedIn({ ...login, sessionIndex: undefined })).toBe(true)
  expect(await partner.isSignedIn({ ...login, sessionIndex: '_s2' })).toBe(false)
  expect(await partner.isSignedIn({ ...login, nameId: 'bob' })).toBe(false)
  clock.advance(8 * 3_600_000 - 1)
  expect(await partner.isSignedIn(login)).toBe(true)
  clock.advance(1)
  expect(await partner.isSignedIn(login)).toBe(false)
})
