import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { compareDrivers, getScenario, type LaunchedBrowsers, launchBrowsers } from 'sloop/scenarios'

// One process of the browser, and one set of keys, is enough for all.
test.describe.configure({ mode: 'default' })

/** Of each family one, and those of which browsers have their own opinion. */
const told = [
  'login/sp-initiated',
  'logout/idp-initiated-at-two-applications',
  'signature/lower-case-escapes',
  'principal/wrong-session-index',
  'time/past-its-end',
  'encoding/comment-in-the-name',
  'network/parameters-in-another-order',
  'network/connection-reset',
  'partners/portal-logs-out-of-both',
  'browser/frames-lax-blocked',
  'browser/double-click',
  'browser/back-after-the-logout',
]

let browsers: LaunchedBrowsers
const keysFolder = mkdtempSync(join(tmpdir(), 'sloop-two-drivers-'))
test.beforeAll(async () => {
  const { executablePath } = test.info().project.use.launchOptions ?? {}
  browsers = await launchBrowsers(executablePath === undefined ? {} : { executablePath })
})
test.afterAll(async () => {
  await browsers.close()
  rmSync(keysFolder, { recursive: true })
})

// All of the catalogue: npm run drivers.
for (const id of told) {
  test(`it is one story without a browser and in Chromium: ${id}`, async () => {
    expect(await compareDrivers(getScenario(id), { openBrowser: browsers.open, keysFolder })).toEqual([])
  })
}
