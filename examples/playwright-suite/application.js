import { once } from 'node:events'
import { createApp } from 'custom-web-application/app.js'
import { test as base, expect } from 'sloop/playwright'

const port = Number(process.env.PORT ?? 3000)
const url = `http://localhost:${port}`

/** sloop's `test` in the world of the application: its realm, and a wiki in the same session at the identity provider. */
export const test = base.extend({
  baseURL: url,
  world: {
    realms: [{ name: 'saml1', entityId: url, acs: `${url}/saml/acs`, logout: `${url}/saml/slo` }],
    partners: [{ name: 'wiki' }],
  },
  // The application under test, once for all tests of a worker. `lab` says where its Elasticsearch is.
  application: [
    async ({ lab }, use) => {
      const server = createApp({ node: lab.esUrl, auth: lab.serviceUser, realm: 'saml1' }).listen(port)
      await once(server, 'listening')
      await use(url)
      server.close()
    },
    { scope: 'worker', auto: true },
  ],
  // A page on which alice is signed in to the application and to the wiki.
  alice: async ({ page, lab }, use) => {
    await page.goto('/login')
    await page.getByRole('button', { name: 'alice' }).click()
    await expect(page.getByText('You are signed in as alice.')).toBeVisible()
    await page.goto(lab.idpUrl)
    await page.getByRole('button', { name: 'Open wiki' }).click()
    await page.waitForURL(`${lab.partnerUrls.wiki}/`)
    await use(page)
  },
})
