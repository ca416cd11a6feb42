import { expect, type Page, test } from 'playwright/test'
import { type Lab, startLab } from 'sloop'

test.use({ javaScriptEnabled: false })

async function logIn(page: Page, { appUrl }: Lab): Promise<void> {
  await page.goto(`${appUrl}/`)
  // The page that would save what stands behind the # of the address.
  await page.getByRole('link', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'alice' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
}

test('with scripts off, a person logs in and out of the application by buttons and links', async ({ page }) => {
  await using lab = await startLab()
  await logIn(page, lab)
  await page.getByRole('link', { name: 'Log out' }).click()
  await page.getByRole('link', { name: 'Continue' }).click()
  // The answer of the IdP comes back to the same page.
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'You are logged out' })).toBeVisible()
})

test('with scripts off, a person logs out everywhere by buttons and links', async ({ page }) => {
  await using lab = await startLab()
  await logIn(page, lab)
  await page.goto(`${lab.idpUrl}/`)
  await page.getByRole('button', { name: 'Log out everywhere' }).click()
  await page.getByRole('link', { name: 'Continue' }).click()
  await expect(page.getByText('Every service provider confirmed the logout.')).toBeVisible()
})
