import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from 'playwright/test'
import { startLab } from 'sloop'

const sloop = fileURLToPath(new URL('../dist/harness/cli/main.js', import.meta.url))

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

const wide = { width: 1300, height: 900 }
const narrow = { width: 390, height: 800 }

/** In the light on a wide screen, and in the dark on a phone's. */
async function looksRight(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await page.setViewportSize(wide)
  await isAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize(narrow)
  await isAccessible(page)
  const isWider = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  expect(isWider).toBe(false)
}

async function isAccessible(page: Page): Promise<void> {
  // Describing each element that is in order takes a quarter of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  const { violations } = await axe.analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
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

  await refused.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: /^LogoutRequest entry/ })).toBeVisible()
  await expect(page.getByText('<saml2p:LogoutRequest')).toBeVisible()
  await looksRight(page)
  expect(complaints).toEqual([])
})

test('a fault is armed by a form, and a message that is pasted is explained', async ({ page }) => {
  await using lab = await startLab({})
  const { session, participant } = await lab.idp.signIn({ user: 'alice', to: lab.appUrl })
  const { nameId, sessionIndex } = participant
  await lab.es.tokens.issue({ realm: 'saml1', username: 'alice', nameId, sessionIndex })
  const complaints = complaintsOf(page)
  await page.goto(`${lab.idpUrl}/_sloop/console/panel`)
  await page.getByLabel('change.signature').fill('nonne')
  await page.getByRole('button', { name: 'armFault' }).click()
  await expect(page.getByLabel('change.signature')).toHaveAccessibleDescription(/did you mean none\?/)
  await looksRight(page)
  await page.getByLabel('change.signature').fill('none')
  await page.getByRole('button', { name: 'armFault' }).click()
  await expect(page.getByRole('status')).toContainText('"id": "f1"')
  await page.reload()
  expect((await lab.faults.list()).faults).toHaveLength(1)
  await looksRight(page)

  await page.getByRole('link', { name: 'Explain', exact: true }).click()
  const change = { nameId: { value: 'alter' }, signature: 'tampered' } as const
  const minted = await lab.idp.mint({ kind: 'LogoutRequest', to: lab.appUrl, session, change })
  await page.getByRole('textbox').fill('url' in minted ? minted.url : '')
  await page.getByRole('button', { name: 'Explain', exact: true }).click()
  await expect(page.getByText('✗ refused: SAML_SIGNATURE')).toBeVisible()
  await expect(page.getByRole('row', { name: /alice .* value/ })).toContainText(nameId.value)
  await looksRight(page)
  // The refusal, as Chromium tells it.
  expect(complaints).toEqual([expect.stringContaining('status of 400')])
})

test('where a token is needed it is asked for', async ({ page }) => {
  const options = [
    '--control-token',
    'open=sesame',
    '--json',
    ...['idp', 'es', 'app'].flatMap((role) => [`--${role}-port`, '0']),
  ]
  const child = spawn(process.execPath, [sloop, 'up', ...options], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      await page.goto(`${JSON.parse(line).idp}/_sloop/`)
      break
    }
    await looksRight(page)
    await page.getByLabel('Control token').fill('open=sesame')
    await page.getByRole('button', { name: 'Open the console' }).click()
    await expect(page.getByText('Nothing has been sent yet.')).toBeVisible()
  } finally {
    child.kill('SIGTERM')
  }
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
