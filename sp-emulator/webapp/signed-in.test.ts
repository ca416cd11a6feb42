import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { nameOfSecret } from '#server/name-of-secret'
import { createMemoryStore } from '#server/store/store'
import { createSessionStore } from './sessions/session-store.ts'
import { createWebApp } from './web-app.ts'

test('the application tells who is signed in, and neither tokens nor what opens a session', async () => {
  const clock = settableClock('2031-05-04T12:00:00Z')
  const sessions = createSessionStore({ store: createMemoryStore(), clock, newSecret: () => 'secret-cookie' })
  const elasticsearch = { node: 'http://127.0.0.1:1', username: 'elastic', password: 'changeme' }
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const app = createWebApp({
    baseUrl: 'http://app.test',
    elasticsearch,
    clock,
    sessions,
    newSecret: () => 'secret',
    log,
  })
  const tokens = { accessToken: 'secret-access', refreshToken: 'secret-refresh' }
  const session = { kind: 'authenticated', provider: 'saml', realm: 'saml1', pendingLogins: [] } as const
  await sessions.create({ ...session, username: 'alice', credentials: { tokens } })
  const signedIn = await app.signedIn()
  await app.close()
  expect(signedIn).toEqual([{ username: 'alice', realm: 'saml1', tokenId: nameOfSecret('secret-access') }])
  expect(JSON.stringify(signedIn)).not.toContain('secret')
})
