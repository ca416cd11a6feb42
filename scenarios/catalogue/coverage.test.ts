import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bugs } from '../../harness/bugs/bugs.ts'
import { familyOf } from '../scenario/scenario.ts'
import { families } from './families.ts'
import { catalogue } from './index.ts'
import { bugsNotShown, scenariosNotShown } from './not-shown.ts'

const rows = bugs.map(({ id }) => id)
const shownBugs = new Set(catalogue.flatMap((story) => story.bugs ?? []))
const shownScenarios = new Set(
  catalogue.flatMap(({ clauses }) =>
    clauses.flatMap((clause) => /^logout-bugs scenario (\d+)$/.exec(clause)?.[1] ?? []),
  ),
)

/** The numbers of the table in part 4.2 of the source. */
function scenariosOfSource(): readonly string[] {
  const source = readFileSync(new URL('../../../shared/spec/logout-bugs.md', import.meta.url), 'utf8')
  const part = source.slice(source.indexOf('## 4.2'), source.indexOf('## 4.3'))
  return [...part.matchAll(/^\| (\d+) \|/gm)].map(([, number = '']) => number)
}

test('each of the 72 scenarios of the source is shown by a story, or has a reason', () => {
  const numbers = scenariosOfSource()
  expect(numbers).toHaveLength(72)
  expect(numbers.filter((number) => !shownScenarios.has(number))).toEqual(Object.keys(scenariosNotShown))
  expect([...shownScenarios].filter((number) => !numbers.includes(number))).toEqual([])
})

test('each of the 118 bugs of the field is shown by a story, or has a reason', () => {
  expect(rows).toHaveLength(118)
  expect(rows.filter((id) => !shownBugs.has(id))).toEqual(Object.keys(bugsNotShown))
  expect([...shownBugs].filter((id) => !rows.includes(id))).toEqual([])
})

test('each reason is a sentence', () => {
  const reasons = [...Object.values(scenariosNotShown), ...Object.values(bugsNotShown)]
  expect(reasons.filter((reason) => !/^[A-Z].{20,}\.$/.test(reason))).toEqual([])
})

test('every story has an id of its own, in a family that says what it is about', () => {
  const ids = catalogue.map(({ id }) => id)
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  expect(ids.filter((id) => !/^[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
  expect([...new Set(catalogue.map(familyOf))]).toEqual(Object.keys(families))
})

test('every story has a title of its own: a rule in one sentence, without a full stop', () => {
  const titles = catalogue.map(({ title }) => title)
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([])
  expect(titles.filter((title) => !/^\S.*\s.*[^.\s]$/.test(title) || title.includes('\n'))).toEqual([])
})

test('every story says where its rule is written', () => {
  expect(catalogue.filter(({ clauses }) => clauses.length === 0).map(({ id }) => id)).toEqual([])
})

test('every story proves how it ends', () => {
  const believing = catalogue.filter(({ expected }) => expected.proven === undefined && expected.answers === undefined)
  expect(believing.map(({ id }) => id)).toEqual([])
})

test('a story whose participant claims an end that is none says so of a participant that it names', () => {
  const vague = catalogue.filter(({ expected: { claims = {}, claimedButAlive = [] } }) =>
    claimedButAlive.some((party) => claims[party] !== 'ended'),
  )
  expect(vague.map(({ id }) => id)).toEqual([])
})
