import { expect, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { nameIdElement } from '#saml/messages/name-id'
import { parseIdpMetadata } from '#saml/metadata/idp-metadata'
import { STATUS } from '#saml/names'
import { encryptWithXmlsec } from '#saml/oracles.test-support'
import { writeFragment } from '#saml/xml/build'
import type { IdpOptions } from '../config.ts'
import { idpOrigin, noon } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { carriers, encrypted, plainName, requestWith } from './encrypted-id.test-support.ts'
import { ids } from './logout-request.test-support.ts'

const [other, elliptic] = await Promise.all([
  generateCredential('other', noon),
  generateCredential('elliptic', noon, { kind: 'P-256' }),
])

async function makeScene(given: Partial<IdpOptions> = {}) {
  const world = await makeWorld(given)
  const login = await logIn(world.browser, world.orders)
  world.log.length = 0
  return { ...world, login }
}
type Scene = Awaited<ReturnType<typeof makeScene>>

const keysIn = (metadata: string) =>
  parseIdpMetadata(metadata).keyDescriptors.map(({ use, key, encryptionMethods }) => {
    return [use, key.certificate.subject, encryptionMethods?.length]
  })

test('metadata offers the key for encryption, behind that for signatures and with the algorithms that are understood', async () => {
  const { idp } = await makeScene()
  expect(keysIn(idp.metadata)).toEqual([
    ['signing', 'CN=idp', undefined],
    ['encryption', 'CN=idp', 8],
  ])
  expect(parseIdpMetadata(idp.metadata).keyDescriptors[1]?.encryptionMethods?.slice(0, 1)).toMatchObject([
    { algorithm: 'http://www.w3.org/2009/xmlenc11#aes128-gcm' },
  ])
})

test('metadata offers no key for encryption where the only one is elliptic', async () => {
  const { idp } = await makeScene({ credential: elliptic })
  expect(keysIn(idp.metadata)).toEqual([['signing', 'CN=elliptic', undefined]])
})

const xmlsecTemplate = `<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element">
  <EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/>
  <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><EncryptedKey xmlns="http://www.w3.org/2001/04/xmlenc#">
    <EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/><CipherData><CipherValue/></CipherData>
  </EncryptedKey></KeyInfo><CipherData><CipherValue/></CipherData></EncryptedData>`

test.each(['redirect', 'post', 'soap'] as const)(
  'C011 a NameID that xmlsec1 encrypted for the published key ends the session it means, by %s',
  async (carrier) => {
    const scene = await makeScene()
    const published = parseIdpMetadata(scene.idp.metadata).keyDescriptors.find(({ use }) => use === 'encryption')
    const certificatePem = published?.key.certificate.toString() ?? ''
    const choice = { template: xmlsecTemplate, certificatePem, contentKey: 'aes-128' }
    const data = await encryptWithXmlsec(plainName(scene), choice)
    const encryptedId = `<saml2:EncryptedID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${data}</saml2:EncryptedID>`
    const status = await carriers[carrier](scene, requestWith(scene, encryptedId))
    expect([status.codes, await whoIsSignedIn(scene.browser)]).toEqual([[STATUS.success], undefined])
  },
)

// C106
test.each([0, 1])('each of two keys for encryption opens what is meant for it: %s', async (index) => {
  const encryptionCredentials = [other, await generateCredential('third', noon)]
  const scene = await makeScene({ credential: elliptic, encryptionCredentials })
  expect(keysIn(scene.idp.metadata)).toEqual([
    ['signing', 'CN=elliptic', undefined],
    ['encryption', 'CN=other', 8],
    ['encryption', 'CN=third', 8],
  ])
  const recipients = encryptionCredentials.slice(index, index + 1).map(({ certificate }) => certificate.publicKey)
  const request = requestWith(scene, encrypted(scene, plainName(scene), { recipients }))
  const status = await carriers.soap(scene, request)
  expect(status.codes).toEqual([STATUS.success])
})

test('an encrypted name of nobody is answered as a plain one, and its value stands in no log', async () => {
  const scene = await makeScene()
  const nobody = writeFragment(nameIdElement({ ...scene.login.nameId, value: 'somebody-secret' }))
  const { codes } = await carriers.redirect(scene, requestWith(scene, encrypted(scene, nobody)))
  expect(codes).toEqual([STATUS.requester, STATUS.unknownPrincipal])
  expect(JSON.stringify(scene.log)).not.toContain('somebody-secret')
})

/** With the last of its cipher values, the content, changed. */
const changed = (document: string, change: (content: Buffer) => Buffer) =>
  document.replace(
    /(?<=<xenc:CipherValue>)[^<]*(?=<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>)/,
    (text) => change(Buffer.from(text, 'base64')).toString('base64'),
  )
const flipped = (at: number) => (content: Buffer) => {
  const octets = Buffer.from(content)
  octets[at % octets.length] = (octets[at % octets.length] ?? 0) ^ 1
  return octets
}
const gcm = (scene: Scene) => encrypted(scene, plainName(scene))
const cbc = (scene: Scene) =>
  encrypted(scene, plainName(scene), { cipher: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' })
const renamed = (from: string, to: string) => (scene: Scene) => gcm(scene).replace(from, to)
const attribute = '<saml2:Attribute xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" Name="somebody-secret"/>'

const faults: [string, (scene: Scene) => string][] = [
  ['for another key', (scene) => encrypted(scene, plainName(scene), { recipients: [other.certificate.publicKey] })],
  ['for no key', (scene) => encrypted(scene, plainName(scene), { recipients: [] })],
  ['RSA-1_5', renamed('2001/04/xmlenc#rsa-oaep-mgf1p', '2001/04/xmlenc#rsa-1_5')],
  ['triple DES', renamed('2009/xmlenc11#aes256-gcm', '2001/04/xmlenc#tripledes-cbc')],
  ['an unknown cipher', renamed('2009/xmlenc11#aes256-gcm', 'urn:x')],
  ['a tag of 4 octets', (scene) => changed(gcm(scene), (content) => content.subarray(0, -12))],
  ['nothing', (scene) => changed(gcm(scene), () => Buffer.alloc(0))],
  ['an attribute in place of a name', (scene) => encrypted(scene, attribute)],
  ['no XML', (scene) => encrypted(scene, 'somebody-secret')],
  ...Array.from({ length: 16 }, (_, bit): (typeof faults)[number] => {
    return [`GCM, octet ${bit * 11} changed`, (scene) => changed(gcm(scene), flipped(bit * 11))]
  }),
  ...Array.from({ length: 32 }, (_, at): (typeof faults)[number] => {
    return [`CBC, octet ${16 + at} changed`, (scene) => changed(cbc(scene), flipped(16 + at))]
  }),
]

test.each(['redirect', 'soap'] as const)(
  'T74: what cannot be opened has one answer and one line in the log, by %s',
  async (carrier) => {
    const scene = await makeScene()
    const answers = new Set<string>()
    for (const [, write] of faults) {
      const { codes, message = '' } = await carriers[carrier](scene, requestWith(scene, write(scene)))
      const lines = scene.log.map(({ facts: { seq, ...facts }, ...line }) => ({ ...line, facts }))
      answers.add(ids(JSON.stringify([codes, message, lines])))
      scene.log.length = 0
    }
    const says = 'LogoutRequest _ID names its principal in a form that cannot be opened'
    const facts = {
      code: 'SAML_ENCRYPTED',
      sp: 'https://orders.test',
      from: 'https://orders.test',
      to: carrier === 'soap' ? `${idpOrigin}/slo/soap` : `${idpOrigin}/slo`,
      expected: 'NameID, or EncryptedID for an encryption key of our metadata',
    }
    const line = { level: 'warn', facts, message: says }
    expect([...answers].map((answer) => JSON.parse(answer))).toEqual([
      [[STATUS.responder, STATUS.requestUnsupported], says, [line]],
    ])
    expect(await whoIsSignedIn(scene.browser)).toBe('alice')
  },
)

test('A58: what nobody signed is not opened, though it would be believed', async () => {
  const scene = await makeScene({ tolerate: ['unsigned'] })
  const document = requestWith(scene, gcm(scene))
  const plain = await carriers.redirect(scene, document, 'nobody')
  expect(plain.codes).toEqual([STATUS.responder, STATUS.requestUnsupported])
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})
