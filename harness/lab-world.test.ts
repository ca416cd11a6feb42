import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@elastic/elasticsearch'
import { expect, onTestFinished, test } from 'vitest'
import { parseSpMetadata } from '#saml/metadata/sp-metadata'
import { ConfigError } from '#server/config-error'
import { httpGet } from '#server/http-get'
import { caseFile } from './case-file.test-support.ts'
import { type Lab, type LabOptions, startLab } from './index.ts'
import { startRoles } from './roles/roles.ts'

const acs = 'http://localhost:3000/saml/acs'

async function lab(world: LabOptions): Promise<Lab> {
  const started = await startLab(world)
  onTestFinished(() => started.close())
  return started
}

function clientOf({ esUrl, serviceUser }: Lab): Client {
  const client = new Client({ node: esUrl, auth: serviceUser })
  onTestFinished(() => client.close())
  return client
}

const portalOf = async ({ idpUrl }: Lab) => (await httpGet(`${idpUrl}/`)).body

test('a realm for an application of somebody else is wired to the IdP of the lab, both ways', async () => {
  const world = { realms: [{ name: 'corp', entityId: 'urn:my-app', acs, logout: 'http://localhost:3000/saml/slo' }] }
  const started = await lab(world)
  const { redirect } = await clientOf(started).security.samlPrepareAuthentication({ realm: 'corp' })
  expect(redirect).toMatch(new RegExp(`^${started.idpUrl}/sso\\?SAMLRequest=`))
  // It leads on to the sign-in page; a refusal would be 400.
  expect((await httpGet(redirect)).status).toBe(303)
  expect(started.appUrl).toBe('')
  expect(await portalOf(started)).toContain('Open localhost:3000')
})

test('what a realm leaves out has the value of the default world', async () => {
  const started = await lab({ realms: [{ name: 'corp', acs, encryption: true }] })
  const { metadata } = await clientOf(started).security.samlServiceProviderMetadata({ realm_name: 'corp' })
  const sp = parseSpMetadata(metadata)
  expect(sp.entityId).toBe('http://localhost:3000')
  expect(sp.singleLogoutServices).toEqual([])
  expect(sp.keyDescriptors.map(({ use }) => use)).toEqual(expect.arrayContaining(['signing', 'encryption']))
})

test('settings of a realm are those of an elasticsearch.yml, nested or dotted', async () => {
  const settings = { force_authn: true, sp: { logout: 'http://localhost:3000/bye' }, 'nameid.allow_create': true }
  const started = await lab({ realms: [{ name: 'corp', acs, settings }] })
  const { metadata } = await clientOf(started).security.samlServiceProviderMetadata({ realm_name: 'corp' })
  expect(parseSpMetadata(metadata).singleLogoutServices).toMatchObject([{ location: 'http://localhost:3000/bye' }])
})

