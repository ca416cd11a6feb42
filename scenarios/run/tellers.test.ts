import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import type { Scenario } from '../scenario/scenario.ts'
import { type Asked, notRun, type ScenarioResult } from './scenario-result.ts'
import { several, startThread, type Teller } from './tellers.ts'

const asked = (id: string): Asked => {
  const scenario: Scenario = { id: `test/${id}`, title: id, clauses: ['c'], steps: [], expected: {} }
  return { scenario, round: 1, rounds: 1 }
}

/** A thread that does this with each story it is sent; `told` is what comes of one that holds. */
function thread(act: string): Teller {
  const told = { outcome: 'held', differences: [] }
  const program = `const { parentPort } = require('node:worker_threads')
    parentPort.on('message', ({ number, asked, options }) => { const told = { ...asked, ...${JSON.stringify(told)} }; ${act} })`
  const teller = startThread({ keysFolder: '/keys' }, new Worker(program, { eval: true }))
  onTestFinished(() => teller.close())
  return teller
}

test('what another thread tells comes back with the story that was asked for, not with a copy', async () => {
  const teller = thread('parentPort.postMessage({ number, result: { ...told, reason: options.keysFolder } })')
  const [one, other] = [asked('one'), asked('other')]
  const results = await Promise.all([teller.tell(one), teller.tell(other)])
  expect(results.map(({ scenario }) => scenario)).toEqual([one.scenario, other.scenario])
  expect(results[1]?.scenario).toBe(other.scenario)
  expect(results[1]).toMatchObject({ outcome: 'held', reason: '/keys' })
})

test.each([
  ["throw new Error('no more')", 'the thread that tells it ended: no more'],
  ['process.exit(3)', 'the thread that tells it ended with 3'],
])('no story holds in a thread that ended by itself, whether it was told or not yet: %s', async (act, sentence) => {
  const teller = thread(act)
  const fallen = { outcome: 'differs', differences: [sentence] }
  expect(await teller.tell(asked('one'))).toMatchObject(fallen)
  expect(await teller.tell(asked('other'))).toMatchObject(fallen)
})

test('each story is told where the fewest are being told', async () => {
  const told: string[] = []
  const ends: (() => void)[] = []
  const teller = (name: string): Teller => ({
    tell: (each) => {
      told.push(`${each.scenario.title} by ${name}`)
      return new Promise<ScenarioResult>((resolve) => ends.push(() => resolve(notRun(each, 'it is none'))))
    },
    close: async () => undefined,
  })
  const both = several([teller('first'), teller('second')])
  const [one] = [both.tell(asked('one')), both.tell(asked('two'))]
  ends[0]?.()
  await one
  void both.tell(asked('three'))
  expect(told).toEqual(['one by first', 'two by second', 'three by first'])
})
