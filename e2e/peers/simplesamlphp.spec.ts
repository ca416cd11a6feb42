import { expect } from 'playwright/test'
import { test } from './meeting.test-support.ts'
import { expectAnswer, expectSignedIn, expectSignedOut, logOutEverywhere, signIn } from './person.test-support.ts'
import { simplesamlphp } from './simplesamlphp.test-support.ts'

const wouldPass = '(tolerate: [unsigned] would let it pass)'
const tolerate = ['unsigned'] as const

test('by default SimpleSAMLphp signs no LogoutRequest: it is refused with the word that would let it pass', async ({
  page,
  meet,
}) => {
  const { peers } = await meet([{ kind: simplesamlphp }])
  await signIn(page, peers[0])
  await page.goto(peers[0].logout)
  await expect(page.getByText(wouldPass)).toBeVisible()
  await expect(page.getByText('What was refused had no effect')).toBeVisible()
})

test('by default SimpleSAMLphp signs no LogoutResponse: the logout is true and yet not believed', async ({
  page,
  meet,
}) => {
  const { idpUrl, peers } = await meet([{ kind: simplesamlphp }])
  await signIn(page, peers[0])
  await logOutEverywhere(page, idpUrl)
  await expectAnswer(page, 'simplesamlphp', wouldPass)
  await expect(page.getByText('Partial logout: 1 of 1')).toBeVisible()
  await expectSignedOut(page, peers[0])
})

test('a logout that SimpleSAMLphp is asked for by Redirect is confirmed and true where the lack of a signature is tolerated', async ({
  page,
  meet,
}) => {
  const { idpUrl, peers } = await meet([{ kind: simplesamlphp, tolerate }])
  await signIn(page, peers[0])
  await logOutEverywhere(page, idpUrl)
  await expect(page.getByText('Every service provider confirmed the logout.')).toBeVisible()
  await expectAnswer(page, 'simplesamlphp', 'asked by Redirect')
  await expectSignedOut(page, peers[0])
})

for (const logoutBy of ['post', 'soap'] as const) {
  test(`SimpleSAMLphp offers no logout by ${logoutBy}, and is said to have no way to be asked`, async ({
    page,
    meet,
  }) => {
    const { idpUrl, peers } = await meet([{ kind: simplesamlphp, logoutBy }])
    await signIn(page, peers[0])
    await logOutEverywhere(page, idpUrl)
    await expectAnswer(page, 'simplesamlphp', 'has no way to be asked: only redirect')
    await page.goto(peers[0].page)
    await expectSignedIn(page, peers[0])
  })
}

for (const [takes, name] of [
  ['redirect', 'Redirect'],
  ['post', 'POST'],
] as const) {
  test(`a logout that SimpleSAMLphp asks for by ${name} is granted where the lack of a signature is tolerated`, async ({
    page,
    meet,
  }) => {
    const { peers } = await meet([{ kind: simplesamlphp, tolerate }], { takes })
    await signIn(page, peers[0])
    await page.goto(peers[0].logout)
    await expect(page.getByText('Logged out here.')).toBeVisible()
    await expectSignedOut(page, peers[0])
  })
}

test('SimpleSAMLphp never asks by SOAP: it ends its own session and the IdP keeps its', async ({ page, meet }) => {
  const { peers } = await meet([{ kind: simplesamlphp, tolerate }], { takes: 'soap' })
  await signIn(page, peers[0])
  await page.goto(peers[0].logout)
  await expect(page.getByText('Logged out here.')).toBeVisible()
  await page.goto(peers[0].page)
  await expectSignedIn(page, peers[0])
})
