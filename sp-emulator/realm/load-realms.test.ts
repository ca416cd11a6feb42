import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { ConfigError } from '#server/config'
import { silentLog } from '#server/logging'
import { createSamlRealm } from './create-saml-realm.ts'
import { encryptIn } from './judge/encrypted.test-support.ts'
import { loadRealms } from './load-realms.ts'
import { parseElasticsearchYml } from './settings/elasticsearch-yml.ts'
import { makeKeystore } from './settings/keystore.test-support.ts'
import { signedLogin } from './test-logins.test-support.ts'
import { baseIdpMetadata, spKey, testRealm } from './test-realm.test-support.ts'

const realms = 'xpack.security.authc.realms.saml'
const section = `${realms}.saml1`
const base = {
  order: 2,
  'idp.entity_id': 'https://idp.test/',
  'idp.metadata.path': 'idp.xml',
  'sp.entity_id': 'https://sp.test/',
  'sp.acs': 'https://sp.test/saml/acs',
  'attributes.principal': 'nameid',
  'signing.key': 'sp.key',
  'signing.certificate': 'sp.crt',
}
let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sloop-realm-'))
  await put('idp.xml', writeIdpMetadata(baseIdpMetadata))
  await put('sp.key', spKey.privateKeyPem)
  await put('sp.crt', spKey.certificatePem)
})

afterEach(() => rm(folder, { recursive: true }))

const put = (name: string, content: string | Buffer) => writeFile(join(folder, name), content)
const load = (changes: object = {}, others: object = {}) =>
  loadRealms(parseElasticsearchYml({ [realms]: { saml1: { ...base, ...changes }, ...others } }), {
    folder,
    log: silentLog,
  })
const wrong = (reason: string) => expect.objectContaining({ constructor: ConfigError, message: reason })

test('a realm is loaded with its key and the metadata of its IdP, from files beside the configuration', async () => {
  const [loaded] = await load()
  expect(loaded?.config).toMatchObject({ name: 'saml1', order: 2, acsUrl: 'https://sp.test/saml/acs' })
  expect(loaded?.config.signing?.certificatePem).toBe(spKey.certificatePem)
  expect(loaded?.idpMetadata.current().entityId).toBe('https://idp.test/')
})

test('an absolute path is taken as it is', async () => {
  const [loaded] = await load({ 'idp.metadata.path': join(folder, 'idp.xml') })
  expect(loaded?.idpMetadata.current().entityId).toBe('https://idp.test/')
})

test('a realm may do without a key', async () => {
  const [loaded] = await load({ 'signing.key': undefined, 'signing.certificate': undefined })
  expect(loaded?.config.signing).toBeUndefined()
})

test('a realm is loaded with its keys for decryption', async () => {
  const [loaded] = await load({ 'encryption.key': 'sp.key', 'encryption.certificate': 'sp.crt' })
  expect(loaded?.config.encryption?.map(({ certificatePem }) => certificatePem)).toEqual([spKey.certificatePem])
})

test('what an IdP encrypts for the certificate of a keystore is opened by the realm that was loaded', async () => {
  await put('keys.p12', await makeKeystore(spKey))
  const keystore = { 'encryption.keystore.path': 'keys.p12', 'encryption.keystore.secure_password': 'secret' }
  const [loaded] = await load(keystore)
  if (loaded === undefined) throw new TypeError('there is no realm')
  const realm = createSamlRealm({ ...testRealm().context, config: loaded.config })
  const login = await realm.authenticate(Buffer.from(encryptIn(await signedLogin(), 'Assertion')), ['_login1'])
  expect(login.principal.username).toBe('alice')
})

test('a realm that is switched off is not loaded', async () => {
  expect((await load({}, { other: { enabled: false } })).map(({ config }) => config.name)).toEqual(['saml1'])
})

test('a configuration without a realm is refused', async () => {
  await expect(load({ enabled: false })).rejects.toThrow(
    wrong('the configuration has no SAML realm under [xpack.security.authc.realms.saml]'),
  )
})

test.each([
  ['idp.metadata.path', 'missing.xml'],
  ['signing.key', 'missing.key'],
  ['signing.certificate', 'missing.crt'],
])('%s must name a file that exists', async (setting, name) => {
  await expect(load({ [setting]: name })).rejects.toThrow(
    wrong(
      `the setting [${section}.${setting}] names [${join(folder, name)}], which cannot be read: there is no such file`,
    ),
  )
})

test('a folder is no file', async () => {
  await expect(load({ 'signing.key': '.' })).rejects.toThrow(
    wrong(`the setting [${section}.signing.key] names [${folder}], which cannot be read: it is a folder`),
  )
})

test('metadata over http is refused', async () => {
  await expect(load({ 'idp.metadata.path': 'http://idp.test/metadata' })).rejects.toThrow(
    wrong(
      `the setting [${section}.idp.metadata.path] is [http://idp.test/metadata]: The [http] protocol is not supported as it is insecure. Use [https] instead`,
    ),
  )
})

test('metadata without the entity is refused with those that it has', async () => {
  await expect(load({ 'idp.entity_id': 'https://other.test/' })).rejects.toThrow(
    wrong(
      `the setting [${section}.idp.metadata.path] cannot be used: the metadata has IDPSSODescriptor for [https://idp.test/], expected the IDPSSODescriptor of [https://other.test/]`,
    ),
  )
})

test('metadata that is no XML is refused', async () => {
  await put('idp.xml', 'not XML')
  await expect(load()).rejects.toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        /^the setting \[.*\.idp\.metadata\.path\] cannot be used: the document is not well-formed: /,
      ),
    }),
  )
})

test('metadata over https may come later', async () => {
  const [loaded] = await load({ 'idp.metadata.path': 'https://idp.invalid/metadata' })
  loaded?.idpMetadata.stop()
  expect(() => loaded?.idpMetadata.current()).toThrow(
    'the metadata of the IdP has not been loaded from [https://idp.invalid/metadata]',
  )
})
