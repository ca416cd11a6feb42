import { expect } from 'playwright/test'
import { test } from './meeting.test-support.ts'
import { mellon } from './mellon.test-support.ts'
import { expectAnswer, expectSignedIn, expectSignedOut, logOutEverywhere, signIn } from './person.test-support.ts'
import { shibboleth } from './shibboleth.test-support.ts'
import { simplesamlphp } from './simplesamlphp.test-support.ts'

test('of three in one session, one that has stopped is told apart from those that confirmed', async ({
  page,
  meet,
}) => {
  const guests = [
    { kind: shibboleth, logoutBy: 'soap' },
    { kind: mellon, logoutBy: 'soap' },
    { kind: simplesamlphp, tolerate: ['unsigned'] },
  ] as const
  const { idpUrl, peers } = await meet(guests)
  const [first, stopped, last] = peers
  await signIn(page, first)
  for (const peer of [stopped, last]) {
    await page.goto(peer.page)
    await expectSignedIn(page, peer)
  }
  await stopped.stop()
  await logOutEverywhere(page, idpUrl)
  await expect(page.getByText('Partial logout: 1 of 3')).toBeVisible()
  await expectAnswer(page, 'mellon', 'did not answer')
  await expectAnswer(page, 'shibboleth', 'Success')
  await expectAnswer(page, 'simplesamlphp', 'Success')
  for (const peer of [first, last]) await expectSignedOut(page, peer)
})

test('who is stranded at one that has stopped goes on from the portal, where it is told as not confirmed', async ({
  page,
  meet,
}) => {
  const guests = [
    { kind: mellon, logoutBy: 'redirect' },
    { kind: shibboleth, logoutBy: 'redirect' },
  ] as const
  const { idpUrl, peers } = await meet(guests)
  const [stopped, last] = peers
  await signIn(page, stopped)
  await page.goto(last.page)
  await expectSignedIn(page, last)
  await stopped.stop()
  await logOutEverywhere(page, idpUrl)
  await expect(page).toHaveURL(/^chrome-error:/)
  await page.goto(idpUrl)
  await page.getByRole('button', { name: 'Go on with the logout' }).click()
  await expect(page.getByText('Partial logout: 1 of 2')).toBeVisible()
  await expectAnswer(page, 'mellon', 'did not answer')
  await expectAnswer(page, 'shibboleth', 'Success')
  await expectSignedOut(page, last)
})
