import { expect, type Page, test } from 'playwright/test'
import { type LabOfServer, startLab } from 'sloop'

async function signIn(page: Page, lab: LabOfServer, user: string) {
  await page.goto(`${lab.appUrl}/`)
  await page.getByRole('button', { name: user, exact: true }).click()
  await expect(page.locator('body')).toContainText(`signed in as ${user}`)
  expect(page.url()).toBe(`${lab.appUrl}/`)
}

test('in one browser, a logout in one lab leaves the sessions of another', async ({ page, context }) => {
  await using server = await startLab()
  await using one = await server.labs.create({ partners: [{ name: 'wiki' }] })
  await using other = await server.labs.create({ users: [{ name: 'dana' }] })
  await signIn(page, one, 'alice')
  await signIn(page, other, 'dana')
  await page.goto(`${one.partnerUrls['wiki']}/`)
  await page.getByRole('link', { name: 'Log in' }).click()
  await expect(page.locator('body')).toContainText('alice')

  await page.goto(`${one.idpUrl}/`)
  await page.getByRole('button', { name: 'Log out everywhere' }).click()
  await expect(page.locator('body')).toContainText('Every service provider confirmed')
  expect(page.url()).toContain(`${one.idpUrl}/`)
  await page.goto(`${one.appUrl}/`)
  await expect(page).toHaveURL(({ href }) => href.startsWith(`${one.idpUrl}/`))
  await page.goto(`${other.appUrl}/`)
  await expect(page.locator('body')).toContainText('signed in as dana')
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith('sloop_'))
  const named = cookies.map(({ name, path }) => [/_labs_([a-z0-9]+)/.exec(name)?.[1], path.split('/')[2]].join())
  expect(new Set(named)).toEqual(new Set([one, other].map(({ id }) => `${id},${id}`)))
})
