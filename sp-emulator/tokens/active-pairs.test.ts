import { expect, test } from 'vitest'
import { alice, aliceMetadata, day, kibana, login, tokenWorld } from './token-world.test-support.ts'

test('case 10: invalidating a pair ends its refresh token and its access token', async () => {
  const { tokens } = tokenWorld()
  const { accessToken, refreshToken } = await login(tokens)
  expect(await tokens.invalidateMatching(aliceMetadata)).toBe(1)
  expect(await tokens.refresh(refreshToken, kibana)).toMatchObject({ reason: 'token has been invalidated' })
  expect(await tokens.authenticate(accessToken)).toEqual({ kind: 'expired' })
})

test('a pair whose access token expired is found as long as its refresh token lives, 24 hours', async () => {
  const { clock, tokens } = tokenWorld()
  await login(tokens)
  clock.advance(day)
  expect(await tokens.findActive(aliceMetadata)).toHaveLength(1)
  clock.advance(1)
  expect(await tokens.findActive(aliceMetadata)).toEqual([])
})

test('a refresh keeps the metadata and the old document, so one session has two', async () => {
  const { tokens } = tokenWorld()
  const { refreshToken } = await login(tokens)
  await tokens.refresh(refreshToken, kibana)
  expect(await tokens.findActive(aliceMetadata)).toHaveLength(2)
})

test('case 9: of four pairs exactly those with the same metadata are found', async () => {
  const { tokens } = tokenWorld()
  await login(tokens, { nameid: 'alice', session: 'other' })
  const expected = [await login(tokens), await login(tokens)].map(({ accessToken }) => accessToken)
  await login(tokens, { nameid: 'bob', session: 's1' })
  const found = await tokens.findActive(aliceMetadata)
  expect(found.map((pair) => pair.accessToken)).toEqual(expected)
})

test('case 12: a pair with one live half is found, one with none is not', async () => {
  const { tokens } = tokenWorld()
  const { accessToken, refreshToken } = await login(tokens)
  await tokens.invalidateAccessToken(accessToken)
  expect(await tokens.findActive(aliceMetadata)).toHaveLength(1)
  await tokens.invalidateRefreshToken(refreshToken)
  expect(await tokens.findActive(aliceMetadata)).toEqual([])
})

test('a pair with one live half counts as one, a dead one not at all', async () => {
  const { tokens } = tokenWorld()
  const [half, dead] = [await login(tokens), await login(tokens)]
  await tokens.invalidateAccessToken(half.accessToken)
  await tokens.invalidateAccessToken(dead.accessToken)
  await tokens.invalidateRefreshToken(dead.refreshToken)
  expect(await tokens.invalidateMatching(aliceMetadata)).toBe(1)
  expect(await tokens.invalidateMatching(aliceMetadata)).toBe(0)
})

test('an ended pair keeps who it was of and forgets what was known of them (cases/robustness M1)', async () => {
  const { tokens } = tokenWorld()
  const authentication = { ...alice, fullName: 'Alice', email: 'alice@sp.test', metadata: { saml_uid: ['alice'] } }
  const { accessToken } = await tokens.issue({ authentication, client: kibana, metadata: aliceMetadata })
  await tokens.invalidateMatching(aliceMetadata)
  const found = await tokens.find(accessToken)
  const person = { username: 'alice', roles: [], fullName: null, email: null, metadata: {}, realm: alice.realm }
  expect(found).toHaveProperty('pair.metadata', aliceMetadata)
  expect(found).toHaveProperty('pair.authentication', person)
})
