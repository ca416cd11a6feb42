import { expect, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import type { Scenario } from '../scenario/scenario.ts'
import { type Choice, choose, fits } from './choose.ts'

const scenarios: readonly Scenario[] = ['login/first', 'login/second', 'logout/first', 'logout/at-two'].map((id) => ({
  ...{ id, title: `about ${id}`, clauses: [], steps: [], expected: {} },
}))

const ids = (choice: Choice) => choose(scenarios, choice).map(({ scenario, round }) => `${scenario.id} ${round}`)

test.each([
  ['logout/first', 'OUT/fi', true],
  ['logout/first', 'in/fi', false],
  ['logout/first', 'log*first', true],
  ['logout/first', 'log*fir', false],
  ['logout/first', '*out*st', true],
  ['aba', 'ab*ba', false],
  ['aba', '*', true],
])('[%s] is like [%s]: %s', (text, pattern, isLike) => {
  expect(fits(text, pattern)).toBe(isLike)
})

test.each<[Choice, readonly string[]]>([
  [{}, ['login/first 1', 'login/second 1', 'logout/first 1', 'logout/at-two 1']],
  [{ pattern: 'about log*first' }, ['login/first 1', 'logout/first 1']],
  [{ family: 'login', pattern: 'second' }, ['login/second 1']],
  [{ shard: { part: 2, of: 2 } }, ['login/second 1', 'logout/at-two 1']],
  [{ pattern: 'two', rounds: 2 }, ['logout/at-two 1', 'logout/at-two 2']],
])('%j chooses %j', (choice, chosen) => {
  expect(ids(choice)).toEqual(chosen)
})

test('an id chooses the scenario that has it, and none whose id begins so', () => {
  const longer = { ...scenarios[0], id: 'login/first-of-two' } as Scenario
  const found = choose([...scenarios, longer], { pattern: 'login/first' })
  expect(found.map(({ scenario }) => scenario.id)).toEqual(['login/first'])
})

test.each<[Choice, string]>([
  [{ family: 'logut' }, '--family: there is none called [logut], did you mean logout?'],
  [{ family: 'q' }, '--family: there is none called [q], there are login, logout'],
  [{ pattern: 'login/frist' }, 'no scenario is like [login/frist], did you mean login/first?'],
  [{ pattern: 'at-tow' }, 'no scenario is like [at-tow], did you mean logout/at-two?'],
  [{ pattern: 'zzz' }, 'no scenario is like [zzz], sloop run --list names them'],
  [{ shard: { part: 5, of: 5 } }, '--shard 5/5: nothing is left for it of 4 scenarios'],
])('%j fits nothing, and what was meant is named', (choice, sentence) => {
  expect(() => ids(choice)).toThrow(new ConfigError(sentence))
})
