import { expect, test } from 'vitest'
import { type Facts, nothingKnown, whatIsProven } from './facts.ts'

test.each<[string, Partial<Facts>]>([
  ['unknown', {}],
  ['ended', { application: 'signedOut' }],
  ['ended', { accessToken: 'dead', refreshToken: 'dead' }],
  ['alive', { application: 'signedIn' }],
  ['alive', { application: 'signedOut', accessToken: 'dead', refreshToken: 'alive' }],
  ['alive', { application: 'signedOut', accessToken: 'alive', refreshToken: 'dead' }],
])('proven %s by %j', (proven, facts) => {
  expect(whatIsProven({ ...nothingKnown, ...facts })).toBe(proven)
})
