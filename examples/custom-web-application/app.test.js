import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, test } from 'node:test'
import { startLab } from 'sloop'
import { createHttpAgent } from 'sloop/scenarios'
import { createApp } from './app.js'

const port = Number(process.env.PORT ?? 3000)
const url = `http://localhost:${port}`
const { SLOOP_IDP: idpUrl, SLOOP_ES: esUrl } = process.env

/** What `sloop up` has started around this process; else the same world, in this process. */
const lab =
  esUrl === undefined
    ? await startLab({ realms: [{ name: 'saml1', acs: `${url}/saml/acs`, logout: `${url}/saml/slo` }] })
    : { idpUrl, esUrl, close: () => undefined }
const auth = { username: 'elastic', password: 'changeme' }
const server = createApp({ node: lab.esUrl, auth, realm: 'saml1' }).listen(port)
await once(server, 'listening')

after(async () => {
  server.close()
  await lab.close()
})

/** A browser in which alice is signed in to the application. */
async function signedInBrowser() {
  const browser = createHttpAgent()
  await browser.open(url)
  await browser.press('Log in')
  await browser.press('alice')
  await assertShows(browser, /You are signed in as alice\./)
  return browser
}

async function assertShows(browser, text) {
  assert.match((await browser.see()).text, text)
}

test('who signs in at the identity provider is signed in here', async () => {
  await signedInBrowser()
})

test('who logs out here is logged out at the identity provider', async () => {
  const browser = await signedInBrowser()
  await browser.press('Log out')
  await assertShows(browser, /You are logged out\./)
  await browser.open(url)
  await assertShows(browser, /Nobody is signed in\./)
  await browser.open(lab.idpUrl)
  assert.doesNotMatch((await browser.see()).text, /Signed in as/)
})

test('who logs out everywhere is logged out here', async () => {
  const browser = await signedInBrowser()
  await browser.open(lab.idpUrl)
  await browser.press('Log out everywhere')
  await assertShows(browser, /Every service provider confirmed the logout\./)
  await browser.open(url)
  await assertShows(browser, /Nobody is signed in\./)
})

test('a logout that somebody has tampered with is refused and logs nobody out', async () => {
  const browser = await signedInBrowser()
  await browser.open(lab.idpUrl)
  const logout = await browser.catchRedirect('Log out everywhere')
  await browser.open(logout.replace('&SigAlg=', '&RelayState=changed&SigAlg='))
  await assertShows(browser, /This was refused\./)
  await browser.open(url)
  await assertShows(browser, /You are signed in as alice\./)
})

test('an answer to a logout that nobody asked for is refused', async () => {
  const browser = createHttpAgent()
  await browser.open(`${url}/saml/slo?SAMLResponse=something`)
  await assertShows(browser, /This was refused\./)
})
