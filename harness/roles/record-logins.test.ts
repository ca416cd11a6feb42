import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { createInMemoryTokenStore, createTokenService } from '../../sp-emulator/index.ts'
import { recordLogins } from './record-logins.ts'
import type { RecordedLogins } from './role-options.ts'

const client = { username: 'kibana', realm: 'reserved' }
const alice = { username: 'alice', roles: [], fullName: null, email: null, metadata: {} }
const authentication = { ...alice, realm: { name: 'saml1', type: 'saml' } }

function scene() {
  const clock = settableClock(0)
  const service = createTokenService({ store: createInMemoryTokenStore(), clock })
  const logins: RecordedLogins = new Map()
  const recorded = () => [...new Set(logins.values())]
  return { clock, recorded, tokens: recordLogins(service, logins), replica: recordLogins(service, logins) }
}

const pairOf = ({ accessToken, refreshToken }: { accessToken: string; refreshToken: string }) => ({
  accessToken,
  refreshToken,
})

test('a login is recorded with each pair that a refresh put in its place, at whichever replica, once', async () => {
  const { tokens, replica, recorded } = scene()
  const login = await tokens.issue({ authentication, client, metadata: { nameid: 'alice' } })
  const refreshed = []
  for (const refreshToken of [login.refreshToken, login.refreshToken]) {
    const result = await tokens.refresh(refreshToken, client)
    if (result.kind === 'refreshed') refreshed.push(pairOf(result.tokens))
  }
  const [second] = refreshed
  expect(refreshed).toEqual([second, second])
  const last = await replica.refresh(second?.refreshToken ?? '', client)
  const third = last.kind === 'refreshed' && pairOf(last.tokens)
  expect(recorded()).toEqual([{ ...pairOf(login), realm: 'saml1', refreshed: [second, third] }])
})

test('tokens that no SAML login was given are not recorded, nor is a refresh that is refused', async () => {
  const { tokens, recorded, clock } = scene()
  const { refreshToken } = await tokens.issue({ authentication, client, metadata: undefined })
  expect((await tokens.refresh(refreshToken, client)).kind).toBe('refreshed')
  expect(recorded()).toEqual([])
  const login = await tokens.issue({ authentication, client, metadata: { nameid: 'alice' } })
  clock.set(24 * 60 * 60 * 1000 + 1)
  expect((await tokens.refresh(login.refreshToken, client)).kind).toBe('refused')
  expect(recorded()).toEqual([{ ...pairOf(login), realm: 'saml1', refreshed: [] }])
})
