import { expect, test } from 'playwright/test'
import { type LaunchedBrowsers, launchBrowsers } from 'sloop/scenarios'
import { type Sites, startSites, tellRule } from '../scenarios/drivers/agreement.test-support.ts'
import { cookieRules } from '../scenarios/drivers/cookie-rules.test-support.ts'
import { historyRules } from '../scenarios/drivers/history-rules.test-support.ts'
import { pageRules } from '../scenarios/drivers/page-rules.test-support.ts'

// One process of the browser is enough for all.
test.describe.configure({ mode: 'default' })

let browsers: LaunchedBrowsers
let sites: Sites
test.beforeAll(async () => {
  const { executablePath } = test.info().project.use.launchOptions ?? {}
  browsers = await launchBrowsers(executablePath === undefined ? {} : { executablePath })
  sites = await startSites()
})
test.afterAll(() => Promise.all([browsers.close(), sites.close()]))

// The driver without a browser is held to the same in scenarios/drivers/http-browser.test.ts.
for (const rule of [...cookieRules, ...historyRules, ...pageRules]) {
  test(rule.title, async () => {
    const browser = await browsers.open(rule.conditions ?? {})
    expect(await tellRule(rule, { browser, sites })).toEqual(rule.expected)
    await browser.close()
  })
}
