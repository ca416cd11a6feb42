import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { builtSloop, exitCode } from '../../harness/cli/sloop-process.test-support.ts'
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

interface Result {
  readonly id: string
  readonly outcome: string
}

test('every scenario holds without a browser, but for those that are about one', async () => {
  const sloop = builtSloop(['run', '--reporter', 'json'])
  const [code, stdout] = await Promise.all([exitCode(sloop), text(sloop.stdout)])
  const { results }: { results: readonly Result[] } = JSON.parse(stdout)
  const aboutABrowser = catalogue.filter(({ onlyIn }) => onlyIn?.driver === 'browser').map(({ id }) => id)
  expect(results.filter(({ id, outcome }) => outcome !== 'held' && !aboutABrowser.includes(id))).toEqual([])
  expect(results.filter(({ outcome }) => outcome === 'held').length).toBe(catalogue.length - aboutABrowser.length)
  expect(code).toBe(0)
}, 300_000)
