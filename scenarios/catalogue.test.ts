import { expect, test } from 'vitest'
import { startLab } from '../harness/index.ts'
import { catalogue } from './catalogue/index.ts'
import { createHttpAgent } from './drivers/http-agent.ts'
import { runScenario } from './run.ts'

test.each(catalogue.map((scenario) => [scenario.title, scenario] as const))('%s', async (_title, scenario) => {
  await using lab = await startLab(scenario.given)
  const { differences } = await runScenario(scenario, lab, createHttpAgent())
  expect(differences).toEqual([])
})
