import { expect, type Page } from 'playwright/test'
import { ask } from './ask.test-support.ts'
import { type Close, newPlace, test } from './meeting.test-support.ts'
import { freePort, makeCertificate } from './place.test-support.ts'
import { startSimplesamlphp } from './simplesamlphp.test-support.ts'
import { becomesReady, startSloop } from './sloop.test-support.ts'

const host = 'simplesamlphp.localhost'

/** SimpleSAMLphp as an identity provider as its manual sets one up (simplesamlphp-idp), with the user alice. `setting` is one of its `saml20-idp-hosted`. */
async function startIdp(close: Close, setting = '') {
  const place = newPlace('idp', close)
  place.write('cert/server.key', '')
  for (const name of ['tls', 'cert/server']) makeCertificate(place, name, [host])
  place.write(
    'metadata/saml20-idp-hosted.php',
    `<?php
$metadata['__DYNAMIC:1__'] = [
  'host' => '__DEFAULT__',
  'privatekey' => 'server.key',
  'certificate' => 'server.crt',
  'auth' => 'example-userpass',
  ${setting}
];
`,
  )
  const port = await freePort()
  const authsources = "$config['example-userpass'] = ['exampleauth:UserPass', 'alice:secret' => ['uid' => ['alice']]];"
  const config = "$config['enable.saml20-idp'] = true;\n$config['module.enable']['exampleauth'] = true;"
  const { stop } = await startSimplesamlphp({ place, host, port, authsources, config })
  close(stop)
  const base = `https://${host}:${port}/simplesamlphp/saml2/idp`
  const end = encodeURIComponent(`https://${host}:${port}/left.html`)
  return { place, metadataUrl: `${base}/metadata.php`, logout: `${base}/SingleLogoutService.php?ReturnTo=${end}` }
}

/** Our application and our realm, with that one as their IdP. */
async function startBoth(close: Close, setting?: string) {
  const { place, metadataUrl, logout } = await startIdp(close, setting)
  const port = await freePort()
  const appUrl = `http://app.localhost:${port}`
  const spMetadata = `${appUrl}/api/security/saml/metadata`
  const world = { applications: [{ name: 'app' }], realms: [{ name: 'saml1', idpMetadata: metadataUrl }] }
  const args = ['up', '--idp-port', '0', '--es-port', '0', '--app-port', String(port)]
  const sloop = await startSloop({ place, world, args, url: spMetadata })
  close(sloop.stop)
  place.write('partner-metadata.xml', (await ask(spMetadata))?.body ?? '')
  await becomesReady(sloop, appUrl)
  return { appUrl, logout }
}

async function signIn(page: Page, appUrl: string): Promise<void> {
  await page.goto(appUrl)
  await page.getByLabel('Username').fill('alice')
  await page.getByLabel('Password').fill('secret')
  await page.getByRole('button', { name: 'Login' }).click()
  await expect(page.getByRole('heading', { name: 'You are signed in as alice' })).toBeVisible()
}

/** Neither the application nor its IdP knows who opens the page. */
async function expectSignedOut(page: Page, appUrl: string): Promise<void> {
  await page.goto(appUrl)
  await expect(page.getByLabel('Username')).toBeVisible()
}

test('who logs in to the application at SimpleSAMLphp logs out of both from the application', async ({
  page,
  close,
}) => {
  const { appUrl } = await startBoth(close)
  await signIn(page, appUrl)
  await page.getByRole('link', { name: 'Log out' }).click()
  await expect(page.getByRole('heading', { name: 'You are logged out' })).toBeVisible()
  await expectSignedOut(page, appUrl)
})

test('by default SimpleSAMLphp signs no LogoutRequest as an IdP either: Elasticsearch refuses it', async ({
  page,
  close,
}) => {
  const { appUrl, logout } = await startBoth(close)
  await signIn(page, appUrl)
  await page.goto(logout)
  await expect(page.getByText('The single logout failed: Logout request is not signed')).toBeVisible()
  await expectSignedOut(page, appUrl)
})

test('where SimpleSAMLphp signs its LogoutRequest, a logout that starts there ends the session of the application', async ({
  page,
  close,
}) => {
  const { appUrl, logout } = await startBoth(close, "'sign.logout' => true,")
  await signIn(page, appUrl)
  await page.goto(logout)
  await expect(page.getByText('Logged out here.')).toBeVisible()
  await expectSignedOut(page, appUrl)
})
