import { expect, test } from 'vitest'
import { fakeLab } from './fake-stage.test-support.ts'
import { unfiredFaults, unmetConditions } from './unfired-faults.ts'

const fault = (fired: number, to: string | null = 'urn:app') => ({
  ...{ on: 'LogoutRequest', to, change: { signature: 'none' }, fired },
})
const unfired = (...faults: readonly object[]) =>
  unfiredFaults(fakeLab({ faults: { list: async () => ({ faults }) } }).lab)

test('a fault that never acted is told, and one that did is not', async () => {
  expect(await unfired(fault(1), fault(2))).toEqual([])
  expect(await unfired(fault(1), fault(0), fault(0, null))).toEqual([
    'the fault {"signature":"none"} never acted: there was no LogoutRequest to urn:app on which it could',
    'the fault {"signature":"none"} never acted: there was no LogoutRequest on which it could',
  ])
})

const network = [
  { to: 'app', does: { status: 500 } },
  { to: 'idp', does: { delayMs: 1 } },
]
const scenario = { id: 'a/b', title: '', clauses: [], steps: [], expected: {}, conditions: { network } }

test('a condition of the network that nothing has met is told', () => {
  expect(unmetConditions(scenario, [1, 3])).toEqual([])
  expect(unmetConditions(scenario, [1, 0])).toEqual([
    'nothing has met the condition of the network {"to":"idp","does":{"delayMs":1}}',
  ])
  expect(unmetConditions(scenario)).toHaveLength(2)
  expect(unmetConditions({ ...scenario, conditions: {} })).toEqual([])
})
