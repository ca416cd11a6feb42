import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { catalogue } from '../catalogue/index.ts'
import { familyOf } from '../scenario/scenario.ts'
import { checkSources } from './check-sources.ts'
import { sabotaged } from './sabotage.ts'
import { sabotages } from './sabotages.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

test('what each sabotage replaces stands in its file exactly once', () => {
  expect(sabotages.length).toBeGreaterThanOrEqual(40)
  checkSources(repository, sabotages)
})

test('each sabotage has an id of its own, and is near a family of stories', () => {
  const ids = sabotages.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const families = new Set(catalogue.map(familyOf))
  expect(sabotages.map(({ near }) => near).filter((near) => !families.has(near))).toEqual([])
})

test.each([
  ['a is not there', 'a file', 'sabotage x: f.ts has no "a(b)"'],
  ['a stands there twice', 'a(b) a(b)', 'sabotage x: f.ts has "a(b)" 2 times'],
])('a sabotage that does not fit its file is refused: %s', (_case, source, message) => {
  const sabotage = { id: 'x', what: '', file: 'f.ts', from: 'a(b)', to: '', near: 'logout' }
  expect(() => sabotaged(source, sabotage)).toThrow(message)
})
