import { expect, test } from 'vitest'
import type { RunningParties } from '../roles/running-parties.ts'
import { findEnded, keepEnded } from './ended-forms.ts'

// Only who they are counts here.
const lab = () => ({}) as RunningParties
const ended = { operation: 'mint', form: new URLSearchParams({ kind: 'Response' }), answer: '{}' }

test('how a form ended is found in its lab, for its operation', () => {
  const [parties, others] = [lab(), lab()]
  const id = keepEnded(parties, ended)
  expect(findEnded(parties, id, 'mint')).toBe(ended)
  expect([findEnded(parties, id, 'signIn'), findEnded(others, id, 'mint')]).toEqual([undefined, undefined])
})

test('the newest 32 are kept', () => {
  const parties = lab()
  const ids = Array.from({ length: 33 }, () => keepEnded(parties, ended))
  expect(ids.map((id) => findEnded(parties, id, 'mint') !== undefined)).toEqual([false, ...Array(32).fill(true)])
})
