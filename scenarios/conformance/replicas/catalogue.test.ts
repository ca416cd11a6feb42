import { expect, test } from 'vitest'
import { getScenario } from '../../catalogue/index.ts'
import { tellAtReplicas } from './tell-at-replicas.test-support.ts'

// About sessions, tokens, clocks, faults and runs, which a replica could keep to itself. `npm run storm` tells the whole catalogue.
const ids = ['logout/sp-initiated', 'time/after-a-refresh', 'partners/goes-on-after-a-failure']

test('scenarios hold where each request reaches another of three replicas', async () => {
  expect(await tellAtReplicas(ids.map(getScenario))).toEqual({ held: expect.arrayContaining(ids), others: [] })
}, 60_000)
