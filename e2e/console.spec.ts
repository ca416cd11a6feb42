import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from 'playwright/test'
import { startLab } from 'sloop'

/** Whatever the policy of a page had to stop, or a page of ours failed at. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('dialog', (dialog) => {
    complaints.push(`a script of a peer ran: ${dialog.message()}`)
    return dialog.dismiss()
  })
  return complaints
}

async function looksRight(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  expect(isWider).toBe(false)
}

test('a person watches a login, a logout and a refusal as they happen, and reads what was refused', async ({
  page,
}) => {
  await using lab = await startLab({ partners: [{ name: 'wiki' }] })
  const complaints = complaintsOf(page)
  await page.goto(`${lab.idpUrl}/_sloop/`)
  await expect(page.getByText('Nothing has been sent yet.')).toBeVisible()
  await expect(page.getByText('● live')).toBeVisible()

  const { form } = await lab.idp.signIn({ user: 'bob', to: lab.appUrl })
  const sent = page.getByRole('link', { name: 'Response from idp to app' })
  await expect(sent).toBeVisible()
  await expect(page.getByRole('status')).toContainText('1 new')
  expect(Object.keys(form.fields)).toContain('SAMLResponse')

  await page.getByRole('button', { name: 'Sign alice in everywhere' }).click()
  await expect(page.getByRole('link', { name: 'Response from idp to wiki' })).toBeVisible()
  await page.getByRole('button', { name: 'Break a logout' }).click()
  const refused = page.getByRole('link', { name: /LogoutRequest from idp to app .*refused SAML_UNSIGNED.*fault f1/ })
  await expect(refused).toBeVisible()
  await looksRight(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 800 })
  await looksRight(page)

  await refused.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /^LogoutRequest entry/ })).toBeVisible()
  await expect(page.getByText('<saml2p:LogoutRequest')).toBeVisible()
  await looksRight(page)
  expect(complaints).toEqual([])
})

test('text of peers is shown and never run', async ({ page }) => {
  await using lab = await startLab({ applications: [] })
  const bad = `"><img src=x onerror=alert(1)><script>alert(2)</script>`
  const message = new URLSearchParams({ SAMLRequest: bad, RelayState: bad })
  await page.goto(`${lab.idpUrl}/slo?${message}`)
  await lab.idp.users.put(bad, {})
  const complaints = complaintsOf(page)
  await page.goto(`${lab.idpUrl}/_sloop/`)
  await expect(page.getByText(/refused/).first()).toBeVisible()
  await page.goto(`${lab.idpUrl}/_sloop/journal/1`)
  await expect(page.getByText('As it travelled')).toBeVisible()
  expect(complaints).toEqual([])
})
