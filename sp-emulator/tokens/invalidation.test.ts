import { expect, test } from 'vitest'
import { alice, aliceMetadata, kibana, login, tokenWorld, unissuedToken } from './token-world.test-support.ts'

const known = (invalidated: number, previouslyInvalidated: number) => ({
  kind: 'known',
  counts: { invalidated, previouslyInvalidated },
})

test('ending both halves at the same time loses neither', async () => {
  const { tokens } = tokenWorld()
  const { accessToken, refreshToken } = await login(tokens)
  const both = [tokens.invalidateAccessToken(accessToken), tokens.invalidateRefreshToken(refreshToken)]
  expect(await Promise.all(both)).toEqual([known(1, 0), known(1, 0)])
  expect(await tokens.findActive(aliceMetadata)).toEqual([])
})

test('case 101: an access token is invalidated once and was previously invalidated after that', async () => {
  const { tokens } = tokenWorld()
  const { accessToken } = await login(tokens)
  expect(await tokens.invalidateAccessToken(accessToken)).toEqual(known(1, 0))
  expect(await tokens.invalidateAccessToken(accessToken)).toEqual(known(0, 1))
})

test.each([
  ['access first', ['invalidateAccessToken', 'invalidateRefreshToken']],
  ['refresh first', ['invalidateRefreshToken', 'invalidateAccessToken']],
] as const)('case 102: the halves of a pair are invalidated independently: %s', async (_case, order) => {
  const { tokens } = tokenWorld()
  const { accessToken, refreshToken } = await login(tokens)
  for (const call of order) {
    expect(await tokens[call](call === 'invalidateAccessToken' ? accessToken : refreshToken)).toEqual(known(1, 0))
  }
})

test('case 103: invalidating by user or realm counts both tokens of every login', async () => {
  const { tokens } = tokenWorld()
  for (const session of ['1', '2', '3']) await login(tokens, { session })
  expect(await tokens.invalidateOwnedBy({ username: 'alice' })).toEqual({ invalidated: 6, previouslyInvalidated: 0 })
  for (const session of ['4', '5']) await login(tokens, { session })
  expect(await tokens.invalidateOwnedBy({ realm: 'saml1' })).toEqual({ invalidated: 4, previouslyInvalidated: 0 })
})

test('invalidating by user counts the dead half of a live pair as previously invalidated', async () => {
  const { tokens } = tokenWorld()
  const { accessToken } = await login(tokens)
  await tokens.invalidateAccessToken(accessToken)
  expect(await tokens.invalidateOwnedBy({ username: 'alice' })).toEqual({ invalidated: 1, previouslyInvalidated: 1 })
})

test('case 104: a realm without tokens gives zeros', async () => {
  const { tokens } = tokenWorld()
  expect(await tokens.invalidateOwnedBy({ realm: 'none' })).toEqual({ invalidated: 0, previouslyInvalidated: 0 })
})

test('case 105: before the first token was issued a well-formed token meets no index', async () => {
  const { tokens } = tokenWorld()
  expect(await tokens.invalidateAccessToken(unissuedToken)).toEqual({ kind: 'no-index' })
  expect(await tokens.invalidateRefreshToken(unissuedToken)).toEqual({ kind: 'no-index' })
  expect(await tokens.find(unissuedToken)).toEqual({ kind: 'no-index' })
  expect(await tokens.find('garbage')).toEqual({ kind: 'unknown' })
})

test.each([
  ['garbage', '%%%'],
  ['short', 'abc'],
  ['well-formed but unknown', unissuedToken],
])('case 106: a token that is %s is unknown', async (_case, token) => {
  const { tokens } = tokenWorld()
  await login(tokens)
  expect(await tokens.invalidateAccessToken(token)).toEqual({ kind: 'unknown' })
  expect(await tokens.invalidateRefreshToken(token)).toEqual({ kind: 'unknown' })
})

test('an access token can be issued alone; then invalidating its owner counts one token', async () => {
  const { clock, tokens } = tokenWorld()
  const { accessToken } = await tokens.issueAccessToken({ authentication: alice, client: kibana })
  expect(await tokens.authenticate(accessToken)).toMatchObject({ kind: 'live' })
  expect(await tokens.invalidateOwnedBy({ username: 'alice' })).toEqual({ invalidated: 1, previouslyInvalidated: 0 })
  clock.advance(1)
  expect(await tokens.invalidateOwnedBy({ username: 'alice' })).toEqual({ invalidated: 0, previouslyInvalidated: 0 })
})
