import { expect, type Page, test } from 'playwright/test'
import { startLab } from 'sloop'

test.use({ javaScriptEnabled: false })

async function logIn(page: Page, url: string | undefined): Promise<void> {
  await page.goto(`${url}/`)
  await page.getByRole('link', { name: 'Log in' }).click()
}

async function finishLogin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
}

test('with scripts off, a person logs in and out of a partner by buttons and links', async ({ page }) => {
  await using lab = await startLab({ applications: [], partners: [{ name: 'wiki' }] })
  await logIn(page, lab.partnerUrls['wiki'])
  await page.getByRole('button', { name: 'alice' }).click()
  await finishLogin(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('The identity provider confirmed the logout.')).toBeVisible()
  await page.getByRole('link', { name: 'Home' }).click()
  await expect(page.getByRole('heading', { name: 'Nobody is signed in here' })).toBeVisible()
})

test('one sign-in serves two partners, and of the logout everywhere a lying one keeps its session', async ({
  page,
}) => {
  await using lab = await startLab({
    applications: [],
    partners: [{ name: 'wiki' }, { name: 'mail', temper: 'lying' }],
  })
  const { wiki, mail } = lab.partnerUrls
  await logIn(page, wiki)
  await page.getByRole('button', { name: 'alice' }).click()
  await finishLogin(page)
  await logIn(page, mail)
  await finishLogin(page)
  await page.goto(lab.idpUrl)
  await page.getByRole('button', { name: 'Log out everywhere' }).click()
  await expect(page.getByText('Every service provider confirmed the logout.')).toBeVisible()
  await page.goto(`${wiki}/`)
  await expect(page.getByRole('heading', { name: 'Nobody is signed in here' })).toBeVisible()
  await page.goto(`${mail}/`)
  await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
})
