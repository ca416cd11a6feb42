import { expect, test } from 'vitest'
import { expectToHold } from './expect-storm.test-support.ts'
import { storm } from './storm.test-support.ts'

// As many as fit; `npm run storm` has 200.
test('people log in and out in both directions while replicas are killed: every claim is true and nothing acknowledged is lost', async () => {
  const after = await storm({ people: 15, atOnce: 12, answersPerKill: 80 })
  expect(after.kills).toBeGreaterThan(0)
  await expectToHold(after)
}, 60_000)
