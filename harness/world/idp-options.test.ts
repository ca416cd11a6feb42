import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Credential, generateCredential } from '#saml/credentials'
import { writeSpMetadata } from '#saml/metadata/sp-metadata'
import { signWithXmlsec } from '#saml/oracles.test-support'
import { signatureTemplate } from '#saml/signature/signature-template'
import { writeFragment } from '#saml/xml/build'
import { type Clock, settableClock } from '#server/clock'
import { ConfigError } from '#server/config'
import { type Load, loadIdp } from './idp-options.ts'
import { readWorld } from './read-world.ts'
import { makeSp, noon } from './sp.test-support.ts'

const loadIdpConfig = async (given: unknown, load: Load, clock?: Clock) => loadIdp(readWorld(given), load, clock)

const nothingToLoad = () => Promise.reject(new Error('nothing was to be loaded'))

test('an empty file configures nothing', async () => {
  expect(await loadIdpConfig(null, nothingToLoad)).toEqual({ options: { serviceProviders: [] }, awaited: [] })
})

test('a user needs only a name', async () => {
  const { options } = await loadIdpConfig({ users: [{ name: 'dave', groups: ['staff'] }] }, nothingToLoad)
  expect(options.users).toEqual([
    { name: 'dave', email: 'dave@example.test', displayName: 'dave', groups: ['staff'], attributes: undefined },
  ])
})

test('seconds become milliseconds, and what is left out stays open', async () => {
  const file = { skewSeconds: 60, lifetimes: { assertionSeconds: 30 }, entityId: 'urn:idp' }
  expect((await loadIdpConfig(file, nothingToLoad)).options).toMatchObject({
    skewMs: 60_000,
    lifetimes: { assertionSeconds: 30 },
    entityId: 'urn:idp',
  })
})

test('a service provider is known by the metadata behind a name', async () => {
  const { metadata } = await makeSp('orders')
  const file = { serviceProviders: [{ metadata: 'orders.xml', name: 'Orders' }] }
  const { options } = await loadIdpConfig(file, async (name) => {
    return name === 'orders.xml' ? writeSpMetadata(metadata) : nothingToLoad()
  })
  expect(options.serviceProviders).toMatchObject([{ metadata: { entityId: 'https://orders.test' }, name: 'Orders' }])
})

test('the key of the IdP is loaded with its certificate', async () => {
  const { credential } = await makeSp('idp')
  const files: Record<string, string> = { 'a.crt': credential.certificatePem, 'a.key': credential.privateKeyPem }
  const file = { keys: { certificate: 'a.crt', privateKey: 'a.key' } }
  const loaded = await loadIdpConfig(file, async (name) => files[name] ?? '')
  expect(loaded.options.credential?.certificatePem).toBe(credential.certificatePem)
})

test('keys for encryption are loaded beside that for signatures, which may be elliptic; those may not', async () => {
  const [elliptic, rsa] = await Promise.all([generateCredential('ec', noon, { kind: 'P-384' }), makeSp('rsa')])
  const files: Record<string, string> = {
    'ec.crt': elliptic.certificatePem,
    'ec.key': elliptic.privateKeyPem,
    'rsa.crt': rsa.credential.certificatePem,
    'rsa.key': rsa.credential.privateKeyPem,
  }
  const pair = (name: string) => ({ certificate: `${name}.crt`, privateKey: `${name}.key` })
  const load = async (name: string) => files[name] ?? ''
  const { options } = await loadIdpConfig({ keys: pair('ec'), encryptionKeys: [pair('rsa')] }, load)
  expect(
    [options.credential, ...(options.encryptionCredentials ?? [])].map((each) => each?.certificate.subject),
  ).toEqual(['CN=ec', 'CN=rsa'])
  await expect(loadIdpConfig({ encryptionKeys: [pair('rsa'), pair('ec')] }, load)).rejects.toThrow(
    new ConfigError('encryptionKeys[1]: the private key is of type ec on secp384r1, expected rsa'),
  )
})

test.each([
  ['a text that is no key', 'hello', 'it is no private key in PEM'],
  ['half a key', '-----BEGIN PRIVATE KEY-----\nMIIE', 'its PEM is damaged, or of a kind that is not known here'],
])('%s is refused as the key of the IdP', async (_case, text, says) => {
  const { credential } = await makeSp('idp')
  const file = { keys: { certificate: 'a.crt', privateKey: 'a.key' } }
  const load = async (name: string) => (name === 'a.key' ? text : credential.certificatePem)
  await expect(loadIdpConfig(file, load)).rejects.toThrow(
    new ConfigError(`keys: the private key cannot be read: ${says}`),
  )
})

