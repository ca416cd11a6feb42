import { expect, test } from 'vitest'
import { noon } from '../../messages/messages.test-support.ts'
import { hintForTime } from './time.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** Whether a receiver with this clock and skew believes it. */
const holds = (now: number, skewMs: number) => noon <= now + skewMs && now - skewMs < noon + 5 * minute
const valid = { notBefore: noon, notOnOrAfter: noon + 5 * minute, skewMs: 0 }

test('of a message that came too late it is told by how much', () => {
  const now = noon + 9 * minute + 12 * second
  expect(hintForTime({ ...valid, now })).toBe(
    'it would hold if this clock stood 4 min 13 s to 9 min 12 s earlier, or with a skew of at least 253 s',
  )
  const offsets = [
    4 * minute + 12 * second,
    4 * minute + 13 * second,
    9 * minute + 12 * second,
    9 * minute + 13 * second,
  ]
  expect(offsets.map((offset) => holds(now - offset, 0))).toEqual([false, true, true, false])
  expect([252, 253].map((seconds) => holds(now, seconds * second))).toEqual([false, true])
})

test('of a message that came too early it is told by how much', () => {
  const now = noon - 2 * minute - 500
  expect(hintForTime({ ...valid, now })).toBe(
    'it would hold if this clock stood 2 min 1 s to 7 min later, or with a skew of at least 121 s',
  )
  const offsets = [2 * minute, 2 * minute + second, 7 * minute, 7 * minute + second]
  expect(offsets.map((offset) => holds(now + offset, 0))).toEqual([false, true, true, false])
  expect([120, 121].map((seconds) => holds(now, seconds * second))).toEqual([false, true])
})

test('the skew that is given already counts for the clock', () => {
  const now = noon + 10 * minute
  expect(hintForTime({ ...valid, now, skewMs: 3 * minute })).toBe(
    'it would hold if this clock stood 2 min 1 s to 13 min earlier, or with a skew of at least 301 s',
  )
  const skew = 3 * minute
  const offsets = [2 * minute, 2 * minute + second, 13 * minute, 13 * minute + second]
  expect(offsets.map((offset) => holds(now - offset, skew))).toEqual([false, true, true, false])
})

test('an instant that stands alone bounds one side', () => {
  expect(hintForTime({ now: noon, skewMs: 0, notOnOrAfter: noon })).toBe(
    'it would hold if this clock stood 1 s earlier or more, or with a skew of at least 1 s',
  )
  expect(hintForTime({ now: noon, skewMs: 0, notBefore: noon + hour })).toBe(
    'it would hold if this clock stood 1 h later or more, or with a skew of at least 3600 s',
  )
})

test('a difference of a time zone is told', () => {
  const late = { ...valid, now: noon + 2 * hour, issueInstant: noon }
  expect(hintForTime(late)).toContain(
    "; the sender's clock is exactly 2 h behind this one: a local time that was written as UTC?",
  )
  const early = { ...valid, now: noon - 5.5 * hour + 3 * second, issueInstant: noon }
  expect(hintForTime(early)).toContain("; the sender's clock is within 30 s 5 h 30 min ahead of this one: ")
})

test('a difference of no time zone is told of nobody', () => {
  const now = noon + 2 * hour + 31 * second
  expect(hintForTime({ ...valid, now, issueInstant: noon })).not.toContain('UTC')
  expect(hintForTime({ ...valid, now: noon + 48 * hour, issueInstant: noon })).not.toContain('UTC')
})

test('a message that is valid at no time is said to be so', () => {
  expect(hintForTime({ now: noon, skewMs: 0, notBefore: noon + hour, notOnOrAfter: noon + hour })).toBe(
    'no clock would do: the time from which on it is valid is not before the time at which it ends',
  )
})

test('nothing is said of a message that is valid, or without instants', () => {
  expect(hintForTime({ ...valid, now: noon })).toBeUndefined()
  expect(hintForTime({ now: noon, skewMs: 0 })).toBeUndefined()
})
