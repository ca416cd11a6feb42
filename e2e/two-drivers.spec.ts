import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { browsersOf, compareDrivers, getScenario } from 'sloop/scenarios'

// One set of keys is enough for all.
test.describe.configure({ mode: 'default' })

/** Those in which the two have to do different things, and no two requests race; Chromium takes two seconds for each, and all of them are told by `npm run drivers`. */
const told = [
  'login/sp-initiated',
  'logout/idp-initiated-at-two-applications',
  'signature/lower-case-escapes',
  'network/parameters-in-another-order',
  'network/connection-reset',
  'partners/portal-logs-out-of-both',
  'browser/frames-lax-blocked',
  'browser/without-scripts',
  'browser/second-tab-after-the-logout',
  'browser/back-after-the-logout',
]

let keysFolder: string
test.beforeAll(() => {
  keysFolder = mkdtempSync(join(tmpdir(), 'sloop-two-drivers-'))
})
test.afterAll(() => rmSync(keysFolder, { recursive: true }))

for (const id of told) {
  // C103: logout by Redirect in both directions, in a browser.
  test(`it is one story without a browser and in Chromium: ${id}`, async ({ browser }) => {
    const openBrowser = browsersOf(browser)
    expect(await compareDrivers(getScenario(id), { openBrowser, keysFolder })).toEqual([])
  })
}
