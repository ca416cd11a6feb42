import { expect, test } from 'vitest'
import { writeSpMetadata } from '#saml/metadata/sp-metadata'
import { ConfigError } from '#server/config'
import { loadIdpConfig, nothingToLoad } from './idp-options.test-support.ts'
import type { Load } from './idp-options.ts'
import { makeSp } from './sp.test-support.ts'

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
