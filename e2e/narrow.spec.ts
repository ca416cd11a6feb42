import { expect, type Page, test } from 'playwright/test'
import { startLab } from 'sloop'

test.use({ viewport: { width: 360, height: 800 } })

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

test('on a narrow screen no page of a logout is wider than the screen, and each cell says what it is', async ({
  page,
}) => {
  await using lab = await startLab({
    applications: [],
    partners: [{ name: 'wiki' }, { name: 'mail', temper: 'silent' }],
    // Longer than the test may take: it is over once the clock of the IdP is moved.
    idp: { propagation: 'frames', participantTimeoutSeconds: 300 },
  })
  await page.goto(lab.idpUrl)
  await page.getByRole('button', { name: 'alice' }).click()
  for (const name of ['wiki', 'mail']) {
    await page.getByRole('button', { name: `Open ${name}` }).click()
    await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
    await page.goto(lab.idpUrl)
  }
  expect(await overflow(page)).toBe(0)
  await page.getByRole('button', { name: 'Log out everywhere' }).click()
  await expect(page.frameLocator('iframe[title="Logout at wiki"]').getByText('says Success')).toBeVisible()
  expect(await overflow(page)).toBe(0)
  await lab.journal.waitFor({ what: 'LogoutRequest', party: 'mail', timeoutMs: 60_000 })
  await lab.clocks.set('idp', { shiftMs: 300_000 })
  await page.reload()
  await expect(page.getByText('Partial logout: 1 of 2')).toBeVisible()
  expect(await overflow(page)).toBe(0)
  const cell = page.getByText('did not answer within 300 s')
  expect(await cell.evaluate((each) => getComputedStyle(each.closest('td') ?? each, '::before').content)).toBe(
    '"Answer"',
  )
})
