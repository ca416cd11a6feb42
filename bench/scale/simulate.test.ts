import { expect, test } from 'vitest'
import { type Setting, type Step, simulate } from './simulate.ts'

const steps: readonly Step[] = [
  { at: 'client', ms: 1 },
  { at: 'replica', ms: 4 },
  { at: 'engine', ms: 2 },
  { at: 'replica', ms: 4 },
]
const setting: Setting = { cores: 16, replicas: 1, atOnce: 16, steps }
const perSecond = (given: Partial<Setting>) => simulate({ ...setting, ...given }).perSecond

test('one at a time takes the sum of the steps', () => {
  const { meanMs, perSecond: many, busiest } = simulate({ ...setting, atOnce: 1 })
  expect([meanMs, many, busiest]).toEqual([expect.closeTo(11), expect.closeTo(1_000 / 11), 'replica'])
})

test('replicas add up until the engine is busy all the time', () => {
  expect(perSecond({ replicas: 1 }) / 125).toBeCloseTo(1, 2)
  expect(perSecond({ replicas: 2 }) / 250).toBeCloseTo(1, 2)
  expect(perSecond({ replicas: 8 }) / 500).toBeCloseTo(1, 2)
  expect(simulate({ ...setting, replicas: 8 }).busiest).toBe('engine')
})

test('no more is done than there are processors for', () => {
  expect(perSecond({ replicas: 8, cores: 2 }) / (2_000 / 11)).toBeCloseTo(1, 2)
  expect(perSecond({ replicas: 8, cores: 2, takenByOthers: 1 }) / (1_000 / 11)).toBeCloseTo(1, 2)
})
