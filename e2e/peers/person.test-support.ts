import { expect, type Page } from 'playwright/test'
import type { Peer } from './peer.test-support.ts'

/** What a person does, who is alice. The first page of a peer leads to our IdP. */
export async function signIn(page: Page, peer: Peer): Promise<void> {
  await page.goto(peer.page)
  await page.getByRole('button', { name: 'alice' }).click()
  await expectSignedIn(page, peer)
}

export async function expectSignedIn(page: Page, { page: address }: Peer): Promise<void> {
  await expect(page).toHaveURL(address)
  await expect(page.locator('body')).toContainText(/Signed in as ./)
}

/** The truth about a session: who opens the page is asked who she is, by an IdP that does not know it any more either. */
export async function expectSignedOut(page: Page, { page: address }: Peer): Promise<void> {
  await page.goto(address)
  await expect(page.getByRole('button', { name: 'alice' })).toBeVisible()
}

export async function logOutEverywhere(page: Page, idpUrl: string): Promise<void> {
  await page.goto(idpUrl)
  await page.getByRole('button', { name: 'Log out everywhere' }).click()
}

/** What the page of a logout says about one service provider: its answer and how it was asked. */
export async function expectAnswer(page: Page, name: string, answer: string | RegExp): Promise<void> {
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
  await expect(row).toContainText(answer)
}