test('a key that belongs to another certificate is refused', async () => {
  const [{ credential }, other] = [await makeSp('idp'), await makeSp('other')]
  const files: Record<string, string> = {
    'a.crt': credential.certificatePem,
    'b.key': other.credential.privateKeyPem,
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
  expect((await loadIdpConfig(file, async () => writeSpMetadata(metadata))).options).toMatchObject({
    tolerate: ['noDestination'],
    unknownSession: 'succeed',
    serviceProviders: [{ tolerate: ['unsigned'] }],
  })
})

/** As xmlsec1 signs it. */
async function signMetadata(document: string, credential: Credential): Promise<string> {
  const signature = writeFragment(signatureTemplate({ id: '_all', digest: '', credential }))
  const template = document.replace(/<md:EntitiesDescriptor[^>]*>/, `$&${signature}`)
  return signWithXmlsec(template, credential.privateKeyPem, 'urn:oasis:names:tc:SAML:2.0:metadata:EntitiesDescriptor')
}

const group = async (validUntil = '2099-01-01T00:00:00Z') => {
  const [one, two] = await Promise.all([makeSp('one'), makeSp('two')])
  const entities = [one, two].map(({ metadata }) => writeSpMetadata(metadata).replace(/^<\?xml[^>]*>/, ''))
  return `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" validUntil="${validUntil}">${entities.join('')}</md:EntitiesDescriptor>`
}

test('every service provider of a document is trusted, called by the host of its ACS', async () => {
  const document = await group()
  const { options } = await loadIdpConfig({ serviceProviders: [{ metadata: 'a.xml' }] }, async () => document)
  expect(options.serviceProviders?.map(({ metadata, name }) => [metadata.entityId, name])).toEqual([
    ['https://one.test', 'one.test'],
    ['https://two.test', 'two.test'],
  ])
})

test('a name for several service providers stands before the host of each', async () => {
  const document = await group()
  const file = { serviceProviders: [{ metadata: 'a.xml', name: 'ours' }] }
  const { options } = await loadIdpConfig(file, async () => document)
  expect(options.serviceProviders?.map(({ name }) => name)).toEqual(['ours one.test', 'ours two.test'])
})

test('an entityId chooses one of the service providers of a document', async () => {
  const document = await group()
  const file = { serviceProviders: [{ metadata: 'a.xml', entityId: 'https://two.test', name: 'two' }] }
  const { options } = await loadIdpConfig(file, async () => document)
  expect(options.serviceProviders).toMatchObject([{ metadata: { entityId: 'https://two.test' }, name: 'two' }])
})

test('what the metadata of the IdP offers, and how a service provider is asked, is as the world says', async () => {
  const { metadata } = await makeSp('orders')
  const byHand = { entityId: 'urn:by-hand', acs: 'http://sp.test/acs', slo: 'http://sp.test/slo' }
  const file = {
    idp: {
      singleLogout: [{ binding: 'post', responseLocation: 'http://x.test/done' }, { binding: 'soap' }],
      participantTimeoutSeconds: 2.5,
      propagation: 'frames',
      onFailure: 'stop',
    },
    serviceProviders: [
      { metadata: 'a.xml', logoutBy: 'soap' },
      { ...byHand, logoutBy: 'redirect' },
    ],
  } as const
  const { options } = await loadIdpConfig(file, async () => writeSpMetadata(metadata))
  expect([options.singleLogout, options.participantTimeoutMs]).toEqual([file.idp.singleLogout, 2_500])
  expect(options.logout).toEqual({ propagation: 'frames', onFailure: 'stop', initiator: undefined, session: undefined })
  expect(options.serviceProviders?.map(({ logoutBy }) => logoutBy)).toEqual(['soap', 'redirect'])
})

test.each([
  ['persistent', 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'],
  ['emailAddress', 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'],
  ['urn:test:staff-number', 'urn:test:staff-number'],
])('the format of NameIDs is a word or a URN: %s', async (nameIdFormat, uri) => {
  const { metadata } = await makeSp('orders')
  const byHand = { entityId: 'urn:by-hand', acs: 'http://sp.test/acs' }
  const file = { serviceProviders: [{ metadata: 'a.xml' }, { ...byHand, nameIdFormat }] }
  const { options } = await loadIdpConfig(file, async () => writeSpMetadata(metadata))
  expect(options.serviceProviders?.map((sp) => sp.nameIdFormat)).toEqual([undefined, uri])
})

test('what is said of one service provider is kept with it, in milliseconds where it is a skew', async () => {
  const byHand = { entityId: 'urn:by-hand', acs: 'http://sp.test/acs' }
  const given = { signedParts: 'both', lifetimes: { sessionSeconds: 60 }, attributes: { email: 'mail', team: 'team' } }
  const users = [{ name: 'dana', attributes: { team: ['red'] } }]
  const file = { users, serviceProviders: [{ ...byHand, ...given, skewSeconds: 2.5 }] }
  const { options } = await loadIdpConfig(file, nothingToLoad)
  expect(options.serviceProviders).toMatchObject([{ ...given, skewMs: 2_500 }])
})

test.each([
  ['displayname', 'did you mean displayName?'],
  ['zzz', 'known are uid, mail, displayName, groups, team'],
])('an attribute that no user has is refused: %s', async (attribute, hint) => {
  const byHand = { entityId: 'urn:by-hand', acs: 'http://sp.test/acs', attributes: { email: attribute } }
  const file = { users: [{ name: 'dana', attributes: { team: ['red'] } }], serviceProviders: [byHand] }
  await expect(loadIdpConfig(file, nothingToLoad)).rejects.toThrow(
    new ConfigError(`serviceProviders[0].attributes.email: no user has an attribute [${attribute}], ${hint}`),
  )
})

test('what is to be encrypted needs a key, by hand as in metadata', async () => {
  const { credential, metadata } = await makeSp('orders')
  const byHand = { entityId: 'urn:by-hand', acs: 'http://sp.test/acs', encrypt: 'assertion' }
  const load: Load = async (name) => (name === 'sp.crt' ? credential.certificatePem : writeSpMetadata(metadata))
  const withKey = { serviceProviders: [{ ...byHand, certificates: ['sp.crt'] }] }
  expect((await loadIdpConfig(withKey, load)).options.serviceProviders).toMatchObject([{ encrypt: 'assertion' }])
  const refused = (entityId: string) =>
    new ConfigError(
      `serviceProviders[0].encrypt: nothing can be encrypted for [${entityId}]: its metadata has no key for encryption`,
    )
  const withoutKey = { serviceProviders: [byHand] }
  await expect(loadIdpConfig(withoutKey, load)).rejects.toThrow(refused('urn:by-hand'))
  // The key in this metadata is for signatures alone.
  const inMetadata = { serviceProviders: [{ metadata: 'a.xml', encrypt: 'nameId' }] }
  await expect(loadIdpConfig(inMetadata, load)).rejects.toThrow(refused('https://orders.test'))
})

test('an entityId that chooses nobody is refused with those that are there', async () => {
  const document = await group()
  const file = { serviceProviders: [{ metadata: 'a.xml', entityId: 'https://three.test' }] }
  await expect(loadIdpConfig(file, async () => document)).rejects.toThrow(
    new ConfigError(
      'serviceProviders[0].entityId: a.xml: the metadata has SPSSODescriptor for [https://one.test, https://two.test], expected the SPSSODescriptor of [https://three.test]',
    ),
  )
})

test('entityIds choose some of the service providers of a document, and one that is not there is refused by its place', async () => {
  const document = await group()
  const load = async () => document
  const choose = (...entityIds: string[]) =>
    loadIdpConfig({ serviceProviders: [{ metadata: 'a.xml', entityIds }] }, load)
  const { options } = await choose('https://two.test')
  expect(options.serviceProviders?.map(({ metadata }) => metadata.entityId)).toEqual(['https://two.test'])
  await expect(choose('https://two.test', 'https://three.test')).rejects.toThrow(
    new ConfigError(
      'serviceProviders[0].entityIds[1]: a.xml: the metadata has SPSSODescriptor for [https://one.test, https://two.test], expected the SPSSODescriptor of [https://three.test]',
    ),
  )
})

test.each([
  [{ metadata: 'a.xml', entityId: 'urn:a', entityIds: ['urn:b'] }, 'entityIds: entityId says this already'],
  [
    { entityId: 'urn:a', acs: 'http://a.test/', signedBy: 'x' },
    'signedBy: there is no metadata of which this could be said',
  ],
  [
    { entityId: 'urn:a', acs: 'http://a.test/', entityIds: [] },
    'entityIds: Too small: expected array to have >=1 items',
  ],
])('what contradicts itself in an entry is refused: %j', async (entry, says) => {
  await expect(loadIdpConfig({ serviceProviders: [entry] }, nothingToLoad)).rejects.toThrow(
    new ConfigError(`serviceProviders[0].${says}`),
  )
})

test('signedBy names the certificate by which a document must be signed', async () => {
  const { credential } = await makeSp('federation')
  const unsigned = (await group()).replace('<md:EntitiesDescriptor', '$& ID="_all"')
  const files: Record<string, string> = {
    'unsigned.xml': unsigned,
    'signed.xml': await signMetadata(unsigned, credential),
    'federation.crt': credential.certificatePem,
    'other.crt': (await makeSp('other')).credential.certificatePem,
  }
  const read = (metadata: string, signedBy: string) =>
    loadIdpConfig({ serviceProviders: [{ metadata, signedBy }] }, async (name) => files[name] ?? 'nothing')
  const { options } = await read('signed.xml', 'federation.crt')
  expect(options.serviceProviders).toHaveLength(2)
  await expect(read('unsigned.xml', 'federation.crt')).rejects.toThrow(
    new ConfigError('serviceProviders[0].metadata: unsigned.xml: the EntitiesDescriptor is not signed'),
  )
  await expect(read('signed.xml', 'other.crt')).rejects.toThrow(
    new ConfigError(
      'serviceProviders[0].metadata: signed.xml: the signature of EntitiesDescriptor _all does not verify with any of 1 trusted keys',
    ),
  )
  await expect(read('signed.xml', 'gone.crt')).rejects.toThrow(
    new ConfigError('serviceProviders[0].signedBy: the certificate cannot be read: it is no X.509 certificate'),
  )
})

test('metadata past its validUntil is refused, to the millisecond', async () => {
  const document = await group('2031-05-04T12:00:00Z')
  const load = (now: number) =>
    loadIdpConfig({ serviceProviders: [{ metadata: 'a.xml' }] }, async () => document, settableClock(now))
  await expect(load(noon)).rejects.toThrow(
    new ConfigError(
      'serviceProviders[0].metadata: a.xml: [https://one.test] cannot be trusted: its metadata was valid until 2031-05-04T12:00:00.000Z',
    ),
  )
  expect((await load(noon - 1)).options.serviceProviders).toHaveLength(2)
})

// cases/robustness.md C4
test('two entries that describe the same service provider are refused', async () => {
  const { metadata } = await makeSp('orders')
  const file = { serviceProviders: [{ metadata: 'a.xml' }, { metadata: 'b.xml' }] }
  await expect(loadIdpConfig(file, async () => writeSpMetadata(metadata))).rejects.toThrow(
    new ConfigError('serviceProviders[1]: [https://orders.test] is described by serviceProviders[0] already'),
  )
})

test('what is behind an address is not loaded yet, and is read with its entry when it is', async () => {
  const { metadata } = await makeSp('orders')
  const file = { serviceProviders: [{ metadata: 'http://sp.test/metadata', name: 'Orders', tolerate: ['unsigned'] }] }
  const { options, awaited } = await loadIdpConfig(file, nothingToLoad)
  expect([options.serviceProviders, awaited.map(({ url }) => url)]).toEqual([[], ['http://sp.test/metadata']])
  expect(awaited[0]?.read(writeSpMetadata(metadata))).toMatchObject([
    { metadata: { entityId: 'https://orders.test' }, name: 'Orders', tolerate: ['unsigned'] },
  ])
  expect(() => awaited[0]?.read('<x xmlns="urn:x"/>')).toThrow(
    new ConfigError(
      'serviceProviders[0].metadata: http://sp.test/metadata: the document is a {urn:x}x, expected SAML metadata',
    ),
  )
})

test('cases/files 03: both service providers of a group with an identity provider are known', async () => {
  const folder = new URL('../../../shared/cases/files/03-group-of-service-providers/', import.meta.url)
  const read = (name: string) => readFile(new URL(name, folder), 'utf8')
  const { options } = await loadIdpConfig(parse(await read('sloop.yml')), read)
  expect(options.serviceProviders?.map(({ metadata, name }) => [metadata.entityId, name])).toEqual([
    ['https://one.cases.example/saml', 'one.cases.example'],
    ['https://two.cases.example/saml', 'two.cases.example'],
  ])
})
