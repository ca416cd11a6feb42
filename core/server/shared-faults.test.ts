import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'
import { createFaults, type WantedFault } from './faults.ts'
import { testStores } from './store/stores.test-support.ts'

const wanted: WantedFault = { party: 'idp', on: 'LogoutRequest', times: 3, change: { signature: 'none' } }
const message = { on: 'LogoutRequest', to: 'urn:one' }

const { twoReplicas } = testStores()

function replicasWith(start: readonly WantedFault[] = []) {
  const [one, other] = twoReplicas()
  const faultsIn = (store: typeof one) => ({ ...store, faults: createFaults(start, { store: store.of('') }) })
  return [faultsIn(one), faultsIn(other)] as const
}

test('a fault that fires three times fires three times, however many replicas meet it at once', async () => {
  const [one, other] = replicasWith()
  await one.faults.arm(wanted)
  await one.replicas.settle()
  await other.replicas.refresh()
  const both = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? one : other))
  const met = await Promise.all(both.map(({ faults }) => faults.of('idp').meet(message)))
  expect(met.filter((each) => each !== undefined)).toHaveLength(3)
  expect(await other.faults.list()).toMatchObject([{ id: 'f1', fired: 3 }])
})

test('faults that replicas arm at once have names of their own, and a reset at one is one at the other', async () => {
  const [one, other] = replicasWith([wanted])
  const armed = await Promise.all([one.faults.arm(wanted), other.faults.arm(wanted)])
  expect(armed.map((each) => each?.id).sort()).toEqual(['f2', 'f3'])
  await Promise.all([one.replicas.settle(), other.replicas.settle()])
  await one.replicas.refresh()
  await one.faults.of('idp')?.meet(message)
  expect((await one.faults.reset()).map(({ id }) => id)).toEqual(['f2', 'f3'])
  await one.replicas.settle()
  await other.replicas.refresh()
  expect(await other.faults.list()).toMatchObject([{ id: 'f1', fired: 0 }])
})

test('of a fault that replicas have disarmed nothing is left', async () => {
  const [one, other] = replicasWith()
  await one.faults.arm(wanted)
  await one.faults.of('idp').meet(message)
  await one.replicas.settle()
  await other.replicas.refresh()
  expect(await other.faults.disarm('f1')).toBe(true)
  const counts = one.of('').records<number>({ name: 'fault-counts', clock: systemClock, capacity: 1 })
  expect(await counts.list()).toEqual([])
})
