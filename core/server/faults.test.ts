import { expect, test } from 'vitest'
import { createFaults, mostFaults, type WantedFault } from './faults.ts'
import { createSharedMap } from './store/shared-map.ts'
import { createMemoryStore, type Store } from './store/store.ts'

const one = { signature: 'none' }
const wanted = (given: Partial<WantedFault> = {}): WantedFault => ({
  ...{ party: 'idp', on: 'LogoutRequest', times: 1, change: one },
  ...given,
})
const message = { on: 'LogoutRequest', to: 'urn:one' }

test('a message takes the first armed fault that matches, and two of one match are a queue', async () => {
  const faults = createFaults()
  await faults.arm(wanted({ on: 'Response' }))
  await faults.arm(wanted({ to: 'urn:two' }))
  await faults.arm(wanted({ party: 'wiki' }))
  const ids = [(await faults.arm(wanted({ to: 'urn:one' })))?.id, (await faults.arm(wanted({ times: 2 })))?.id]
  const idp = faults.of('idp')
  const met: unknown[] = []
  for (let each = 0; each < 4; each++) met.push((await idp.meet(message))?.id)
  expect([ids, met]).toEqual([
    ['f4', 'f5'],
    ['f4', 'f5', 'f5', undefined],
  ])
})

test('a used-up fault stays listed with how often it fired, and one that is always armed goes on', async () => {
  const faults = createFaults()
  await faults.arm(wanted())
  await faults.arm(wanted({ times: 'always', to: 'urn:one' }))
  for (let each = 0; each < 4; each++) await faults.of('idp').meet(message)
  const { change } = wanted()
  const both = { party: 'idp', on: 'LogoutRequest', change, notMade: [] }
  expect(await faults.list()).toEqual([
    { ...both, id: 'f1', to: null, times: 1, fired: 1 },
    { ...both, id: 'f2', to: 'urn:one', times: 'always', fired: 3 },
  ])
})

test('a fault that could not be made counts as unused, keeps why, and is met by the next message', async () => {
  const faults = createFaults()
  await faults.arm(wanted())
  const why = [{ key: 'escapes', why: 'by SOAP there is no query' }]
  await (await faults.of('idp').meet(message))?.giveBack(why)
  expect(await faults.list()).toMatchObject([{ fired: 0, notMade: why }])
  expect((await faults.of('idp').meet(message))?.change).toBe(one)
  expect(await faults.list()).toMatchObject([{ fired: 1, notMade: [] }])
})

test('what is disarmed is met by nobody, and the others stay', async () => {
  const faults = createFaults()
  const idp = faults.of('idp')
  for (const times of [1, 2, 3]) await faults.arm(wanted({ times }))
  expect([await faults.disarm('f1'), await faults.disarm('f1'), await faults.disarm('f9')]).toEqual([
    true,
    false,
    false,
  ])
  expect([(await idp.meet(message))?.id, (await faults.list()).map(({ id }) => id)]).toEqual(['f2', ['f2', 'f3']])
  await faults.disarmAll()
  expect([idp.meet(message), await faults.list()]).toEqual([undefined, []])
})

test('a reset arms again what was armed from the start, and nothing else, and tells what never fired', async () => {
  const faults = createFaults([wanted(), wanted({ on: 'Response' })])
  const before = await faults.list()
  await faults.arm(wanted({ to: 'urn:two' }))
  await faults.of('idp').meet(message)
  expect((await faults.reset()).map(({ id }) => id)).toEqual(['f2', 'f3'])
  expect(await faults.list()).toEqual(before)
})

test('there are so many faults at most, and another one changes nothing', async () => {
  const faults = createFaults(Array.from({ length: mostFaults }, () => wanted()))
  expect(await faults.arm(wanted())).toBeUndefined()
  expect(await faults.list()).toHaveLength(mostFaults)
})

/** More than there are counts of. */
test('a fault that an older release numbered keeps its place', async () => {
  const store: Store = {
    ...createMemoryStore(),
    sharedMap: (options) => {
      const map = createSharedMap(options)
      if (options.name === 'faults') map.put('f1', wanted({ to: 'urn:two' }) as never)
      return map
    },
  }
  const faults = createFaults([], { store })
  expect((await faults.arm(wanted()))?.id).toBe('f2')
  expect((await faults.list()).map(({ id, to }) => [id, to])).toEqual([
    ['f1', 'urn:two'],
    ['f2', null],
  ])
})

const many = Array.from({ length: 2 * mostFaults + 1 })

test('each fault has an id of its own, however many were fired and disarmed before', async () => {
  const faults = createFaults()
  const kept = await faults.arm(wanted({ to: 'urn:two' }))
  const ids = new Set([kept?.id])
  for (const _each of many) {
    const id = (await faults.arm(wanted()))?.id ?? ''
    await faults.of('idp').meet(message)
    await faults.disarm(id)
    ids.add(id)
  }
  expect([ids.size, await faults.list()]).toEqual([many.length + 1, [kept]])
})

test('a fault that is used up stays so, however many are fired and disarmed after it', async () => {
  const faults = createFaults()
  await faults.arm(wanted({ to: 'urn:one' }))
  await faults.of('idp').meet(message)
  for (const _each of many) {
    const id = (await faults.arm(wanted({ to: 'urn:two' })))?.id ?? ''
    await faults.of('idp').meet({ ...message, to: 'urn:two' })
    await faults.disarm(id)
  }
  expect([await faults.of('idp').meet(message), await faults.list()]).toMatchObject([
    undefined,
    [{ id: 'f1', fired: 1 }],
  ])
})

test('the end ends all waiting, and warns once of what never fired', async () => {
  const lines: unknown[] = []
  const silent = () => undefined
  const log = { info: silent, error: silent, warn: (...line: unknown[]) => void lines.push(line) }
  const faults = createFaults([wanted(), wanted({ on: 'Response' })], { log })
  await faults.of('idp').meet(message)
  const waiting = faults.of('idp').wait(86_400_000)
  await faults.close()
  await faults.close()
  const facts = { code: 'FAULT_UNUSED', fault: 'f2', party: 'idp', on: 'Response' }
  expect([await waiting, lines]).toEqual([false, [[facts, 'the fault f2 (Response of idp) never fired']]])
})

test('a wait ends in its time, or when its own signal says so', async () => {
  const { wait } = createFaults().of('idp')
  expect([await wait(1), await wait(86_400_000, AbortSignal.abort())]).toEqual([true, false])
})
