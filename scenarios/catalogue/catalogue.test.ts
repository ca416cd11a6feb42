import { expect, test } from 'vitest'
import { httpBrowsers } from '../drivers/http-browser.ts'
import { runAll } from '../run/run-all.ts'
import { tell } from '../run/tell.ts'
import { catalogue, getScenario } from './index.ts'

test('a scenario is found by its id', () => {
  expect(getScenario('logout/sp-initiated').title).toContain('ends its session, its tokens')
  expect(() => getScenario('logout/never')).toThrow(new TypeError('there is no scenario [logout/never]'))
})

test('no two scenarios have one id or one title', () => {
  const ids = catalogue.map(({ id }) => id)
  const titles = catalogue.map(({ title }) => title)
  expect([new Set(ids).size, new Set(titles).size]).toEqual([catalogue.length, catalogue.length])
})

test('every scenario holds without a browser, but for those that are about one', async () => {
  const asked = catalogue.map((scenario) => ({ scenario, round: 1, rounds: 1 }))
  const running = runAll(asked, {
    ...{ driver: 'http', concurrency: 4, stop: new AbortController().signal },
    tell: (each) => tell(each, { openBrowser: httpBrowsers }),
  })
  const held: string[] = []
  const others: unknown[] = []
  for await (const { scenario, outcome, differences, reason } of running) {
    if (outcome === 'held') held.push(scenario.id)
    else if (scenario.onlyIn?.driver !== 'browser') others.push({ id: scenario.id, differences, reason })
  }
  expect(others).toEqual([])
  expect(held.length).toBe(catalogue.filter(({ onlyIn }) => onlyIn?.driver !== 'browser').length)
}, 300_000)
