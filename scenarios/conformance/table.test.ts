import { expect, test } from 'vitest'
import type { Outcome } from './run.ts'
import { tableOf } from './table.ts'

const report = (number: number, outcome: Outcome, version = '9.2.0') => {
  return { number, title: `rule ${number}`, section: '11.1 first', version, outcome }
}

test('a table has the section, a line for each case with what a failure is about, and the counts', () => {
  const reports = [
    report(1, { kind: 'pass' }),
    report(2, { kind: 'fail', expected: 'status: 200', arrived: '500' }),
    report(3, { kind: 'cannot-be-asked', why: 'it needs a clock that can be moved' }),
    report(4, { kind: 'pass' }, '9.3.0'),
  ]
  expect(tableOf(reports)).toBe(`
11.1 first
   1  pass             rule 1
   2  FAIL             rule 2
      9.2.0 expected status: 200
            arrived  500
   3  cannot be asked  rule 3
                       it needs a clock that can be moved
   4  pass             rule 4 (asked as 9.3.0)

2 of 4 pass, 1 fail, 1 cannot be asked`)
})
