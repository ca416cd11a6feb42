import { expect, test } from 'vitest'
import { type RunAllOptions, runAll } from './run-all.ts'
import { type Asked, brokenOff, notRun, type ScenarioResult } from './scenario-result.ts'

const asked = (id: string, more: Partial<Asked['scenario']> = {}): Asked => ({
  ...{ round: 1, rounds: 1 },
  scenario: { id, title: id, clauses: [], steps: [], expected: {}, ...more },
})
const [a, b, c, d] = [asked('a'), asked('b'), asked('c'), asked('d')] as const

const held = (each: Asked): ScenarioResult => ({ ...notRun(each, ''), outcome: 'held', reason: null })

/** Scenarios that are over when the test says so. */
function teller() {
  const begun: string[] = []
  const ends = new Map<string, (result: ScenarioResult) => void>()
  return {
    begun,
    end: (each: Asked, result = held(each)) => ends.get(each.scenario.id)?.(result),
    tell: (each: Asked) => {
      begun.push(each.scenario.id)
      return new Promise<ScenarioResult>((resolve) => ends.set(each.scenario.id, resolve))
    },
  }
}

const usual = { driver: 'http', concurrency: 2, stop: new AbortController().signal } as const
const said = ({ scenario, outcome, reason }: ScenarioResult) => [scenario.id, outcome, reason]

async function all(each: readonly Asked[], options: Partial<RunAllOptions>) {
  const results: unknown[] = []
  for await (const result of runAll(each, { ...usual, tell: async (one) => held(one), ...options })) {
    results.push(said(result))
  }
  return results
}

test('no more are told at a time than may be, and each result comes once it is there', async () => {
  const { begun, end, tell } = teller()
  const running = runAll([a, b, c], { ...usual, tell })
  const first = running.next()
  expect(begun).toEqual(['a', 'b'])
  end(b)
  expect(said((await first).value)).toEqual(['b', 'held', null])
  const second = running.next()
  expect(begun).toEqual(['a', 'b', 'c'])
  end(a)
  end(c)
  expect([(await second).value, (await running.next()).value].map(said)).toEqual([
    ['a', 'held', null],
    ['c', 'held', null],
  ])
  expect((await running.next()).done).toBe(true)
})

test('a scenario for another driver is not run, with the reason', async () => {
  const onlyIn = { driver: 'browser', because: 'it is about frames' } as const
  expect(await all([asked('frames', { onlyIn }), a], {})).toEqual([
    ['frames', 'notRun', 'only by --driver browser: it is about frames'],
    ['a', 'held', null],
  ])
})

test('where there is no browser nothing is run, and each says why', async () => {
  const onlyIn = { driver: 'http', because: 'it is about octets' } as const
  expect(await all([asked('octets', { onlyIn }), a], { driver: 'browser', missing: 'there is none' })).toEqual([
    ['octets', 'notRun', 'only by --driver http: it is about octets'],
    ['a', 'notRun', 'there is none'],
  ])
})

test.each<[string, Asked['scenario']['given'], string | null]>([
  ['7.13', {}, 'an application needs Elasticsearch 7.14 or later'],
  ['7.13', { realms: [] }, null],
  ['7.13', { es: { version: '9.2' } }, null],
  ['7.14', {}, null],
])(
  'with an Elasticsearch %s beside %j what keeps a scenario from being told is: %s',
  async (esVersion, given = {}, reason) => {
    expect(await all([asked('a', { given })], { esVersion })).toEqual([
      ['a', reason === null ? 'held' : 'notRun', reason],
    ])
  },
)

test('what only Chromium can do is not told in another browser', async () => {
  const blocked = asked('cookies', { conditions: { browser: { thirdPartyCookies: 'blocked' } } })
  const engine = 'firefox'
  const results = await all([blocked, asked('a')], { driver: 'browser', engine })
  expect(results).toEqual([
    ['cookies', 'notRun', 'only Chromium can be told to block third-party cookies, not firefox'],
    ['a', 'held', null],
  ])
})

test('after --bail what is under way is told to its end, and the rest is not run', async () => {
  const { begun, end, tell } = teller()
  const running = runAll([a, b, c, d], { ...usual, bail: true, tell })
  const first = running.next()
  end(a, brokenOff(a, 'no'))
  expect(said((await first).value)).toEqual(['a', 'differs', null])
  const second = running.next()
  end(b)
  expect(said((await second).value)).toEqual(['b', 'held', null])
  expect([(await running.next()).value, (await running.next()).value].map(said)).toEqual([
    ['c', 'notRun', '--bail, since a did not hold'],
    ['d', 'notRun', '--bail, since a did not hold'],
  ])
  expect(begun).toEqual(['a', 'b'])
})

test('a run that is stopped ends at once, whatever is under way', async () => {
  const stop = new AbortController()
  const { begun, tell } = teller()
  const running = runAll([a, b, c], { ...usual, stop: stop.signal, tell })
  const next = running.next()
  stop.abort()
  expect((await next).done).toBe(true)
  expect(begun).toEqual(['a', 'b'])
})
