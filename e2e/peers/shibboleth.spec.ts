import { expect } from 'playwright/test'
import { test } from './meeting.test-support.ts'
import { expectAnswer, expectSignedIn, expectSignedOut, logOutEverywhere, signIn } from './person.test-support.ts'
import { shibboleth } from './shibboleth.test-support.ts'

const names = { redirect: 'Redirect', post: 'POST', soap: 'SOAP' }

for (const logoutBy of ['redirect', 'post', 'soap'] as const) {
  test(`a logout that Shibboleth is asked for by ${names[logoutBy]} is confirmed and true`, async ({ page, meet }) => {
    const {
      idpUrl,
      peers: [peer],
    } = await meet([{ kind: shibboleth, logoutBy }])
    await signIn(page, peer)
    await logOutEverywhere(page, idpUrl)
    await expect(page.getByText('Every service provider confirmed the logout.')).toBeVisible()
    await expectAnswer(page, 'shibboleth', `asked by ${names[logoutBy]}`)
    await expectSignedOut(page, peer)
  })
}

for (const takes of ['redirect', 'post'] as const) {
  test(`a logout that Shibboleth asks for by ${names[takes]} is granted, and it wants no answer`, async ({
    page,
    meet,
  }) => {
    const { peers } = await meet([{ kind: shibboleth }], { takes })
    const [peer] = peers
    await signIn(page, peer)
    await page.goto(peer.logout)
    await expect(page.getByText('shibboleth asked for this logout and wanted no answer.')).toBeVisible()
    await expectSignedOut(page, peer)
  })
}

test('Shibboleth signs nothing by SOAP over https: refused, and it says that the logout is partial', async ({
  page,
  meet,
}) => {
  const { peers } = await meet([{ kind: shibboleth }], { takes: 'soap', isSecure: true })
  await signIn(page, peers[0])
  await page.goto(peers[0].logout)
  await expect(page.getByText('Partial Logout')).toBeVisible()
  await page.goto(peers[0].page)
  await expectSignedIn(page, peers[0])
})

test('a logout that Shibboleth asks for by SOAP over https is granted where the lack of a signature is tolerated', async ({
  page,
  meet,
}) => {
  const how = { takes: 'soap', isSecure: true } as const
  const { peers } = await meet([{ kind: shibboleth, tolerate: ['unsigned'] }], how)
  await signIn(page, peers[0])
  await page.goto(peers[0].logout)
  await expect(page.getByText('Logout complete')).toBeVisible()
  await expectSignedOut(page, peers[0])
})

test('Shibboleth asks nothing by SOAP where the IdP is behind http, and says that the logout is partial', async ({
  page,
  meet,
}) => {
  const { peers } = await meet([{ kind: shibboleth }], { takes: 'soap' })
  const [peer] = peers
  await signIn(page, peer)
  await page.goto(peer.logout)
  await expect(page.getByText('Partial Logout')).toBeVisible()
})
