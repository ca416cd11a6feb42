import { Client } from '@elastic/elasticsearch'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { httpCall } from '#server/http-call'
import { ControlError, connect, type LabOfServer } from '../index.ts'
import { startLab } from '../lab.ts'
import { startRoles } from '../roles/roles.ts'
import type { World } from '../world/world.ts'

const server = await startLab({ partners: [{ name: 'wiki' }] })
afterAll(() => server.close())

const acs = 'http://localhost:3999/acs'
const corp = { name: 'corp', entityId: 'urn:my-app', acs, logout: 'http://localhost:3999/slo' }
const auth = { username: 'elastic', password: 'changeme' }

async function refusal(work: Promise<unknown>) {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ControlError)) throw new Error('expected a ControlError', { cause: error })
  const { status, type, message, path } = error
  return { status, type, message, path }
}

async function get(url: string) {
  const { status, octets } = await httpCall({ method: 'GET', url })
  return { status, body: octets.toString() }
}

test('a lab has every role below its own prefix, and is told by what its parties are called', async () => {
  const applications = [{ name: 'app' }, { name: 'second' }]
  await using lab = await server.labs.create({ applications, partners: [{ name: 'wiki' }, { name: 'mail' }] })
  const { port } = new URL(server.appUrl)
  const below = (url: string) => `${url}/labs/${lab.id}`
  const { idpUrl, esUrl, appUrl, applicationUrls, partnerUrls } = lab
  expect({ idpUrl, esUrl, appUrl, applicationUrls, partnerUrls }).toEqual({
    idpUrl: below(server.idpUrl),
    esUrl: below(server.esUrl),
    appUrl: below(server.appUrl),
    applicationUrls: { app: below(server.appUrl), second: below(`http://second.localhost:${port}`) },
    partnerUrls: { wiki: below(server.partnerUrls['wiki'] ?? ''), mail: below(`http://mail.localhost:${port}`) },
  })
  const { serviceProviders } = await lab.idp.serviceProviders.list()
  expect(Object.fromEntries(serviceProviders.map(({ entityId, name }) => [name, entityId]))).toEqual({
    ...applicationUrls,
    ...partnerUrls,
  })
  const { parties } = await lab.world()
  expect(parties.map(({ url }) => url)).toEqual([
    idpUrl,
    esUrl,
    ...Object.values(applicationUrls),
    ...Object.values(partnerUrls),
  ])
})

test('each page of a lab is found with and without a slash at the end of its prefix', async () => {
  await using lab = await server.labs.create({ applications: [{ name: 'second' }], partners: [{ name: 'mail' }] })
  const pages = { [lab.idpUrl]: 'Sign in', [lab.appUrl]: 'alice', [lab.partnerUrls['mail'] ?? '']: 'mail' }
  for (const [url, says] of Object.entries(pages)) {
    for (const address of [url, `${url}/`]) {
      const { status, body } = await get(address)
      expect([address, status === 200 || status === 302]).toEqual([address, true])
      if (status === 200) expect(body).toContain(says)
    }
  }
})

test.each(['', '/'])('the official client works below the prefix, with [%s] at its end', async (end) => {
  await using lab = await server.labs.create({ es: { version: '9.1.4' } })
  const client = new Client({ node: lab.esUrl + end, auth })
  const { version } = await client.info()
  expect(version.number).toBe('9.1.4')
  expect((await client.security.authenticate()).username).toBe('elastic')
  await client.close()
})

