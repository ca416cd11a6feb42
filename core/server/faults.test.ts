import { expect, test } from 'vitest'
import { createFaults, mostFaults, type WantedFault } from './faults.ts'

const one = { signature: 'none' }
const wanted = (given: Partial<WantedFault> = {}): WantedFault => ({
  ...{ party: 'idp', on: 'LogoutRequest', times: 1, change: one },
  ...given,
})
const message = { on: 'LogoutRequest', to: 'urn:one' }

test('a message takes the first armed fault that matches, and two of one match are a queue', () => {
  const faults = createFaults()
  faults.arm(wanted({ on: 'Response' }))
  faults.arm(wanted({ to: 'urn:two' }))
  faults.arm(wanted({ party: 'wiki' }))
  const ids = [faults.arm(wanted({ to: 'urn:one' })), faults.arm(wanted({ times: 2 }))].map((each) => each?.id)
  const idp = faults.of('idp')
  const met = [1, 2, 3, 4].map(() => idp.meet(message)?.id)
  expect([ids, met]).toEqual([
    ['f4', 'f5'],
    ['f4', 'f5', 'f5', undefined],
  ])
})

test('a used-up fault stays listed with how often it fired, and one that is always armed goes on', () => {
  const faults = createFaults()
  faults.arm(wanted())
  faults.arm(wanted({ times: 'always', to: 'urn:one' }))
  for (let each = 0; each < 4; each++) faults.of('idp').meet(message)
  const { change } = wanted()
  const both = { party: 'idp', on: 'LogoutRequest', change, notMade: [] }
  expect(faults.list()).toEqual([
    { ...both, id: 'f1', to: null, times: 1, fired: 1 },
    { ...both, id: 'f2', to: 'urn:one', times: 'always', fired: 3 },
  ])
})

test('a fault that could not be made counts as unused, keeps why, and is met by the next message', () => {
  const faults = createFaults()
  faults.arm(wanted())
  const why = [{ key: 'escapes', why: 'by SOAP there is no query' }]
  faults.of('idp').meet(message)?.giveBack(why)
  expect(faults.list()).toMatchObject([{ fired: 0, notMade: why }])
  expect(faults.of('idp').meet(message)?.change).toBe(one)
  expect(faults.list()).toMatchObject([{ fired: 1, notMade: [] }])
})

test('what is disarmed is met by nobody, and the others stay', () => {
  const faults = createFaults()
  const idp = faults.of('idp')
  for (const times of [1, 2, 3]) faults.arm(wanted({ times }))
  expect([faults.disarm('f1'), faults.disarm('f1'), faults.disarm('f9')]).toEqual([true, false, false])
  expect([idp.meet(message)?.id, faults.list().map(({ id }) => id)]).toEqual(['f2', ['f2', 'f3']])
  faults.disarmAll()
  expect([idp.meet(message), faults.list()]).toEqual([undefined, []])
})

test('a reset arms again what was armed from the start, and nothing else, and tells what never fired', () => {
  const faults = createFaults([wanted(), wanted({ on: 'Response' })])
  const before = faults.list()
  faults.arm(wanted({ to: 'urn:two' }))
  faults.of('idp').meet(message)
  expect(faults.reset().map(({ id }) => id)).toEqual(['f2', 'f3'])
  expect(faults.list()).toEqual(before)
})

test('there are so many faults at most, and another one changes nothing', () => {
  const faults = createFaults(Array.from({ length: mostFaults }, () => wanted()))
  expect(faults.arm(wanted())).toBeUndefined()
  expect(faults.list()).toHaveLength(mostFaults)
})

test('the end ends all waiting, and warns once of what never fired', async () => {
  const lines: unknown[] = []
  const silent = () => undefined
  const log = { info: silent, error: silent, warn: (...line: unknown[]) => void lines.push(line) }
  const faults = createFaults([wanted(), wanted({ on: 'Response' })], log)
  faults.of('idp').meet(message)
  const waiting = faults.of('idp').wait(86_400_000)
  faults.close()
  faults.close()
  const facts = { code: 'FAULT_UNUSED', fault: 'f2', party: 'idp', on: 'Response' }
  expect([await waiting, lines]).toEqual([false, [[facts, 'the fault f2 (Response of idp) never fired']]])
})

test('a wait ends in its time, or when its own signal says so', async () => {
  const { wait } = createFaults().of('idp')
  expect([await wait(1), await wait(86_400_000, AbortSignal.abort())]).toEqual([true, false])
})
