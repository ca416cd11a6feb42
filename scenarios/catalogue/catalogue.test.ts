import { expect, test } from 'vitest'
import { startLab } from '../harness/index.ts'
import { catalogue, getScenario } from './catalogue/index.ts'
import { createHttpAgent } from './drivers/http-agent.ts'
import { runScenario } from './run.ts'

test.each(catalogue.map((scenario) => [scenario.title, scenario] as const))('%s', async (_title, scenario) => {
  await using lab = await startLab(scenario.given)
  const { differences } = await runScenario(scenario, lab, createHttpAgent())
  expect(differences).toEqual([])
})

test('a scenario is found by its id', () => {
  expect(getScenario('logout/sp-initiated').title).toContain('kills the tokens')
  expect(() => getScenario('logout/never')).toThrow(new TypeError('there is no scenario [logout/never]'))
})