test('a realm may have another IdP, by its metadata in hand', async () => {
  const idpMetadata = readFileSync(caseFile('reports/05-old-acs-route/idp-metadata.xml'), 'utf8')
  const started = await lab({ realms: [{ name: 'corp', acs, idpMetadata }] })
  const { redirect } = await clientOf(started).security.samlPrepareAuthentication({ realm: 'corp' })
  expect(redirect).toMatch(/^https:\/\/idp\.cases\.example\//)
})

test('the users of the world sign in, with the role mappings of the world', async () => {
  const everybody = { roles: ['viewer'], enabled: true, rules: { field: { 'realm.name': 'saml1' } } }
  const started = await lab({ users: [{ name: 'dana' }], roleMappings: { everybody } })
  expect(await portalOf(started)).toContain('>dana<')
  expect(await clientOf(started).security.getRoleMapping({ name: 'everybody' })).toMatchObject({
    everybody: { roles: ['viewer'] },
  })
})

test('several applications have addresses and realms of their own, and the portal shows all', async () => {
  const started = await lab({ applications: [{ name: 'app' }, { name: 'second', profile: 'careful' }] })
  expect(Object.keys(started.applicationUrls)).toEqual(['app', 'second'])
  expect(started.appUrl).toBe(started.applicationUrls['app'])
  expect(started.applicationUrls['second']).toMatch(/^http:\/\/second\.localhost:\d+$/)
  expect(await portalOf(started)).toMatch(/Open app[^\s.].*Open second[^\s.]/s)
})

test('strangers are trusted by hand, by metadata in hand, and beside an application', async () => {
  const metadata = readFileSync(caseFile('reports/01-certificate-chain/sp-metadata.xml'), 'utf8')
  const byHand = { entityId: 'urn:my-app', acs, slo: 'http://localhost:3000/slo' }
  const certificates = [readFileSync(caseFile('reports/keys/sp.crt'), 'utf8')]
  const started = await lab({
    serviceProviders: [
      { metadata, name: 'crm' },
      { ...byHand, certificates },
    ],
    idp: { singleLogout: [] },
  })
  const portal = await portalOf(started)
  expect(['Open crm', 'Open localhost:3000', 'Open app'].filter((button) => !portal.includes(button))).toEqual([])
  expect((await httpGet(`${started.idpUrl}/metadata`)).body).not.toContain('SingleLogoutService')
})

const realmWithoutIdp = `xpack.security.authc.realms.saml.shop:
  order: 2
  sp.entity_id: https://shop.test
  sp.acs: https://shop.test/acs
  attributes.principal: nameid
`

test('a realm of an elasticsearch.yml that names no IdP has that of the lab', async () => {
  const lines: object[] = []
  const info = (facts: object, message: string) => void lines.push({ ...facts, message })
  const folder = mkdtempSync(join(tmpdir(), 'sloop-lab-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const elasticsearchYml = join(folder, 'elasticsearch.yml')
  writeFileSync(elasticsearchYml, realmWithoutIdp)
  const started = await lab({ elasticsearchYml, log: { info, warn: info, error: info } })
  const { redirect } = await clientOf(started).security.samlPrepareAuthentication({ realm: 'shop' })
  expect(redirect).toMatch(new RegExp(`^${started.idpUrl}/sso`))
  expect(lines).toContainEqual({
    realm: 'shop',
    message: 'the realm names no IdP: idp.entity_id and idp.metadata.path are those of the IdP in this process',
  })
})

test.each<[string, LabOptions, string]>([
  [
    'an address that is none',
    { realms: [{ name: 'corp', acs: 'localhost:3000' }] },
    'realms[0].acs: expected an address that begins with http:// or https://, found the text "localhost:3000"',
  ],
  [
    'a setting that no realm has',
    { realms: [{ name: 'corp', acs, settings: { 'sp.log_out': 'x' } }] },
    'unknown setting [xpack.security.authc.realms.saml.corp.sp.log_out] did you mean [xpack.security.authc.realms.saml.corp.sp.logout]?',
  ],
  [
    'a role mapping without rules',
    { roleMappings: { all: { roles: ['viewer'], enabled: true } } },
    'roleMappings.all: failed to parse role-mapping [all]. missing field [rules]',
  ],
  [
    'a key that the world does not have',
    { users: [{ name: 'dana', mail: 'x' } as never] },
    'users[0].mail: unknown key, did you mean email?',
  ],
  [
    'metadata beside what it says',
    { serviceProviders: [{ metadata: '<x/>', acs }] },
    'serviceProviders[0].acs: the metadata says this already',
  ],
  [
    'a service provider that nobody can reach',
    { serviceProviders: [{ entityId: 'urn:a' }] },
    'serviceProviders[0].acs: expected a text, found nothing; or metadata in its place',
  ],
  [
    'a certificate that is none',
    {
      serviceProviders: [
        { entityId: 'urn:a', acs, certificates: ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'] },
      ],
    },
    'serviceProviders[0].certificates[0]: the certificate cannot be read: it is no X.509 certificate',
  ],
  [
    'a file without a service provider',
    { serviceProviders: [{ metadata: caseFile('reports/05-old-acs-route/idp-metadata.xml') }] },
    'serviceProviders[0].metadata: ',
  ],
])('a mistake in a world is refused in one sentence: %s', async (_case, world, sentence) => {
  const refusal = await startLab(world).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ConfigError)
  expect((refusal as Error).message.slice(0, sentence.length)).toBe(sentence)
})

const anyPort = { idpPort: 0, esPort: 0, appPort: 0 }

test('an application of your own has the realm saml1, and no application of ours runs', async () => {
  const roles = await startRoles({ ...anyPort, everyoneAtLocalhost: true, ownApplication: { acs } })
  onTestFinished(() => roles.close())
  expect([roles.appUrl, roles.applicationUrls]).toEqual([undefined, {}])
  expect(roles.idpUrl).toMatch(/^http:\/\/localhost:\d+$/)
  const body = JSON.stringify({ acs })
  const headers = { authorization: `Basic ${btoa('elastic:changeme')}`, 'content-type': 'application/json' }
  const answer = await fetch(`${roles.esUrl}/_security/saml/prepare`, { method: 'POST', headers, body })
  expect(await answer.json()).toMatchObject({
    realm: 'saml1',
    redirect: expect.stringContaining(`${roles.idpUrl}/sso?`),
  })
})

test.each<[string, Parameters<typeof startRoles>[0], string]>([
  [
    'an address that is none',
    { ownApplication: { acs: 'localhost:3000/acs' } },
    '--acs: expected an address that begins with http:// or https://, found the text "localhost:3000/acs"',
  ],
  [
    'a logout address with a fragment',
    { ownApplication: { acs, slo: 'http://localhost:3000/#slo' } },
    '--slo: expected an address that begins with http:// or https://, found the text "http://localhost:3000/#slo"',
  ],
  [
    'an address of sloop itself',
    { ownApplication: { acs: 'http://localhost:7070/acs' } },
    '--acs: [http://localhost:7070/acs] is an address of sloop itself, expected one of your application',
  ],
  [
    'an address of an application of ours',
    {
      world: {
        applications: [{ name: 'app' }, { name: 'b' }],
        realms: [{ name: 'c', acs: 'http://b.localhost:5602/acs' }],
      },
    },
    'realms[0].acs: [http://b.localhost:5602/acs] is an address of sloop itself, expected one of your application',
  ],
  [
    'a public address of sloop itself',
    { ownApplication: { acs: 'https://idp.test/acs' }, publicUrls: { idp: 'https://idp.test' } },
    '--acs: [https://idp.test/acs] is an address of sloop itself, expected one of your application',
  ],
  [
    'a world with realms beside it',
    { ownApplication: { acs }, world: { realms: [] } },
    '--acs: the world has realms of its own, one of the two excludes the other',
  ],
  [
    'a public address of nobody',
    { publicUrls: { apps: 'http://app.test' } },
    '--public-url: there is no party [apps], known are idp, es, app',
  ],
])('what a command line describes wrongly is told by its flag: %s', async (_case, options, sentence) => {
  await expect(startRoles(options)).rejects.toThrow(new ConfigError(sentence))
})
