import { expect, test } from 'vitest'
import { startLab } from '../harness/index.ts'
import { idpInitiatedLogout, spInitiatedLogout } from './catalogue/logout.ts'
import { createHttpAgent } from './drivers/http-agent.ts'
import { runScenario } from './run.ts'

test.each(['7.14', '7.17', '8.19', '9.4'])('both logouts work with an Elasticsearch %s', async (esVersion) => {
  await using lab = await startLab({ esVersion })
  const fromSp = await runScenario(spInitiatedLogout, lab, createHttpAgent())
  const fromIdp = await runScenario(idpInitiatedLogout, lab, createHttpAgent())
  expect([...fromSp.differences, ...fromIdp.differences]).toEqual([])
})
