import { expect, test } from 'vitest'
import type { Scenario } from '../scenario/scenario.ts'
import { checkScenario, checkWorld } from './check-scenario.ts'

const scenario: Scenario = { id: 'a/b', title: 'a', clauses: [], steps: [], expected: {} }

test.each<[unknown, string]>([
  [{ ...scenario, titel: '' }, 'a/b: titel: unknown key, did you mean title?'],
  [
    { ...scenario, steps: [{ kind: 'sing-in' }] },
    'a/b: steps[0].kind: there is no step [sing-in], did you mean sign-in?',
  ],
  [{ ...scenario, steps: [{ kind: 'press' }] }, 'a/b: steps[0].control: it is missing'],
  [{ title: 'a', clauses: [], steps: [], expected: {} }, 'id: it is missing'],
  [[], 'expected an object, found []'],
  [undefined, 'expected an object, found undefined'],
])('what is no scenario is refused by where and by the nearest word: %j', (given, sentence) => {
  expect(() => checkScenario(given as Scenario)).toThrow(new TypeError(sentence))
})

const world = { appProfile: 'kibana', appSelector: false, applicationUrls: { app: 'http://app.test' } } as const

test.each<[NonNullable<Scenario['given']>, string]>([
  [
    { applications: [{ name: 'app', profile: 'careful' }] },
    'a/b is about an application with the profile careful, this one has kibana',
  ],
  [{ applications: [{ name: 'app' }, { name: 'second' }] }, 'a/b is about an application [second], this world has app'],
  [{ applications: [{ name: 'app', selector: true }] }, 'a/b is about an application with a login selector'],
])('a world that the scenario is not about is refused: %j', (given, sentence) => {
  expect(() => checkWorld({ ...scenario, given }, world)).toThrow(new TypeError(sentence))
})

test('a world that the scenario is about is taken', () => {
  expect(() => checkWorld(scenario, world)).not.toThrow()
  expect(() => checkWorld({ ...scenario, given: { applications: [{ name: 'app' }] } }, world)).not.toThrow()
})
