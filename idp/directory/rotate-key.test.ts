import { expect, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { parseIdpMetadata } from '#saml/metadata/idp-metadata'
import { judgeSchema } from '#saml/oracles.test-support'
import { trustCertificate } from '#saml/signature/trusted-key'
import { noon, readSentRequest } from '../sp.test-support.ts'
import { logIn, makeWorld, type World } from '../world.test-support.ts'
import type { Publish } from './key-ring.ts'

const made = await Promise.all(['second', 'third'].map((name) => generateCredential(name, noon)))
const [second, third] = made as [(typeof made)[0], (typeof made)[0]]

/** The keys in the metadata as it is answered over HTTP. */
async function published({ idp }: World): Promise<string[]> {
  const document = await (await idp.fetch(new Request(idp.metadataUrl))).text()
  expect(document).toBe(idp.metadata)
  expect(await judgeSchema(document, 'metadata')).toMatchObject({ accepted: true })
  return parseIdpMetadata(document).keyDescriptors.map(({ use, key }) => `${use} ${key.certificate.subject}`)
}

const all = [{ name: 'idp' }, { name: 'second' }, { name: 'third' }]

/** Whose key has signed the LogoutRequest that leaves now. */
async function whoSigns(world: World): Promise<string | undefined> {
  const browser = world.newBrowser()
  await logIn(browser, world.orders)
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  const keys = [world.credential, second, third].map(({ certificate }) => trustCertificate(certificate))
  return all.find((_name, index) => {
    try {
      return readSentRequest(location, keys[index] as (typeof keys)[0]) !== undefined
    } catch {
      return false
    }
  })?.name
}

test.each<[Publish | undefined, string, string[]]>([
  [undefined, 'second', ['signing CN=second', 'signing CN=idp', 'encryption CN=second', 'encryption CN=idp']],
  ['both', 'second', ['signing CN=second', 'signing CN=idp', 'encryption CN=second', 'encryption CN=idp']],
  ['newOnly', 'second', ['signing CN=second', 'encryption CN=second']],
  ['announce', 'idp', ['signing CN=idp', 'signing CN=second', 'encryption CN=idp', 'encryption CN=second']],
])(
  'a new key with publish %s: who signs, and what the metadata names, the one that signs first',
  async (publish, signs, names) => {
    const world = await makeWorld()
    expect([await whoSigns(world), await published(world)]).toEqual(['idp', ['signing CN=idp', 'encryption CN=idp']])
    expect(await world.idp.rotateKey({ publish, credential: second })).toBe(second.certificatePem)
    expect([await whoSigns(world), await published(world)]).toEqual([signs, names])
  },
)

test('an announced key is the one that signs next', async () => {
  const world = await makeWorld()
  await world.idp.rotateKey({ publish: 'announce', credential: second })
  expect(await world.idp.rotateKey({ publish: 'newOnly' })).toBe(second.certificatePem)
  expect([await whoSigns(world), await published(world)]).toEqual([
    'second',
    ['signing CN=second', 'encryption CN=second'],
  ])
})

test('of a second roll-over only the last two keys stay published, and another announced one takes the place of the first', async () => {
  const world = await makeWorld()
  await world.idp.rotateKey({ credential: second })
  await world.idp.rotateKey({ credential: third })
  expect((await published(world)).slice(0, 2)).toEqual(['signing CN=third', 'signing CN=second'])
  await world.idp.rotateKey({ publish: 'announce', credential: second })
  await world.idp.rotateKey({ publish: 'announce', credential: world.credential })
  expect((await published(world)).filter((name) => name.startsWith('signing'))).toEqual([
    ...['signing CN=third', 'signing CN=second', 'signing CN=idp'],
  ])
})

test.each<Publish>(['both', 'announce'])(
  'a key that is there already stands in the metadata once (%s)',
  async (publish) => {
    const world = await makeWorld()
    await world.idp.rotateKey({ publish, credential: world.credential })
    expect(await published(world)).toEqual(['signing CN=idp', 'encryption CN=idp'])
  },
)

test('a key that nobody gives is made, of the kind of the one that signs', async () => {
  const elliptic = await generateCredential('ec', noon, { kind: 'P-384' })
  const world = await makeWorld({ credential: elliptic })
  await world.idp.rotateKey()
  const [made, old] = parseIdpMetadata(world.idp.metadata).keyDescriptors.map(({ key }) => key)
  expect(made?.key.asymmetricKeyDetails).toEqual({ namedCurve: 'secp384r1' })
  expect(old?.certificateBase64).toBe(elliptic.certificate.raw.toString('base64'))
  expect(made?.key.equals(elliptic.certificate.publicKey)).toBe(false)
})

test('another way to publish is refused and changes nothing', async () => {
  const world = await makeWorld()
  const before = world.idp.metadata
  await expect(world.idp.rotateKey({ publish: 'neither' as Publish })).rejects.toThrow(
    new TypeError('publish: expected both, newOnly, announce, found [neither]'),
  )
  expect(world.idp.metadata).toBe(before)
})
