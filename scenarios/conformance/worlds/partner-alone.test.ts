import { expect, onTestFinished, test } from 'vitest'
import { httpGet } from '#server/http-get'
import { listen } from '#server/serve'
import { startLab } from '../../../harness/index.ts'
import type { RoleOptions } from '../../../harness/roles/role-options.ts'
import { startRoles } from '../../../harness/roles/roles.ts'
import { createPerson } from '../../run/person.test-support.ts'

/** Ports that were free a moment ago: roles in processes of their own must know each other's address before they run. */
async function freePorts() {
  const listeners = await Promise.all([1, 2].map(() => listen({ host: '127.0.0.1', port: 0 })))
  const [idpPort = 0, partnerPort = 0] = listeners.map(({ port }) => port)
  await Promise.all(listeners.map((listener) => listener.close()))
  return { idpPort, partnerPort }
}

async function start(options: RoleOptions) {
  const roles = await startRoles(options)
  onTestFinished(() => roles.close())
  return roles
}

test('a partner and an IdP in processes of their own wait for each other, in whatever order they start', async () => {
  const { idpPort, partnerPort } = await freePorts()
  const idpMetadataUrl = `http://idp.localhost:${idpPort}/metadata`
  const spMetadataUrls = [`http://partner.localhost:${partnerPort}/saml/metadata`]
  const [{ partnerUrls }, { idpUrl = '' }] = await Promise.all([
    start({ roles: ['partner'], partners: 1, partnerPort, temper: 'refusing', idpMetadataUrl }),
    start({ roles: ['idp'], idpPort, spMetadataUrls }),
  ])
  const agent = createPerson()
  await agent.open(partnerUrls['partner'] ?? '')
  await agent.press('Log in')
  await agent.press('alice')
  expect((await agent.see()).text).toContain('You are signed in as alice')
  await agent.open(idpUrl)
  await agent.press('Log out everywhere')
  expect((await agent.see()).text).toContain('Responder')
})

test('every partner of a lab says that it is ready', async () => {
  await using lab = await startLab({ applications: [], partners: [{ name: 'wiki' }, { name: 'mail' }] })
  const answers = await Promise.all(Object.values(lab.partnerUrls).map((url) => httpGet(`${url}/_sloop/ready`)))
  expect(answers).toMatchObject([{ status: 200 }, { status: 200 }])
})

test('until its IdP answers, a partner says what it lacks', async () => {
  const stop = new AbortController()
  const lab = await startLab({ applications: [] })
  const gone = `${lab.idpUrl}/metadata`
  await lab.close()
  const warned = new Promise<object>((resolve) => {
    const log = { info: () => undefined, warn: resolve, error: resolve }
    const options = { roles: ['partner'] as const, partners: 1, partnerPort: 0, idpMetadataUrl: gone, log }
    startRoles({ ...options, signal: stop.signal }).catch(() => undefined)
  })
  expect(await warned).toMatchObject({ failure: expect.stringContaining(`GET ${gone}: connection refused`) })
  stop.abort()
})

test('at localhost every partner is there, too', async () => {
  const roles = await startRoles({
    partners: 2,
    idpPort: 0,
    esPort: 0,
    appPort: 0,
    partnerPort: 0,
    everyoneAtLocalhost: true,
  })
  onTestFinished(() => roles.close())
  expect(Object.entries(roles.partnerUrls)).toEqual([
    ['partner1', expect.stringMatching(/^http:\/\/localhost:\d+$/)],
    ['partner2', expect.stringMatching(/^http:\/\/localhost:\d+$/)],
  ])
})

test('a partner has the public address that it is given', async () => {
  const publicUrls = { wiki: 'https://wiki.example.test' }
  const roles = await startRoles({
    roles: ['idp', 'partner'],
    idpPort: 0,
    partnerPort: 0,
    world: { partners: [{ name: 'wiki' }] },
    publicUrls,
  })
  onTestFinished(() => roles.close())
  expect(roles.partnerUrls).toEqual(publicUrls)
})
