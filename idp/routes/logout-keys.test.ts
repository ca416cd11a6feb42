import { createHmac, generateKeyPairSync } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { makeCertificate } from '#saml/certificate'
import { type Credential, generateCredential } from '#saml/credentials'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { STATUS } from '#saml/names'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { trustCertificate } from '#saml/signature/trusted-key'
import { noon, readSentResponse } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { message, requestOf, slo } from './logout-request.test-support.ts'

/** Whose signature counts: that of a key which the metadata of the service provider names for signing, and of no other. */

const next = await generateCredential('next', noon)
const weak = await weakCredential()

/** Alice is logged in at `orders`, whose metadata has these keys in place of its own. */
async function makeScene(keys?: readonly { readonly use?: 'signing' | 'encryption'; readonly of: Credential }[]) {
  const world = await makeWorld()
  const trust = (given: NonNullable<typeof keys>) => {
    const keyDescriptors = given.map(({ use, of }) => ({ use, key: trustCertificate(of.certificate) }))
    world.idp.trust({ ...world.orders.metadata, keyDescriptors }, { name: 'orders' })
  }
  if (keys !== undefined) trust(keys)
  return { ...world, trust, login: await logIn(world.browser, world.orders) }
}

type Scene = Awaited<ReturnType<typeof makeScene>>

/** A LogoutRequest that this key signed, by Redirect and in a form. */
const byRedirect = async (scene: Scene, signWith: Credential) =>
  scene.browser.open(await scene.orders.redirect(requestOf(scene), { signWith }))
const byPost = async (scene: Scene, signWith: Credential) =>
  scene.browser.post('/slo', await scene.orders.form(requestOf(scene), { signWith }))
const ways = [
  ['Redirect', byRedirect],
  ['a form', byPost],
] as const

async function weakCredential(): Promise<Credential> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const given = { commonName: 'weak', notBefore: noon, notAfter: noon + 1e9, publicKey, privateKey }
  const certificate = await makeCertificate(given)
  return { ...next, certificate, certificatePem: certificate.toString(), privateKey }
}

test.each(ways)('T70 the key that a service provider decrypts with signs nothing for it: by %s', async (_way, send) => {
  const { orders } = await makeWorld()
  const scene = await makeScene([
    { use: 'signing', of: orders.credential },
    { use: 'encryption', of: next },
  ])
  const page = await send(scene, next)
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('does not verify with any of 1 trusted keys')])
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})

test.each(ways)(
  'T70 the key of the identity provider signs nothing for a service provider: by %s',
  async (_way, send) => {
    const scene = await makeScene()
    const page = await send(scene, scene.credential)
    expect([page.status, page.text]).toEqual([
      400,
      expect.stringContaining('does not verify with any of 1 trusted keys'),
    ])
    expect(await whoIsSignedIn(scene.browser)).toBe('alice')
  },
)

test.each(ways)('T82, C117 a key of 1024 bits in metadata signs nothing: by %s', async (_way, send) => {
  const scene = await makeScene([{ use: 'signing', of: weak }])
  const page = await send(scene, weak)
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('does not verify with any of 1 trusted keys')])
  expect(await whoIsSignedIn(scene.browser)).toBe('alice')
})

test.each(ways)(
  'C084 any key for signing, or for any use, signs for its service provider: by %s',
  async (_way, send) => {
    const { orders } = await makeWorld()
    const keys = [{ use: 'signing', of: orders.credential }, { of: next }] as const
    for (const { of } of keys) {
      const scene = await makeScene(keys)
      expect((await send(scene, of)).status).not.toBe(400)
      expect(await whoIsSignedIn(scene.browser)).toBeUndefined()
    }
  },
)

test('C085 another key and another address in metadata count from the next message on', async () => {
  const scene = await makeScene()
  scene.trust([{ use: 'signing', of: next }])
  expect((await byRedirect(scene, scene.orders.credential)).status).toBe(400)
  const location = 'https://orders.test/moved'
  const [endpoint] = scene.orders.metadata.singleLogoutServices.map((service) => ({ ...service, location }))
  const keyDescriptors = [{ use: 'signing' as const, key: trustCertificate(next.certificate) }]
  if (endpoint === undefined) throw new TypeError('orders has an endpoint')
  scene.idp.trust({ ...scene.orders.metadata, keyDescriptors, singleLogoutServices: [endpoint] })
  const done = await byRedirect(scene, next)
  expect(done.location.split('?')[0]).toBe(location)
  expect(readSentResponse(done.location, scene.key).status.codes).toEqual([STATUS.success])
})

const hmacs = [
  ['http://www.w3.org/2000/09/xmldsig#hmac-sha1', 'sha1'],
  ['http://www.w3.org/2001/04/xmldsig-more#hmac-sha256', 'sha256'],
] as const
const known = [
  ['PEM', ({ certificatePem }: Credential) => Buffer.from(certificatePem)],
  ['DER', ({ certificate }: Credential) => certificate.raw],
] as const
const guesses = hmacs.flatMap(([uri, digest]) =>
  known.map(([form, secretOf]) => [uri, form, digest, secretOf] as const),
)

test.each(guesses)(
  'T45 %s keyed with the certificate in %s is no signature of a query',
  async (uri, _form, digest, secretOf) => {
    const scene = await makeScene()
    const document = deflateRawSync(writeLogoutRequest(requestOf(scene)))
    const octets = `SAMLRequest=${message(document)}&SigAlg=${encodeURIComponent(uri)}`
    const value = createHmac(digest, secretOf(scene.orders.credential)).update(octets).digest()
    const page = await scene.browser.open(`${slo}?${octets}&Signature=${message(value)}`)
    expect([page.status, page.text]).toEqual([400, expect.stringContaining(`the signature algorithm [${uri}] is not`)])
    expect(await whoIsSignedIn(scene.browser)).toBe('alice')
  },
)

test.each(guesses)(
  'T45 %s keyed with the certificate in %s is no signature of a document',
  async (uri, _form, digest, secretOf) => {
    const scene = await makeScene()
    const request = requestOf(scene)
    const signed = await signEnveloped(writeLogoutRequest(request), request.id, scene.orders.credential)
    const [method = ''] = /(?<=<ds:SignatureMethod Algorithm=")[^"]*/.exec(signed) ?? []
    const [info = ''] = /<ds:SignedInfo.*<\/ds:SignedInfo>/s.exec(signed.replace(method, uri)) ?? []
    const canonical = info.replace('<ds:SignedInfo>', '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')
    const value = createHmac(digest, secretOf(scene.orders.credential)).update(canonical).digest('base64')
    const document = signed.replace(method, uri).replace(/(?<=<ds:SignatureValue>)[^<]*/, value)
    const page = await scene.browser.post('/slo', { SAMLRequest: Buffer.from(document).toString('base64') })
    expect([page.status, page.text]).toEqual([400, expect.stringContaining(uri)])
    expect(await whoIsSignedIn(scene.browser)).toBe('alice')
  },
)
