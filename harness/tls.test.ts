import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@elastic/elasticsearch'
import { expect, onTestFinished, test } from 'vitest'
import { makeCertificate } from '#saml/certificate'
import { generateCredential } from '#saml/credentials'
import { systemClock } from '#server/clock'
import { ConfigError } from '#server/config-error'
import { httpGet } from '#server/http-get'
import { listen } from '#server/serve'
import { callControl } from './cli/call-control.ts'
import { connect } from './control/connect.ts'
import { table } from './control/table.ts'
import { startRoles } from './roles/roles.ts'

const anyPort = { idpPort: 0, esPort: 0, appPort: 0 }

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'sloop-tls-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

async function start(options: Parameters<typeof startRoles>[0]) {
  const roles = await startRoles({ ...anyPort, tls: 'own authority', ...options })
  onTestFinished(() => roles.close())
  return { ...roles, ca: readFileSync(roles.authorityFile ?? '', 'utf8') }
}

test('every role is behind https, and whoever trusts the authority trusts them all', async () => {
  const { idpUrl, esUrl, appUrl, ca } = await start({ keysFolder: folder() })
  for (const url of [idpUrl, esUrl, appUrl]) {
    expect(url).toMatch(/^https:/)
    expect(await httpGet(`${url}/_sloop/ready`, { tls: { ca } })).toMatchObject({ status: 200 })
  }
})

test('who does not trust the authority gets no answer', async () => {
  const { idpUrl } = await start({ keysFolder: folder() })
  await expect(httpGet(`${idpUrl}/metadata`)).rejects.toThrow(
    /self-signed certificate in certificate chain|unable to verify/,
  )
})

test('the control API is reached by whoever is given the authority, and by the commands of the same user', async () => {
  const keysFolder = folder()
  const { idpUrl = '', ca } = await start({ keysFolder, roles: ['idp'], spMetadataUrls: [] })
  const names = ({ users }: { users: readonly { name: string }[] }) => users.map(({ name }) => name)
  expect(names(await connect(idpUrl, { ca }).idp.users.list())).toEqual(['alice', 'bob', 'carol'])
  const call = { row: table.listUsers, given: {} }
  const answer = await callControl({ at: idpUrl, cli: { keysCache: keysFolder } }, call)
  expect(names(answer as Parameters<typeof names>[0])).toEqual(['alice', 'bob', 'carol'])
  await expect(connect(idpUrl).idp.users.list()).rejects.toThrow(
    /^GET https:\S+: (self-signed certificate|unable to verify)/,
  )
})

test('an authority that is no PEM, such as the name of its file, is refused at once', () => {
  expect(() => connect('https://localhost', { ca: 'ca.crt' })).toThrow(
    'connect: ca: expected certificates in PEM, the text itself and not the name of a file',
  )
})

test('the authority stays, and its file holds no key', async () => {
  const keysFolder = folder()
  const first = await start({ keysFolder })
  const second = await start({ keysFolder })
  expect(second.ca).toBe(first.ca)
  expect(first.ca).not.toContain('PRIVATE KEY')
})

test('an authority in memory is told in a file of this process, which goes with it', async () => {
  const roles = await startRoles({ ...anyPort, tls: 'own authority' })
  const file = roles.authorityFile ?? ''
  expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----/)
  await roles.close()
  expect(() => readFileSync(file)).toThrow('ENOENT')
})

test('an official client logs in nobody without trust, and asks with it; addresses and cookies are those of https', async () => {
  const { esUrl = '', idpUrl, appUrl, ca } = await start({ keysFolder: folder() })
  const auth = { username: 'elastic', password: 'changeme' }
  const [trusting, doubting] = [
    new Client({ node: esUrl, auth, tls: { ca } }),
    new Client({ node: esUrl, auth, maxRetries: 0 }),
  ]
  onTestFinished(async () => void (await Promise.all([trusting.close(), doubting.close()])))
  const { redirect } = await trusting.security.samlPrepareAuthentication({ realm: 'saml1' })
  expect(redirect).toMatch(new RegExp(`^${idpUrl}/sso\\?`))
  await expect(doubting.security.authenticate()).rejects.toThrow('certificate')
  const metadata = (await httpGet(`${appUrl}/api/security/saml/metadata`, { tls: { ca } })).body
  expect(metadata).toContain(`Location="${appUrl}/api/security/saml/callback"`)
})

test('roles in processes of their own trust each other', async () => {
  const keysFolder = folder()
  const idp = await start({ roles: ['idp'], keysFolder, world: { serviceProviders: [] } })
  const es = await start({ roles: ['es'], keysFolder, idpMetadataUrl: `${idp.idpUrl}/metadata` })
  const client = new Client({
    node: es.esUrl ?? '',
    auth: { username: 'elastic', password: 'changeme' },
    tls: { ca: es.ca },
  })
  onTestFinished(() => client.close())
  const { redirect } = await client.security.samlPrepareAuthentication({ realm: 'saml1' })
  expect(redirect).toMatch(new RegExp(`^${idp.idpUrl}/sso\\?`))
})

test('a certificate of the caller is shown instead', async () => {
  const place = folder()
  const [certificate, privateKey] = [join(place, 'own.crt'), join(place, 'own.key')]
  const own = await generateCredential('own', systemClock.now(), {
    use: ['localhost', 'idp.localhost', 'app.localhost'],
  })
  writeFileSync(certificate, own.certificatePem)
  writeFileSync(privateKey, own.privateKeyPem)
  const roles = await startRoles({ ...anyPort, tls: { certificate, privateKey } })
  onTestFinished(() => roles.close())
  expect(roles.authorityFile).toBeUndefined()
  const tls = { ca: own.certificatePem }
  expect(await httpGet(`${roles.idpUrl}/_sloop/ready`, { tls })).toMatchObject({ status: 200 })
  const other = await generateCredential('other', systemClock.now())
  writeFileSync(privateKey, other.privateKeyPem)
  await expect(startRoles({ ...anyPort, tls: { certificate, privateKey } })).rejects.toThrow(
    new ConfigError(
      `tlsCertificate: cannot use ${certificate} with ${privateKey}: the private key does not belong to the certificate`,
    ),
  )
  await expect(startRoles({ ...anyPort, tls: { certificate, privateKey: join(place, 'gone') } })).rejects.toThrow(
    new ConfigError(
      `tlsPrivateKey: cannot read ${join(place, 'gone')}: there is no such file, expected its private key in PEM`,
    ),
  )
})

test('a certificate with a key that is too small for TLS is refused', async () => {
  const place = folder()
  const [certificate, privateKey] = [join(place, 'small.crt'), join(place, 'small.key')]
  const keys = generateKeyPairSync('rsa', { modulusLength: 512 })
  const now = systemClock.now()
  const made = await makeCertificate({ commonName: 'small', notBefore: now, notAfter: now + 60_000, ...keys })
  writeFileSync(certificate, made.toString())
  writeFileSync(privateKey, keys.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const refused = expect(startRoles({ ...anyPort, tls: { certificate, privateKey } })).rejects
  await refused.toBeInstanceOf(ConfigError)
  await refused.toThrow(`tlsCertificate: cannot use ${certificate} with ${privateKey}: error:`)
  await refused.toThrow('ee key too small')
})

test('a start that fails leaves no file of its authority behind', async () => {
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith('sloop-ca-'))
  const before = left()
  const taken = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => taken.close())
  await expect(startRoles({ ...anyPort, idpPort: taken.port, tls: 'own authority' })).rejects.toThrow(/is taken/)
  expect(left()).toEqual(before)
})
