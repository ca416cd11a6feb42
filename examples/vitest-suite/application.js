import { once } from 'node:events'
import { createApp } from 'custom-web-application/app.js'
import { createHttpBrowser } from 'sloop/scenarios'
import { test as base } from 'sloop/vitest'

const port = Number(process.env.PORT ?? 3000)
const url = `http://localhost:${port}`

/** sloop's `test` in the world of the application: its realm, and a wiki in the same session at the identity provider. */
export const test = base
  .extend(
    'world',
    { scope: 'worker' },
    {
      realms: [{ name: 'saml1', entityId: url, acs: `${url}/saml/acs`, logout: `${url}/saml/slo` }],
      partners: [{ name: 'wiki' }],
    },
  )
  // The application under test, once for all tests of a worker. `lab` says where its Elasticsearch is.
  .extend('application', { scope: 'worker' }, async ({ lab }, { onCleanup }) => {
    const server = createApp({ node: lab.esUrl, auth: lab.serviceUser, realm: 'saml1' }).listen(port)
    await once(server, 'listening')
    onCleanup(() => server.close())
    return url
  })
  // A tab of a browser without a screen, in which alice is signed in to the application and to the wiki.
  .extend('alice', async ({ application, lab }) => {
    const tab = await createHttpBrowser().tab('first')
    await tab.open(`${application}/login`)
    await tab.press('alice')
    await tab.open(lab.idpUrl)
    await tab.press('Open wiki')
    return tab
  })
