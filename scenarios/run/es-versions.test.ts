import { expect, test } from 'vitest'
import { getScenario } from '../catalogue/index.ts'
import { httpBrowsers } from '../drivers/http-browser.ts'
import { runAll } from './run-all.ts'
import { tell } from './tell.ts'

/** Beside the recent profile, in which all are told anyhow: both logouts, and of each call to a logout API what is refused: its status is another in each profile. */
const chosen = [
  'logout/sp-initiated',
  'logout/idp-initiated',
  'logout/sp-initiated-by-a-careful-application',
  'signature/none',
  'signature/sent-with-other-escapes',
  'encoding/garbage',
  'principal/encrypted-name-without-a-key',
  'answer/unsigned',
  'answer/responder-with-partial-logout',
].map((id) => ({ scenario: getScenario(id), round: 1, rounds: 1 }))

const bothLogouts = chosen.slice(0, 2)

test.each([
  ['7.14', bothLogouts],
  ['7.17', chosen],
  ['8.19', chosen],
])(
  'with an Elasticsearch %s logouts work, and what is refused is refused as there',
  async (esVersion, asked) => {
    const running = runAll(asked, {
      ...{ driver: 'http', concurrency: 4, esVersion, stop: new AbortController().signal },
      tell: (each) => tell(each, { openBrowser: httpBrowsers, esVersion, looks: false }),
    })
    const told: unknown[] = []
    for await (const { scenario, outcome, differences } of running) told.push([scenario.id, outcome, differences])
    expect(told.toSorted()).toEqual(asked.map(({ scenario }) => [scenario.id, 'held', []]).toSorted())
  },
  60_000,
)
