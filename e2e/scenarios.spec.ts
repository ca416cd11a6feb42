import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { getScenario, type LaunchedBrowsers, launchBrowsers, runScenario } from 'sloop/scenarios'

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
  'browser/frames-strict-allowed',
  'browser/without-scripts',
  'browser/second-tab-after-the-logout',
  'browser/double-click',
  'browser/back-after-the-logout',
]

// One process of the browser is enough for all.
test.describe.configure({ mode: 'default' })

let browsers: LaunchedBrowsers
let keysFolder: string
test.beforeAll(async () => {
  keysFolder = mkdtempSync(join(tmpdir(), 'sloop-scenarios-'))
  const { executablePath } = test.info().project.use.launchOptions ?? {}
  browsers = await launchBrowsers(executablePath === undefined ? {} : { executablePath })
})
test.afterAll(async () => {
  await browsers.close()
  rmSync(keysFolder, { recursive: true })
})

// C103: logout by Redirect in both directions, in a browser.
for (const scenario of chosen.map(getScenario)) {
  test(scenario.title, async () => {
    const { differences } = await runScenario(scenario, { openBrowser: browsers.open, keysFolder })
    expect(differences).toEqual([])
  })
}
