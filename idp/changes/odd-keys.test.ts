import { expect, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { settableClock } from '#server/clock'
import { getOddKey } from './odd-keys.ts'

const clock = settableClock('2031-05-04T12:00:00Z')
const signing = await generateCredential('signing', clock.now())
const keys = { signing: () => signing } as Parameters<typeof getOddKey>[0]['keys']
const foreign = () => getOddKey({ keys, clock }, 'foreign')

test('the key of nobody is the same ever after', async () => {
  expect(await foreign()).toBe(await foreign())
})

test('nobody else gets the key of nobody', async () => {
  const others = await Promise.all(['a', 'b', 'c'].map((name) => generateCredential(name, clock.now())))
  const { privateKeyPem } = await foreign()
  expect([signing, ...others].map((other) => other.privateKeyPem)).not.toContain(privateKeyPem)
})