test('a message of one lab is refused by another, though service provider, address and keys are the same', async () => {
  await using one = await server.labs.create({ realms: [corp] })
  await using other = await server.labs.create({ realms: [corp] })
  const certificateOf = async (lab: LabOfServer) =>
    (await lab.idp.keys.list()).keys.map(({ certificate }) => certificate)
  expect(await certificateOf(one)).toEqual(await certificateOf(other))
  const { session, form } = await one.idp.signIn({ user: 'alice', to: 'urn:my-app' })
  const [here, there] = [new Client({ node: one.esUrl, auth }), new Client({ node: other.esUrl, auth })]
  const login = { content: form.fields['SAMLResponse'] ?? '', ids: [], realm: 'corp' }
  await expect(there.security.samlAuthenticate(login)).rejects.toThrow('unable to authenticate user')
  expect((await here.security.samlAuthenticate(login)).username).toBe('alice')
  const { queryString } = (await one.idp.mint({ kind: 'LogoutRequest', to: 'urn:my-app', session })) as {
    queryString: string
  }
  await expect(there.security.samlInvalidate({ query_string: queryString, realm: 'corp' })).rejects.toThrow('Issuer')
  const { invalidated, redirect } = await here.security.samlInvalidate({ query_string: queryString, realm: 'corp' })
  expect(invalidated).toBe(1)
  const astray = redirect.replace(one.idpUrl, other.idpUrl)
  expect((await get(astray)).status).toBe(400)
  expect((await get(redirect)).status).toBe(303)
  await Promise.all([here.close(), there.close()])
})

test('what happens in a lab happens nowhere else, and its reset neither', async () => {
  const before = await server.idp.users.list()
  await using one = await server.labs.create({ users: [{ name: 'dana' }] })
  await using other = await server.labs.create()
  await one.idp.users.put('erin', {})
  await one.clocks.set('idp', { shiftMs: 60_000 })
  await one.idp.behaviour.change({ session: 'keep' })
  await other.idp.signIn({ user: 'alice', to: other.appUrl })
  await one.reset()
  await server.reset()
  expect((await one.idp.users.list()).users.map(({ name }) => name)).toEqual(['dana'])
  expect((await other.idp.sessions.list()).sessions).toHaveLength(1)
  expect(await other.idp.behaviour.get()).toEqual(await server.idp.behaviour.get())
  expect((await other.clocks.get()).clocks['idp']).toEqual({})
  expect(await server.idp.users.list()).toEqual(before)
})

test('a lab that was removed is not found any more, at any role, and whoever closes it again is not told off', async () => {
  const lab = await server.labs.create()
  const kept = await server.labs.create()
  expect((await server.labs.list()).labs.map(({ id }) => id)).toEqual([lab.id, kept.id])
  await lab.close()
  expect((await server.labs.list()).labs.map(({ id }) => id)).toEqual([kept.id])
  for (const url of [lab.idpUrl, lab.esUrl, lab.appUrl]) {
    const { status, body } = await get(`${url}/`)
    expect([status, JSON.parse(body).error.type]).toEqual([404, 'noSuchLab'])
  }
  await lab.close()
  const nearMiss = `${kept.id.slice(0, -1)}_`
  expect(await refusal(server.labs.remove(nearMiss))).toEqual({
    status: 404,
    type: 'noSuchLab',
    message: `there is no lab [${nearMiss}], did you mean ${kept.id}?`,
    path: undefined,
  })
  await kept.close()
})

