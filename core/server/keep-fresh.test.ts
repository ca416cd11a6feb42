import { expect, test } from 'vitest'
import { keepFresh } from './keep-fresh.ts'
import { silentLog } from './logging.ts'
import { pausesByHand } from './pauses.test-support.ts'

const times = { freshMs: () => 60_000, retryMs: () => 5_000 }

test('what is there is loaded again whenever it is not fresh any more, sooner behind a failure', async () => {
  const { pause, next } = pausesByHand()
  const stopped = new AbortController()
  const warned: unknown[] = []
  const log = { ...silentLog, warn: (...line: unknown[]) => warned.push(line) }
  const outcomes = ['there', 'gone', 'there']
  const load = async () => {
    if (outcomes.shift() === 'gone') throw Object.assign(new Error('nobody is there'), { code: 'GONE' })
  }
  const done = keepFresh(load, { log, what: 'the list', signal: stopped.signal, pause, ...times })
  const seen: number[] = []
  for (let turn = 0; turn < 4; turn += 1) {
    const { ms, end } = await next()
    seen.push(ms)
    if (turn === 3) stopped.abort()
    end()
  }
  await done
  expect([seen, outcomes]).toEqual([[60_000, 60_000, 5_000, 60_000], []])
  expect(warned).toEqual([
    [{ code: 'GONE', failure: 'nobody is there' }, 'refreshing the list failed, what is there stays in use'],
  ])
})

test('nothing is loaded and nothing waited for once the signal has come', async () => {
  let loads = 0
  const load = async () => {
    loads += 1
  }
  await keepFresh(load, { log: silentLog, what: 'the list', signal: AbortSignal.abort(), ...times })
  expect(loads).toBe(0)
})
