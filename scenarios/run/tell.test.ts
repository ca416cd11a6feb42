import { expect, test } from 'vitest'
import { httpBrowsers } from '../drivers/http-browser.ts'
import type { UserAgent } from '../drivers/user-agent.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { open, press } from '../scenario/steps.ts'
import { tell } from './tell.ts'

const given = { applications: [] }
const scenario: Scenario = {
  ...{ id: 'test/portal', title: 'the portal is there', clauses: [], given },
  ...{ steps: [open('portal')], expected: { claim: 'sloop' } },
}
const told = (more: Partial<Scenario>, options: Partial<Parameters<typeof tell>[1]> = {}) =>
  tell({ scenario: { ...scenario, ...more }, round: 1, rounds: 1 }, { openBrowser: httpBrowsers, ...options })

const browsersThatShow =
  (screenshot: UserAgent['screenshot']): typeof httpBrowsers =>
  async (conditions) =>
    Object.assign(await httpBrowsers(conditions), { screenshot })

test.each([
  [given, '7.17'],
  [{ ...given, es: { version: '8.19' } }, '8.19'],
])('in the world %j it is told with an Elasticsearch %s, since 7.17 was asked for', async (world, version) => {
  const { outcome, sight } = await told({ given: world }, { esVersion: '7.17' })
  const es = sight.world.parties.find(({ role }) => role === 'es')
  expect([outcome, es?.version]).toEqual(['held', version])
})

test('a step that cannot be taken is a difference, in the sentence that says why, and what was seen until then is told', async () => {
  const { outcome, differences, sight } = await told({ steps: [open('portal'), press('nothing')] })
  expect([outcome, differences]).toEqual(['differs', [expect.stringContaining('has no control [nothing]')]])
  expect(sight.world.parties.map(({ name }) => name)).toContain('idp')
})

test('a picture of each browser is taken before it closes, and one that shows none is no reason not to hold', async () => {
  const png = Buffer.from('png')
  const screenshots: UserAgent['screenshot'][] = [async () => png, () => Promise.reject(new Error('the page is gone'))]
  for (const screenshot of screenshots) {
    const openBrowser = browsersThatShow(screenshot)
    const { outcome, sight } = await told({}, { openBrowser })
    expect([outcome, sight.pictures]).toEqual([
      'held',
      screenshot === screenshots[0] ? [{ browser: 'first', png }] : [],
    ])
  }
})

test('where no report shows it nobody looks', async () => {
  let looks = 0
  const screenshot = async () => {
    looks += 1
    return undefined
  }
  const openBrowser = browsersThatShow(screenshot)
  const { outcome, sight } = await told({}, { openBrowser, looks: false })
  expect([outcome, looks, sight]).toEqual(['held', 0, { world: { parties: [], realms: [] }, pictures: [] }])
})