test('an application of a lab is known by its host, and any other host means the first', async () => {
  await using lab = await server.labs.create({ applications: [{ name: 'one' }, { name: 'two' }] })
  const path = '/api/security/saml/metadata'
  const at = (name: string) => get(`${lab.applicationUrls['one']?.replace('//one.', `//${name}.`)}${path}`)
  for (const name of ['one', 'two']) {
    expect((await at(name)).body).toContain(`entityID="${lab.applicationUrls[name]}"`)
  }
  // An address without a name means the first, so that programs which know no *.localhost reach it.
  expect((await at('unknown')).body).toContain(`entityID="${lab.appUrl}"`)
})

test.each<[string, World, string]>([
  ['metadata', { serviceProviders: [{ metadata: 'sp.xml' }] }, 'serviceProviders[0].metadata'],
  ['keys', { keys: { certificate: '/etc/passwd', privateKey: 'a.key' } }, 'keys.certificate'],
  [
    'certificates',
    { serviceProviders: [{ entityId: 'urn:a', acs, certificates: ['a.crt'] }] },
    'serviceProviders[0].certificates[0]',
  ],
  ['the metadata of another IdP', { realms: [{ ...corp, idpMetadata: 'idp.xml' }] }, 'realms[0].idpMetadata'],
])('no file is read for a lab: %s', async (_what, world, path) => {
  const { status, message, ...refused } = await refusal(server.labs.create(world))
  expect([status, refused.path]).toEqual([400, path])
  expect(message).toContain('no file is read here')
  expect((await server.labs.list()).labs).toEqual([])
})

test('a world that cannot work makes no lab, and the refusal names the path', async () => {
  const twice = { applications: [{ name: 'a' }, { name: 'a' }] }
  expect(await refusal(server.labs.create(twice))).toMatchObject({ status: 400, path: 'applications[1].name' })
  const unknown = { userz: [] } as World
  expect(await refusal(server.labs.create(unknown))).toMatchObject({
    status: 400,
    message: 'userz: unknown key, did you mean users?',
  })
  expect((await server.labs.list()).labs).toEqual([])
})

test('labs are not nested', async () => {
  await using lab = await server.labs.create()
  expect(await refusal(lab.labs.create())).toEqual({
    status: 409,
    type: 'refused',
    message: 'a lab has no labs: ask at the address of its server, without /labs/',
    path: undefined,
  })
})

test('a lab that waits for somebody is there at once, and its readiness says for whom', async () => {
  const metadata = 'http://127.0.0.1:1/metadata'
  await using lab = await connect(server.idpUrl).labs.create({ serviceProviders: [{ metadata }], applications: [] })
  expect(await lab.ready()).toEqual({ ready: false, missing: expect.stringContaining('connection refused') })
}, 10_000)

test('a party of a lab that is not there yet is said to start, and is not unknown', async () => {
  const idpMetadata = 'http://127.0.0.1:1/metadata'
  await using lab = await server.labs.create({ realms: [{ ...corp, idpMetadata }] })
  expect((await get(`${lab.esUrl}/`)).status).toBe(503)
  expect((await get(`${lab.idpUrl}/`)).status).toBe(200)
}, 10_000)

test('a lab does not outlive its server, also one that is still being made', async () => {
  const { control, close } = await startRoles({ roles: ['idp'], world: {}, idpPort: 0 })
  await close()
  expect(await refusal(control.labs.create({ applications: [] }))).toMatchObject({
    status: 400,
    message: 'the server stops, and makes no more labs',
  })
  expect((await control.labs.list()).labs).toEqual([])
})

test('a lab in which nothing happens is removed, and one that is called or whose journal is read along is not', async () => {
  const roles = await startRoles({ roles: ['idp'], world: {}, idpPort: 0, labIdleSeconds: 2 })
  onTestFinished(() => roles.close())
  const remote = connect(roles.idpUrl ?? '')
  const followed = await remote.labs.create()
  await using events = followed.journal.stream()
  await events.opened
  const [lab, used] = [await remote.labs.create(), await remote.labs.create()]
  await vi.waitFor(async () => {
    await used.ready()
    expect((await remote.labs.list()).labs.map(({ id }) => id)).toEqual([followed.id, used.id])
  }, 12_000)
  expect(await refusal(lab.idp.users.list())).toMatchObject({ status: 404, type: 'noSuchLab' })
})

test.each<[string, World, string]>([
  ['applications', { applications: [{ name: 'a' }] }, 'applications: needs an application, and here runs only an IdP'],
  ['partners', { partners: [{ name: 'a' }] }, 'partners: needs a partner, and here runs only an IdP'],
  ['realms', { realms: [corp] }, 'realms: needs an Elasticsearch, and here runs only an IdP'],
])('a world that needs a role which does not run here is refused: %s', async (path, world, message) => {
  const roles = await startRoles({ roles: ['idp'], world: {}, idpPort: 0 })
  onTestFinished(() => roles.close())
  const remote = connect(roles.idpUrl ?? '')
  expect(await refusal(remote.labs.create(world))).toEqual({ status: 422, type: 'noSuchParty', message, path })
  await using lab = await remote.labs.create({ applications: [] })
  expect(await lab.ready()).toEqual({ ready: true })
})
