import { expect } from 'playwright/test'
import { test } from './meeting.test-support.ts'
import { mellon, mellonByDefault } from './mellon.test-support.ts'
import { expectAnswer, expectSignedIn, expectSignedOut, logOutEverywhere, signIn } from './person.test-support.ts'

for (const [logoutBy, name] of [
  ['redirect', 'Redirect'],
  ['soap', 'SOAP'],
] as const) {
  test(`a logout that mellon is asked for by ${name} is confirmed and true`, async ({ page, meet }) => {
    const { idpUrl, peers } = await meet([{ kind: mellon, logoutBy }])
    await signIn(page, peers[0])
    await logOutEverywhere(page, idpUrl)
    await expect(page.getByText('Every service provider confirmed the logout.')).toBeVisible()
    await expectAnswer(page, 'mellon', `asked by ${name}`)
    await expectSignedOut(page, peers[0])
  })
}

test('mellon offers no logout by POST, and is said to have no way to be asked', async ({ page, meet }) => {
  const { idpUrl, peers } = await meet([{ kind: mellon, logoutBy: 'post' }])
  await signIn(page, peers[0])
  await logOutEverywhere(page, idpUrl)
  await expectAnswer(page, 'mellon', 'has no way to be asked: only soap and redirect')
  await page.goto(peers[0].page)
  await expectSignedIn(page, peers[0])
})

test('a logout that mellon asks for by Redirect is granted, and mellon leads on to where it was told', async ({
  page,
  meet,
}) => {
  const { peers } = await meet([{ kind: mellon }])
  await signIn(page, peers[0])
  await page.goto(peers[0].logout)
  await expect(page.getByText('Logged out here.')).toBeVisible()
  await expectSignedOut(page, peers[0])
})

for (const takes of ['post', 'soap'] as const) {
  test(`mellon never asks by ${takes}: it ends its own session and the IdP keeps its`, async ({ page, meet }) => {
    const { peers } = await meet([{ kind: mellon }], { takes })
    await signIn(page, peers[0])
    await page.goto(peers[0].logout)
    await expect(page.getByText('Logged out here.')).toBeVisible()
    await page.goto(peers[0].page)
    await expectSignedIn(page, peers[0])
  })
}

test("by mellon's own default a browser refuses its cookie, and no login comes through", async ({ page, meet }) => {
  const { peers } = await meet([{ kind: mellonByDefault }])
  await page.goto(peers[0].page)
  await page.getByRole('button', { name: 'alice' }).click()
  await expect(page.getByRole('heading', { name: 'Bad Request' })).toBeVisible()
})
