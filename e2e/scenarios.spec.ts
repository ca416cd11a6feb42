import { expect, test } from 'playwright/test'
import { browsersOf, getScenario, runScenario } from 'sloop/scenarios'

// Those that only a browser can prove: pages that go on by themselves, frames, forms, cookies, tabs and history. The whole catalogue takes three minutes in one,
// and is told there by hand: sloop run --driver browser.
const chosen = [
  'login/sp-initiated',
  // C103: logout by Redirect in both directions, in a browser.
  'logout/sp-initiated',
  'logout/idp-initiated-at-two-applications',
  'logout/idp-initiated-without-the-cookie-of-the-application',
  'address/request-by-post',
  'partners/portal-logs-out-of-both',
  'signature/raw-relay-state',
  'principal/one-of-two-logins',
  'network/connection-reset',
  'browser/without-scripts',
  'browser/second-tab-after-the-logout',
  'browser/double-click',
  'browser/back-after-the-logout',
]

// One process of the browser is enough for all.
test.describe.configure({ mode: 'default' })

for (const scenario of chosen.map(getScenario)) {
  test(scenario.title, async ({ browser }) => {
    const { differences } = await runScenario(scenario, { openBrowser: browsersOf(browser) })
    expect(differences).toEqual([])
  })
}
