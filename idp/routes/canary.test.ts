import { expect, test } from 'vitest'
import {
  type Bait,
  harmlessLures,
  laidBait,
  luringDocuments,
  luringKeys,
  luringMessages,
  luringSignatures,
  secret,
} from '#saml/bait.test-support'
import { writeSoap } from '#saml/bindings/soap'
import { connectionsDuring } from '#saml/canary.test-support'
import { writeLogoutRequest } from '#saml/messages/logout-request'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { writeSpMetadata } from '#saml/metadata/sp-metadata'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { readServiceProviders } from '../directory/read-service-providers.ts'
import { noon, type TestSp } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'
import { carriers, signedInDocument } from './carriers.test-support.ts'
import { makeSoapScene, respond } from './soap-scene.test-support.ts'

/** No input makes the identity provider connect to an address that the input names, and no file that it names is read. */

type Poison = (xml: string, bait: Bait) => string

/** How often the bait was visited while `use` had it; what `use` answers must not hold what the file says. */
async function visitsDuring(use: (bait: Bait) => Promise<string> | string): Promise<number> {
  await using bait = await laidBait()
  return connectionsDuring(async (url) => {
    expect(await use({ url, file: bait.file })).not.toContain(secret)
  })
}

const poisoned = (poison: Poison, xml: string, bait: Bait) => {
  const changed = poison(xml, bait)
  expect(changed).not.toBe(xml)
  return changed
}

const { orders, stranger } = await makeWorld()
const documentFor = async (destination: string, signer?: TestSp) => {
  const request = orders.logoutRequest({ nameId: { value: 'alice' }, destination })
  const document = writeLogoutRequest(request)
  return signer === undefined ? document : signEnveloped(document, request.id, signer.credential)
}

const received = [
  ...carriers.flatMap((carrier) => luringMessages.map((lure) => ['T52', ...lure, carrier, undefined] as const)),
  ...signedInDocument.flatMap((carrier) => [
    ...luringSignatures.map((lure) => ['T65', ...lure, carrier, orders] as const),
    ...luringKeys.map((lure) => ['T65', ...lure, carrier, stranger] as const),
  ]),
]

test.each(received)(
  '%s: %s in a LogoutRequest leads nowhere and has no effect',
  async (_row, _name, poison, carrier, signer) => {
    const world = await makeWorld()
    await logIn(world.browser, world.orders)
    const document = carrier.wrap(await documentFor(carrier.address, signer))
    const visits = await visitsDuring(async (bait) => {
      const { status, location, says } = await carrier.deliver(world, poisoned(poison, document, bait))
      expect([status >= 400 && status !== 404, location]).toEqual([true, ''])
      return says + JSON.stringify(world.log)
    })
    expect(visits).toBe(0)
    expect(await whoIsSignedIn(world.browser)).toBe('alice')
  },
)

test.each(harmlessLures)(
  'T52: %s in a LogoutRequest that its service provider signed is not followed',
  async (_name, lure) => {
    const world = await makeWorld()
    const { nameId } = await logIn(world.browser, world.orders)
    const visits = await visitsDuring(async (bait) => {
      const request = orders.logoutRequest({ nameId })
      const content = `<saml2p:Extensions>${lure(bait)}</saml2p:Extensions>`
      const document = writeLogoutRequest(request).replace('</saml2:Issuer>', `$&${content}`)
      const signed = await signEnveloped(document, request.id, orders.credential)
      const page = await world.browser.post('/slo', { SAMLRequest: Buffer.from(signed).toString('base64') })
      return page.html + JSON.stringify(world.log)
    })
    expect(visits).toBe(0)
    expect(await whoIsSignedIn(world.browser)).toBeUndefined()
  },
)

const answered = [
  ...luringMessages.map((lure) => ['T52', ...lure, undefined] as const),
  ...luringSignatures.map((lure) => ['T65', ...lure, orders] as const),
  ...luringKeys.map((lure) => ['T65', ...lure, stranger] as const),
]

test.each(answered)(
  '%s: %s in what a service provider answers to a call leads nowhere',
  async (_row, _name, poison, signer) => {
    const visits = await visitsDuring(async (bait) => {
      const { logOut, log } = await makeSoapScene(async (asked) => {
        const answer = { ...orders.answerTo(asked), destination: undefined }
        const document = writeLogoutResponse(answer)
        const sent = signer === undefined ? document : await signEnveloped(document, answer.id, signer.credential)
        return respond(poisoned(poison, writeSoap(sent), bait))
      })
      const page = await logOut()
      expect(page.text).toMatch(/Partial logout: 1 of 1 .* orders its answer was refused: /)
      return page.html + JSON.stringify(log)
    })
    expect(visits).toBe(0)
  },
)

const metadata = writeSpMetadata(orders.metadata)

test.each(luringDocuments)(
  'T52: %s in the metadata of a service provider leads nowhere and is refused',
  async (_name, poison) => {
    const visits = await visitsDuring((bait) => {
      const read = () => readServiceProviders(poisoned(poison, metadata, bait), {}, noon)
      expect(read).toThrow(expect.objectContaining({ code: 'SAML_XML' }))
      return ''
    })
    expect(visits).toBe(0)
  },
)

test.each(harmlessLures)('T52: %s in the metadata of a service provider is not followed', async (_name, lure) => {
  const visits = await visitsDuring((bait) => {
    const content = `<md:Extensions>${lure(bait)}</md:Extensions>`
    const read = readServiceProviders(metadata.replace('<md:SPSSODescriptor', `${content}$&`), {}, noon)
    expect(read.map((sp) => sp.metadata.entityId)).toEqual([orders.entityId])
    return JSON.stringify(read.map(({ name }) => name))
  })
  expect(visits).toBe(0)
})
