import { expect, test } from 'vitest'
import { newId, newSecret } from './ids.ts'

test('C002 an id is an NCName of 160 bits', () => {
  expect(newId()).toMatch(/^_[0-9a-f]{40}$/)
})

test('a secret is 256 bits in base64url', () => {
  expect(newSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/)
})

test.each([
  ['ids', newId],
  ['secrets', newSecret],
])('C002 ten thousand %s are all different', (_what, make) => {
  expect(new Set(Array.from({ length: 10_000 }, make)).size).toBe(10_000)
})
