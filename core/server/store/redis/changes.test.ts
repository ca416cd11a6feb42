import { expect, test } from 'vitest'
import { settableClock } from '../../clock.ts'
import type { SharedMap } from '../shared-map.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import { testStores } from '../stores.test-support.ts'
import type { RedisConnection } from './redis-connection.ts'

/** What several requests at one replica change at once. */

const { twoReplicas, connection } = testStores()

/** Two replicas with one entry in the journal, at an engine that refuses what `isRefused` says. */
async function scene() {
  const engine = { isAway: false }
  const run: RedisConnection['run'] = async (script, ...words) => {
    if (engine.isAway && !script.text.includes('XRANGE')) throw new StoreUnavailable('the engine is away')
    return connection().run(script, ...words)
  }
  const [one, other] = twoReplicas((same) => ({ ...same, run }))
  const mapOf = ({ of }: typeof one): SharedMap<string> => of('idp').sharedMap<string>({ name: 'users' })
  const [map, otherMap] = [mapOf(one), mapOf(other)]
  one.journal.of('idp', settableClock(0)).note({ what: 'call', id: 'a' })
  await one.replicas.settle()
  const seenByOther = async () => {
    await Promise.all([other.replicas.refresh(), other.journal.catchUp()])
    return [otherMap.entries(), other.journal.since().map(({ what }) => what)]
  }
  return { engine, one, other, map, otherMap, seenByOther }
}

function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

const nothing = async () => undefined

test('what a request changes is not written by the answer of another, and not at all where its own is that the store is away', async () => {
  const { one, map, seenByOther } = await scene()
  const { open, opened } = gate()
  const failing = one.replicas.step(async () => {
    map.put('dora', '1')
    one.journal.reset()
    await opened
    throw new StoreUnavailable('a session cannot be cleared')
  })
  await one.replicas.step(nothing)
  expect(await seenByOther()).toEqual([[], ['call']])
  open()
  await expect(failing).rejects.toThrow('a session cannot be cleared')
  await one.replicas.step(nothing)
  await one.replicas.refresh()
  expect(await seenByOther()).toEqual([[], ['call']])
  expect(map.entries()).toEqual([])
})

test('what a request changed is there when it is answered, though the answer of another failed in between', async () => {
  const { engine, one, map, seenByOther } = await scene()
  const { open, opened } = gate()
  const first = one.replicas.step(async () => {
    map.put('dora', '1')
    one.journal.reset()
    await opened
  })
  engine.isAway = true
  const failing = one.replicas.step(async () => void map.put('emil', '2'))
  await expect(failing).rejects.toThrow('the engine is away')
  engine.isAway = false
  await one.replicas.refresh()
  open()
  await first
  expect(await seenByOther()).toEqual([[['dora', '1']], ['reset']])
  await one.replicas.refresh()
  expect(map.entries()).toEqual([['dora', '1']])
})

test('a request that is refused for another reason keeps what it changed before, as in one process', async () => {
  const { one, map, seenByOther } = await scene()
  const refused = one.replicas.step(async () => {
    map.put('dora', '1')
    throw new Error('there is no such user')
  })
  await expect(refused).rejects.toThrow('there is no such user')
  expect(await seenByOther()).toEqual([[['dora', '1']], ['call']])
})

test('of two requests that change the same at one replica the one that is written later is what all have', async () => {
  const { one, map, seenByOther } = await scene()
  const { open, opened } = gate()
  const slow = one.replicas.step(async () => {
    map.put('dora', 'slow')
    await opened
  })
  await one.replicas.step(async () => void map.put('dora', 'quick'))
  open()
  await slow
  await one.replicas.refresh()
  expect([map.entries(), await seenByOther()]).toEqual([[['dora', 'slow']], [[['dora', 'slow']], ['call']]])
})

test('what others wrote while a change was on its way is read, also of the same thing', async () => {
  const { one, other, map, otherMap } = await scene()
  const { open, opened } = gate()
  const slow = one.replicas.step(async () => {
    map.put('dora', 'slow')
    await opened
  })
  await other.replicas.step(async () => void otherMap.put('dora', 'other'))
  await one.replicas.refresh()
  expect(map.get('dora')).toBe('slow')
  const reading = one.replicas.refresh()
  open()
  await Promise.all([slow, reading])
  await other.replicas.step(async () => void otherMap.put('dora', 'last'))
  await one.replicas.refresh()
  expect(map.get('dora')).toBe('last')
})

test('what is changed once a request has been answered, or in none, is written with the next', async () => {
  const { one, map, seenByOther } = await scene()
  const { open, opened } = gate()
  let late: Promise<unknown> = opened
  await one.replicas.step(async () => {
    late = opened.then(() => map.put('dora', 'late'))
  })
  open()
  await late
  expect(await seenByOther()).toEqual([[], ['call']])
  await one.replicas.step(async () => void map.put('emil', 'next'))
  expect((await seenByOther())[0]).toEqual([
    ['dora', 'late'],
    ['emil', 'next'],
  ])
})

test('a step in a step has changes of its own', async () => {
  const { one, other, map, otherMap, seenByOther } = await scene()
  const failing = one.replicas.step(async () => {
    map.put('dora', 'outer')
    await one.replicas.step(async () => void map.put('emil', 'inner'))
    await other.replicas.step(async () => void otherMap.put('fritz', 'other'))
    throw new StoreUnavailable('gone')
  })
  await expect(failing).rejects.toThrow('gone')
  const [users] = await seenByOther()
  expect(new Map(users as [string, string][])).toEqual(
    new Map([
      ['emil', 'inner'],
      ['fritz', 'other'],
    ]),
  )
})

test('what was changed in no request is not undone by one that failed', async () => {
  const { one, map, seenByOther } = await scene()
  map.put('dora', '1')
  const failing = one.replicas.step(async () => {
    map.put('emil', '2')
    throw new StoreUnavailable('gone')
  })
  await expect(failing).rejects.toThrow('gone')
  await one.replicas.settle()
  expect((await seenByOther())[0]).toEqual([['dora', '1']])
})

test('where the engine got other data while a request reset the journal alone, the settings are those that stand there', async () => {
  const { one, other, map, otherMap } = await scene()
  await one.replicas.step(async () => void map.put('dora', 'before'))
  await one.replicas.step(async () => {
    await connection().send('', ['FLUSHALL'])
    await other.replicas.refresh()
    await other.replicas.step(async () => void otherMap.put('dora', 'other'))
    one.journal.reset()
  })
  await one.replicas.refresh()
  expect(map.entries()).toEqual([['dora', 'other']])
})
