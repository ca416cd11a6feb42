import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sites, startSites, tellRule } from './agreement.test-support.ts'
import { cookieRules } from './cookie-rules.test-support.ts'
import { historyRules } from './history-rules.test-support.ts'
import { httpBrowsers } from './http-browser.ts'
import { pageRules } from './page-rules.test-support.ts'

let sites: Sites
beforeAll(async () => {
  sites = await startSites()
})
afterAll(() => sites.close())

// Chromium is held to the same in e2e/drivers.spec.ts.
test.each([...cookieRules, ...historyRules, ...pageRules])('$title', async (rule) => {
  const browser = await httpBrowsers(rule.conditions ?? {})
  expect(await tellRule(rule, { browser, sites })).toEqual(rule.expected)
})
