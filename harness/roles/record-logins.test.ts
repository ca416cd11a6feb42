import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { createInMemoryTokenStore, createTokenService } from '../../sp-emulator/index.ts'
import { recordLogins } from './record-logins.ts'

const client = { username: 'kibana', realm: 'reserved' }
const alice = { username: 'alice', roles: [], fullName: null, email: null, metadata: {} }
const authentication = { ...alice, realm: { name: 'saml1', type: 'saml' } }

function scene() {
  const clock = settableClock(0)
  return { clock, ...recordLogins(createTokenService({ store: createInMemoryTokenStore(), clock })) }
}

const pairOf = ({ accessToken, refreshToken }: { accessToken: string; refreshToken: string }) => ({
  accessToken,
  refreshToken,
})

test('a login is recorded with each pair that a refresh put in its place, once', async () => {
  const { tokens, issued } = scene()
  const login = await tokens.issue({ authentication, client, metadata: { nameid: 'alice' } })
  const refreshed = []
  for (const refreshToken of [login.refreshToken, login.refreshToken]) {
    const result = await tokens.refresh(refreshToken, client)
    if (result.kind === 'refreshed') refreshed.push(pairOf(result.tokens))
  }
  const [second] = refreshed
  expect(refreshed).toEqual([second, second])
  const last = await tokens.refresh(second?.refreshToken ?? '', client)
  const third = last.kind === 'refreshed' && pairOf(last.tokens)
  expect(issued()).toEqual([{ ...pairOf(login), realm: 'saml1', refreshed: [second, third] }])
})

test('tokens that no SAML login was given are not recorded, nor is a refresh that is refused', async () => {
  const { tokens, issued, clock } = scene()
  const { refreshToken } = await tokens.issue({ authentication, client, metadata: undefined })
  expect((await tokens.refresh(refreshToken, client)).kind).toBe('refreshed')
  expect(issued()).toEqual([])
  const login = await tokens.issue({ authentication, client, metadata: { nameid: 'alice' } })
  clock.set(24 * 60 * 60 * 1000 + 1)
  expect((await tokens.refresh(login.refreshToken, client)).kind).toBe('refused')
  expect(issued()).toEqual([{ ...pairOf(login), realm: 'saml1', refreshed: [] }])
})
