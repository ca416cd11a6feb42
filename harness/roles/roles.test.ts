import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { httpGet } from '#server/http-get'
import { silentLog } from '#server/logging'
import { listen } from '#server/serve'
import { startLab } from '../index.ts'
import { startRoles } from './roles.ts'

const anyPort = { idpPort: 0, esPort: 0, appPort: 0 }
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sloop-roles-'))
})
afterEach(() => rm(folder, { recursive: true }))

const file = async (name: string, content: string) => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const isReady = async (url: string | undefined) => (await httpGet(`${url}/_sloop/ready`)).status

/** Ports that were free a moment ago: roles in processes of their own must know each other's address before they run. */
async function freePorts(): Promise<{ idpPort: number; esPort: number; appPort: number }> {
  const listeners = await Promise.all([1, 2, 3].map(() => listen({ host: '127.0.0.1', port: 0 })))
  const [idpPort = 0, esPort = 0, appPort = 0] = listeners.map(({ port }) => port)
  await Promise.all(listeners.map((listener) => listener.close()))
  return { idpPort, esPort, appPort }
}

test('every role of a lab says that it is ready', async () => {
  await using lab = await startLab()
  await expect(Promise.all([lab.idpUrl, lab.esUrl, lab.appUrl].map(isReady))).resolves.toEqual([200, 200, 200])
})

test('two labs in one process are two worlds', async () => {
  await using one = await startLab()
  await using other = await startLab()
  const metadataOf = async (url: string) => (await httpGet(`${url}/metadata`)).body
  expect(await metadataOf(one.idpUrl)).not.toBe(await metadataOf(other.idpUrl))
})

test('a port that is taken is one sentence', async () => {
  await using lab = await startLab()
  const idpPort = Number(new URL(lab.idpUrl).port)
  await expect(startRoles({ ...anyPort, idpPort })).rejects.toMatchObject({
    name: 'ConfigError',
    message: `port ${idpPort} on 127.0.0.1 is taken by another program; stop that one or choose another port (0 picks a free one)`,
  })
})

test('an unknown setting in an elasticsearch.yml stops the start and names the nearest', async () => {
  const elasticsearchYml = await file(
    'elasticsearch.yml',
    'xpack.security.authc.realms.saml.saml1:\n  order: 1\n  sp.log_out: http://app/logout\n',
  )
  await expect(startRoles({ ...anyPort, elasticsearchYml })).rejects.toMatchObject({
    name: 'ConfigError',
    message: `${elasticsearchYml}: unknown setting [xpack.security.authc.realms.saml.saml1.sp.log_out] did you mean [xpack.security.authc.realms.saml.saml1.sp.logout]?`,
  })
})

test('the users of a sloop.yml are the ones who can sign in', async () => {
  const sloopYml = await file('sloop.yml', 'users:\n  - name: dana\n')
  const roles = await startRoles({ ...anyPort, roles: ['idp'], sloopYml })
  const { body } = await httpGet(`${roles.idpUrl}/`)
  await roles.close()
  expect(body).toContain('>dana</button>')
})

test('an unknown key in a sloop.yml stops the start and names the nearest', async () => {
  const sloopYml = await file('sloop.yml', 'usres: []\n')
  await expect(startRoles({ ...anyPort, roles: ['idp'], sloopYml })).rejects.toMatchObject({
    name: 'ConfigError',
    message: expect.stringContaining('users'),
  })
})

test('what the IdP refuses of a sloop.yml is told with the file', async () => {
  const sloopYml = await file('sloop.yml', 'users: []\n')
  await expect(startRoles({ ...anyPort, roles: ['idp'], sloopYml })).rejects.toMatchObject({
    name: 'ConfigError',
    message: `${sloopYml}:1:1: users: at least one user is needed, or nobody can sign in`,
  })
})

test('an elasticsearch.yml that is not there is told by the option that names it', async () => {
  await expect(startRoles({ ...anyPort, elasticsearchYml: '/nowhere/e.yml' })).rejects.toMatchObject({
    name: 'ConfigError',
    message: 'elasticsearchYml: cannot read /nowhere/e.yml: there is no such file, expected a YAML file',
  })
})

test('an Elasticsearch that waits for its IdP says why it could not have its metadata last', async () => {
  const { esPort, idpPort } = await freePorts()
  const idpMetadataUrl = `http://idp.localhost:${idpPort}/metadata`
  const givingUp = new AbortController()
  const body = await new Promise<string>((resolve, reject) => {
    const ask = async () => (await httpGet(`http://localhost:${esPort}/_sloop/ready`)).body
    const log = { ...silentLog, warn: () => resolve(ask()) }
    startRoles({ roles: ['es'], esPort, idpMetadataUrl, log, signal: givingUp.signal }).catch(reject)
  })
  givingUp.abort()
  expect(JSON.parse(body)).toEqual({
    ready: false,
    missing: `GET ${idpMetadataUrl}: connection refused`,
  })
})

test('roles that know each other only by address become ready together', async () => {
  const ports = await freePorts()
  const appUrl = `http://app.localhost:${ports.appPort}`
  const running = await Promise.all([
    startRoles({ ...ports, roles: ['idp'], spMetadataUrls: [`${appUrl}/api/security/saml/metadata`] }),
    startRoles({
      ...ports,
      roles: ['es'],
      idpMetadataUrl: `http://idp.localhost:${ports.idpPort}/metadata`,
      publicUrls: { app: appUrl },
    }),
    startRoles({ ...ports, roles: ['app'], esUrl: `http://localhost:${ports.esPort}` }),
  ])
  const { body } = await httpGet(`http://idp.localhost:${ports.idpPort}/`)
  await Promise.all(running.map((roles) => roles.close()))
  expect(body).toContain('Open app.localhost')
})

test('a service provider of a sloop.yml that is not there yet is waited for, with a warning', async () => {
  const { appPort, idpPort } = await freePorts()
  const url = `http://127.0.0.1:${appPort}/metadata`
  const sloopYml = await file('sloop.yml', `serviceProviders: [{ metadata: '${url}', name: late }]\n`)
  let tell: (line: unknown[]) => void
  const firstWarning = new Promise<unknown[]>((resolve) => {
    tell = resolve
  })
  const log = { ...silentLog, warn: (facts: object, message: string) => tell([facts, message]) }
  const starting = startRoles({ ...anyPort, idpPort, roles: ['idp'], sloopYml, log })
  await expect(firstWarning).resolves.toEqual([
    { code: undefined, failure: `GET ${url}: connection refused` },
    `loading the metadata of the service provider from ${url} failed, trying again`,
  ])
  const missing = await httpGet(`http://idp.localhost:${idpPort}/_sloop/ready`)
  const late = await listen({ host: '127.0.0.1', port: appPort })
  late.mount(() => new Response(lateMetadata))
  const roles = await starting
  const { body } = await httpGet(`${roles.idpUrl}/`)
  await Promise.all([roles.close(), late.close()])
  expect([missing.status, missing.body]).toEqual([503, expect.stringContaining('connection refused')])
  expect(body).toContain('Open late')
})

const lateMetadata = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="urn:late">
  <md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="http://late.test/acs" index="0"/>
  </md:SPSSODescriptor>
</md:EntityDescriptor>`
