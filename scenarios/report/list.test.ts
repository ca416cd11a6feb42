import { expect, test } from 'vitest'
import { linesOf, progressOf, totalsOf } from './list.ts'
import { differing, held, lied, results, skipped } from './results.test-support.ts'
import { tellAsItGoes } from './tell-as-it-goes.ts'

test('a scenario that holds is one line, and so is one that was not run, with the reason', () => {
  expect([linesOf(held), linesOf(skipped)]).toEqual([
    '✓ logout/held (45 ms)\n',
    '– login/frames was not run: only by --driver browser: it is about frames\n',
  ])
})

test('of one that does not hold each sentence is told, what is claimed and not so first, and how to repeat it', () => {
  expect(linesOf(lied)).toBe(
    [
      '✗ logout/lied (1200 ms)',
      '  who says that it is over tells the truth',
      '  claimed, not so:',
      '    wiki claims that the session ended, and it has not',
      '  and differs:',
      '    accessToken is alive, expected dead',
      '  repeat it: sloop run --bundle report/bundles/logout-lied.sloop-bundle.json',
      '',
    ].join('\n'),
  )
})

test('text of a page can drive no terminal, and its lines stay indented', () => {
  expect(linesOf(differing).split('\n').slice(2)).toEqual([
    '    the page does not say [a] but [b',
    '      \\u001b[31m <c>\uFFFE]',
    '',
  ])
})

test('one of several rounds says which', () => {
  expect(linesOf({ ...held, round: 2, rounds: 3 })).toBe('✓ logout/held (2 of 3) (45 ms)\n')
})

test('the end says how many held, did not and were not run, and the times', () => {
  expect(totalsOf(results, { driver: 'http', concurrency: 4, startMs: 20, allMs: 1_300 })).toBe(
    [
      '',
      '1 held, 2 differ (of 1 something is claimed that is not so), 1 not run',
      '1.30 s in all, 0.02 s of it until the first was told; by http, 4 at a time',
      'one by one they take 1.25 s, the longest of them, logout/lied, 1.20 s',
      '',
    ].join('\n'),
  )
})

test('the line of progress never fills the terminal, where it would break', () => {
  expect(progressOf([held, lied], { all: 9, columns: 80 })).toBe('2 of 9 told, 1 differs: logout/lied')
  expect(progressOf([held, lied], { all: 9, columns: 20 })).toBe('2 of 9 told, 1 dif…')
})

test('on a terminal only what does not hold stays on the screen, and elsewhere every scenario has its line', () => {
  const screenOf = (columns: number | undefined) => {
    const printed: string[] = []
    const listener = tellAsItGoes({ print: (text) => printed.push(text), columns }, 2)
    listener.told(held)
    listener.told(differing)
    listener.end('totals')
    return printed.join('')
  }
  expect(screenOf(undefined)).toBe(`${linesOf(held)}${linesOf(differing)}totals`)
  expect(screenOf(80).split('\r\u001B[2K')).toEqual([
    '',
    '1 of 2 told: logout/held',
    `${linesOf(differing)}2 of 2 told, 1 differs: login/differs`,
    'totals',
  ])
})
