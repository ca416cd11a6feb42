import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { catalogue } from '../catalogue/index.ts'
import { checkSources } from './check-sources.ts'
import { sabotaged } from './sabotage.ts'
import { sabotages } from './sabotages.ts'
import { documentOf, idsIn } from './table.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

test('what each sabotage replaces stands in its file exactly once', () => {
  expect(sabotages.length).toBeGreaterThanOrEqual(40)
  checkSources(repository, sabotages)
})

test('each sabotage has an id of its own, and a story that is about it', () => {
  const ids = sabotages.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const stories = catalogue.map((story) => story.id)
  expect(sabotages.map(({ shownBy }) => shownBy).filter((story) => !stories.includes(story))).toEqual([])
})

test('docs/sabotage.md says of each sabotage by which story it was caught', () => {
  const document = readFileSync(join(repository, 'docs', 'sabotage.md'), 'utf8')
  expect(idsIn(document)).toEqual(sabotages.map(({ id }) => id))
})

test('what was caught takes the place of its row, between those that were before', () => {
  const caught = (id: string, by: string, sentence: string) => ({
    sabotage: { id, what: 'It is wrong.', file: 'f.ts', from: 'a', to: 'b', shownBy: by },
    by,
    sentence,
  })
  const before = documentOf(['x', 'y'], [caught('x', 'time', 'slow'), caught('y', 'a/one', 'a|b\nc')], '')
  const after = documentOf(['x', 'y'], [caught('x', 'a/two', 'is alive')], before)
  expect(after.split('\n').filter((line) => line.startsWith('| `'))).toEqual([
    '| `x`      | It is wrong.          | `a/two`   | is alive |',
    '| `y`      | It is wrong.          | `a/one`   | a\\|b c   |',
  ])
})

test.each([
  ['a is not there', 'a file', 'sabotage x: f.ts has no "a(b)"'],
  ['a stands there twice', 'a(b) a(b)', 'sabotage x: f.ts has "a(b)" 2 times'],
])('a sabotage that does not fit its file is refused: %s', (_case, source, message) => {
  const sabotage = { id: 'x', what: '', file: 'f.ts', from: 'a(b)', to: '', shownBy: 'logout/sp-initiated' }
  expect(() => sabotaged(source, sabotage)).toThrow(message)
})
