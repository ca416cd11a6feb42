import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { connect, startLab } from 'sloop'
import { createHttpBrowser } from 'sloop/scenarios'
import { createApp } from './app.js'

const port = Number(process.env.PORT ?? 3000)
const url = `http://localhost:${port}`
const { SLOOP_IDP: idpUrl, SLOOP_ES: esUrl } = process.env

/** What `sloop up` has started around this process; else the same world, in this process. */
const lab =
  esUrl === undefined
    ? await startLab({ realms: [{ name: 'saml1', acs: `${url}/saml/acs`, logout: `${url}/saml/slo` }] })
    : { idpUrl, esUrl, faults: connect(esUrl).faults, close: () => undefined }
const auth = { username: 'elastic', password: 'changeme' }
const server = createApp({ node: lab.esUrl, auth, realm: 'saml1' }).listen(port)
await once(server, 'listening')

after(async () => {
  server.close()
  await lab.close()
})

/** A tab in which alice is signed in to the application. */
async function signedIn() {
  const tab = await createHttpBrowser().tab('first')
  await tab.open(url)
  await tab.press('Log in')
  await tab.press('alice')
  await assertShows(tab, /You are signed in as alice\./)
  return tab
}

async function assertShows(tab, text) {
  assert.match((await tab.see()).text, text)
}

test('who signs in at the identity provider is signed in here', async () => {
  await signedIn()
})

test('who logs out here is logged out at the identity provider', async () => {
  const tab = await signedIn()
  await tab.press('Log out')
  await assertShows(tab, /You are logged out\./)
  await tab.open(url)
  await assertShows(tab, /Nobody is signed in\./)
  await tab.open(lab.idpUrl)
  assert.doesNotMatch((await tab.see()).text, /Signed in as/)
})

test('who logs out everywhere is logged out here', async () => {
  const tab = await signedIn()
  await tab.open(lab.idpUrl)
  await tab.press('Log out everywhere')
  await assertShows(tab, /Every service provider confirmed the logout\./)
  await tab.open(url)
  await assertShows(tab, /Nobody is signed in\./)
})

test('a logout that somebody has tampered with is refused and logs nobody out', async () => {
  const tab = await signedIn()
  await lab.faults.arm({ party: 'idp', on: 'LogoutRequest', change: { signature: 'tampered' } })
  await tab.open(lab.idpUrl)
  await tab.press('Log out everywhere')
  await assertShows(tab, /This was refused\./)
  await tab.open(url)
  await assertShows(tab, /You are signed in as alice\./)
})

test('an answer to a logout that nobody asked for is refused', async () => {
  const tab = await createHttpBrowser().tab('first')
  await tab.open(`${url}/saml/slo?SAMLResponse=something`)
  await assertShows(tab, /This was refused\./)
})
