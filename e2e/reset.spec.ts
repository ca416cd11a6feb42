import { expect, test } from 'playwright/test'
import { startLab } from 'sloop'

test('a person whose connection is reset in place of a message sees that, and the next try goes through', async ({
  page,
}) => {
  await using lab = await startLab()
  const { id } = await lab.faults.arm({ party: 'idp', on: 'Response', times: 1, change: { delivery: 'reset' } })
  const signIn = async () => {
    await page.goto(`${lab.appUrl}/`)
    await page.getByRole('button', { name: 'alice' }).click()
  }

  const failed = page.waitForEvent('requestfailed', (request) => request.method() === 'POST')
  await signIn()
  expect((await failed).failure()?.errorText).toBe('net::ERR_CONNECTION_RESET')
  await page.waitForURL('chrome-error://chromewebdata/')
  expect((await lab.faults.list()).faults).toMatchObject([{ id, fired: 1 }])
  await signIn()
  await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
})
