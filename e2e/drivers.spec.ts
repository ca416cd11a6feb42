import { expect, test } from 'playwright/test'
import { browsersOf } from 'sloop/scenarios'
import { type Sites, startSites, tellRule } from '../scenarios/drivers/agreement.test-support.ts'
import { cookieRules } from '../scenarios/drivers/cookie-rules.test-support.ts'
import { historyRules } from '../scenarios/drivers/history-rules.test-support.ts'
import { pageRules } from '../scenarios/drivers/page-rules.test-support.ts'

// One set of sites is enough for all.
test.describe.configure({ mode: 'default' })

let sites: Sites
test.beforeAll(async () => {
  sites = await startSites()
})
test.afterAll(() => sites.close())

// What the driver without a browser most has to imitate, and what the driver of a browser does by itself. It is held to all rules in
// scenarios/drivers/http-browser.test.ts; Chromium has been, too, and takes half a minute for them: who changes a driver tells them all by widening this.
const chosen: ReadonlySet<string> = new Set([
  'which cookies go along depends on SameSite, on who began, and on the pages around a frame',
  'where third-party cookies are blocked, none goes along into a frame of another site',
  'cookies that are set aside are those of one host, and come back as they were',
  'a page that was posted is not posted again by going back, and the one before it is asked for next',
  'a POST that is pressed twice is sent twice with the same cookies, and the second is followed',
  'where no answer comes that is the page, and the one before is a step back',
])

const rules = [...cookieRules, ...historyRules, ...pageRules].filter(({ title }) => chosen.has(title))

test('each rule that was chosen is there', () => {
  expect(rules.length).toBe(chosen.size)
})

for (const rule of rules) {
  test(rule.title, async ({ browser: chromium }) => {
    const browser = await browsersOf(chromium)(rule.conditions ?? {})
    expect(await tellRule(rule, { browser, sites })).toEqual(rule.expected)
    await browser.close()
  })
}
