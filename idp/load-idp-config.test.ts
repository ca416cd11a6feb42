import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { writeSpMetadata } from '#saml/metadata/sp-metadata'
import { ConfigError } from '#server/config'
import { loadIdpConfig } from './load-idp-config.ts'
import { makeSp } from './sp.test-support.ts'

const nothingToLoad = () => Promise.reject(new Error('nothing was to be loaded'))

test('an empty file configures nothing', async () => {
  expect(await loadIdpConfig(null, nothingToLoad)).toEqual({ serviceProviders: [] })
})

test('a user needs only a name', async () => {
  const { users } = await loadIdpConfig({ users: [{ name: 'dave', groups: ['staff'] }] }, nothingToLoad)
  expect(users).toEqual([
    { name: 'dave', email: 'dave@example.test', displayName: 'dave', groups: ['staff'], attributes: undefined },
  ])
})

test('seconds become milliseconds, and what is left out stays open', async () => {
  const file = { skewSeconds: 60, lifetimes: { assertionSeconds: 30 }, entityId: 'urn:idp' }
  expect(await loadIdpConfig(file, nothingToLoad)).toMatchObject({
    skewMs: 60_000,
    lifetimes: { assertionSeconds: 30 },
    entityId: 'urn:idp',
  })
})

test('a service provider is known by the metadata behind a name', async () => {
  const { metadata } = await makeSp('orders')
  const file = { serviceProviders: [{ metadata: 'orders.xml', name: 'Orders' }] }
  const { serviceProviders } = await loadIdpConfig(file, async (name) => {
    return name === 'orders.xml' ? writeSpMetadata(metadata) : nothingToLoad()
  })
  expect(serviceProviders).toMatchObject([{ metadata: { entityId: 'https://orders.test' }, name: 'Orders' }])
})

test('the key of the IdP is loaded with its certificate', async () => {
  const { credential } = await makeSp('idp')
  const files: Record<string, string> = { 'a.crt': credential.certificatePem, 'a.key': credential.privateKeyPem }
  const file = { keys: { certificate: 'a.crt', privateKey: 'a.key' } }
  const loaded = await loadIdpConfig(file, async (name) => files[name] ?? '')
  expect(loaded.credential?.certificatePem).toBe(credential.certificatePem)
})

test('a key that belongs to another certificate is refused', async () => {
  const { credential } = await makeSp('idp')
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const files: Record<string, string> = {
    'a.crt': credential.certificatePem,
    'b.key': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
  const file = { keys: { certificate: 'a.crt', privateKey: 'b.key' } }
  await expect(loadIdpConfig(file, async (name) => files[name] ?? '')).rejects.toThrow(
    new ConfigError('keys: the private key does not belong to the certificate'),
  )
})

test.each([
  ['cannot be loaded', () => Promise.reject(new Error('no such file')), 'no such file'],
  ['is none', async () => '<x xmlns="urn:x"/>', 'a.xml: the document is a {urn:x}x, expected SAML metadata'],
  [
    'is not well-formed',
    async () => '<x',
    'a.xml: the document is not well-formed: document must contain a root element.',
  ],
])('metadata that %s is refused by its place in the file and its name', async (_case, load, reason) => {
  const file = { serviceProviders: [{ metadata: 'a.xml' }] }
  await expect(loadIdpConfig(file, load)).rejects.toThrow(new ConfigError(`serviceProviders[0].metadata: ${reason}`))
})

test('tolerate and unknownSession come from the block idp, and tolerate of a service provider from its entry', async () => {
  const { metadata } = await makeSp('orders')
  const file = {
    idp: { tolerate: ['noDestination'], unknownSession: 'succeed' },
    serviceProviders: [{ metadata: 'a.xml', tolerate: ['unsigned'] }],
  }
  expect(await loadIdpConfig(file, async () => writeSpMetadata(metadata))).toMatchObject({
    tolerate: ['noDestination'],
    unknownSession: 'succeed',
    serviceProviders: [{ tolerate: ['unsigned'] }],
  })
})
