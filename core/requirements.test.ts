import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { scanSource } from './boundaries/source-file.ts'
import { badInput } from './requirements/bad-input.test-support.ts'
import { logoutRequirements } from './requirements/logout-requirements.test-support.ts'
import { numbersInTests } from './requirements/numbered-tests.test-support.ts'
import { readRequirements } from './requirements/requirement.test-support.ts'
import { requirementsDocument } from './requirements/requirements-table.test-support.ts'

const repository = new URL('..', import.meta.url)
const read = (path: string) => readFileSync(fileURLToPath(new URL(path, repository)), 'utf8')
const all = [...logoutRequirements, ...badInput]

test('the table of requirements is the one that its source makes', async () => {
  await expect(requirementsDocument()).toMatchFileSnapshot('../docs/requirements.md')
})

/** The numbers in the tests of a file, and in the tables for tests that it imports. */
function numbersOf(path: string): readonly string[] {
  const tables = scanSource(path, read(path)).imports.filter((target) => target.endsWith('.test-support.ts'))
  return [path, ...tables].flatMap((file) => [...numbersInTests(read(file))])
}

test('every requirement stands in each file that is said to keep it', () => {
  const numbers = new Map([...new Set(all.flatMap(({ keptBy }) => keptBy))].map((path) => [path, numbersOf(path)]))
  const missing = all.flatMap(({ number, keptBy }) =>
    keptBy.filter((path) => !numbers.get(path)?.includes(number)).map((path) => `${number} in ${path}`),
  )
  expect(missing).toEqual([])
})

const security = () => read('../shared/spec/security.md')
const numbersBetween = (first: number, last: number) => (number: string) =>
  Number(number.slice(1)) >= first && Number(number.slice(1)) <= last

test('no requirement of the ranges is left out, and none is made up', () => {
  const asked = [...security().matchAll(/^\| (C\d{3}) \|/gm)].map(([, number = '']) => number)
  const isClaimed = (number: string) => numbersBetween(1, 85)(number) || numbersBetween(100, 119)(number)
  expect(logoutRequirements.map(({ number }) => number)).toEqual(asked.filter(isClaimed))
})

test('no bad input for an identity provider, for metadata or for all is left out', () => {
  const rows = [...security().matchAll(/^\| \d+ \| (T\d{2}) \| ([^|]*) \|/gm)]
  const ours = rows.filter(([, , target = '']) => /\b(IDP|META|all)\b/.test(target)).map(([, number]) => number)
  expect(badInput.map(({ number }) => number)).toEqual(ours)
})

test.each([
  ['in the title of a test', "test('C024 it is so', () => {})", ['C024']],
  ['in a row of a table', "test.each([\n  ['T13: a trick', 1],\n])('%s', () => {})", ['T13']],
  ['above a test', '// C024, C025\n// and more\ntest(title, () => {})', ['C024', 'C025']],
  ['above a test in a loop', '  // C103: all of them\n  test(title, () => {})', ['C103']],
  ['above something else', '// C024\nconst a = 1\ntest(title, () => {})', []],
  ['in a comment over several lines', "/**\n * C024\n */\ntest('it is so', () => {})", []],
  ['behind a line', "const a = 'b' // 'C024'", []],
  ['in a longer word', "test('C0245 and XC024', () => {})", []],
])('a number that stands %s', (_where, source, numbers) => {
  expect([...numbersInTests(source)]).toEqual(numbers)
})

test.each([
  'C001 | both | must | What |  |',
  'C001 | both | must |  | file |',
  'C001 | both | must | What | a | b | c',
])('a line without tests and without a reason, or with other columns, is no requirement: %s', (line) => {
  expect(() => readRequirements(line)).toThrow(new TypeError(`this is no requirement: ${line}`))
})
