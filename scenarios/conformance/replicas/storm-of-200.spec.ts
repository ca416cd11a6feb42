import { expect, test } from 'vitest'
import { expectToHold } from './expect-storm.test-support.ts'
import { storm } from './storm.test-support.ts'

test('200 people log in and out in both directions while replicas are killed: every claim is true and nothing acknowledged is lost', async () => {
  const after = await storm({ people: 200, atOnce: 32, answersPerKill: 100 })
  expect(after.kills).toBeGreaterThan(3)
  await expectToHold(after)
}, 600_000)
