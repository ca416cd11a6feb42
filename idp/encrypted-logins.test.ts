import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto'
import { SAML } from '@node-saml/node-saml'
import { expect, test } from 'vitest'
import { makeCertificate } from '#saml/certificate'
import { decryptElement } from '#saml/encryption/decrypt-element'
import type { EncryptionMethod } from '#saml/encryption/encryption-method'
import type { NameIdPolicy } from '#saml/messages/authn-request'
import { readNameId } from '#saml/messages/name-id'
import { parseResponse } from '#saml/messages/response'
import { NAME_ID_FORMAT, STATUS } from '#saml/names'
import { decryptWithXmlsec, judgeSchema, judgeXmlSignature } from '#saml/oracles.test-support'
import { readMessage } from '#saml/schema/message'
import { trustCertificate } from '#saml/signature/trusted-key'
import { elementsOf } from '#saml/xml/element'
import { systemClock } from '#server/clock'
import { findButton } from './browser.test-support.ts'
import type { Encryption } from './directory/sp-encryption.ts'
import type { SignedParts } from './outbox/draft.ts'
import { idpOrigin, noon, readSentRequest } from './sp.test-support.ts'
import { makeWorld, readLogin, sentDocument } from './world.test-support.ts'

interface Given {
  readonly encrypt?: Encryption
  readonly signedParts?: SignedParts
  readonly methods?: readonly string[]
  readonly clock?: typeof systemClock
}

/** `orders` has its key for encryption, too. */
async function makeScene({ encrypt, signedParts, methods = [], ...options }: Given = {}) {
  const world = await makeWorld(options)
  const { orders, idp } = world
  const key = trustCertificate(orders.credential.certificate)
  const encryptionMethods: readonly EncryptionMethod[] = methods.map((algorithm) => ({ algorithm }))
  const keyDescriptors = [{ key, encryptionMethods }]
  idp.trust({ ...orders.metadata, keyDescriptors }, { name: 'orders', encrypt, signedParts })
  const logIn = async (nameIdPolicy?: NameIdPolicy) => {
    const page = await world.browser.open(await orders.redirect(orders.authnRequest({ nameIdPolicy })))
    return page.title === 'Sign in' ? world.browser.press(page, 'alice') : page
  }
  return { ...world, logIn }
}

const bySaml = (name: string) => `urn:oasis:names:tc:SAML:2.0:${name}`
const opened = (document: string, privateKeyPem: string) => decryptWithXmlsec(document, privateKeyPem)

test.each<[SignedParts]>([['assertion'], ['response'], ['both']])(
  'xmlsec1 opens an Assertion that was encrypted, and what was signed is good: %s',
  async (signedParts) => {
    const { logIn, orders, credential } = await makeScene({ encrypt: 'assertion', signedParts })
    const document = sentDocument(await logIn())
    expect(document).not.toContain('<saml2:Assertion')
    expect(document).not.toContain('alice')
    expect(await judgeSchema(document, 'protocol')).toMatchObject({ accepted: true })
    const judge = (text: string, name: string, xpath?: string) =>
      judgeXmlSignature(text, credential.certificatePem, bySaml(name), xpath)
    const plain = await opened(document, orders.credential.privateKeyPem)
    expect(plain).toContain('alice')
    if (signedParts !== 'assertion') {
      expect(await judge(document, 'protocol:Response')).toMatchObject({ accepted: true })
    }
    if (signedParts !== 'response') {
      const ofAssertion = '//*[local-name()="Assertion"]/*[local-name()="Signature"]'
      expect(await judge(plain, 'assertion:Assertion', ofAssertion)).toMatchObject({ accepted: true })
    }
  },
)

test('xmlsec1 opens a name that was encrypted in a signed Assertion', async () => {
  const { logIn, orders, credential } = await makeScene({ encrypt: 'nameId' })
  const document = sentDocument(await logIn())
  expect(document).not.toContain('<saml2:NameID')
  expect(await judgeSchema(document, 'protocol')).toMatchObject({ accepted: true })
  const ofAssertion = await judgeXmlSignature(document, credential.certificatePem, bySaml('assertion:Assertion'))
  expect(ofAssertion).toMatchObject({ accepted: true })
  expect(await opened(document, orders.credential.privateKeyPem)).toMatch(/<saml2:EncryptedID[^>]*><saml2:NameID /)
})

test('a LogoutRequest names whoever was named in secret as they were named', async () => {
  const { logIn, orders, browser, key } = await makeScene({ encrypt: 'nameId' })
  const elements = [...elementsOf(readMessage(sentDocument(await logIn())))]
  const encrypted = elements.find((element) => element.key === 'saml:EncryptedID')
  if (encrypted === undefined) throw new Error('the name is encrypted')
  const nameId = readNameId(decryptElement(encrypted, [orders.credential.privateKey]).element)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  expect(readSentRequest(asked.location, key).nameId).toEqual(nameId)
})

test('node-saml logs in by an Assertion that was encrypted', async () => {
  const { browser, orders, credential, idp } = await makeScene({ encrypt: 'assertion', clock: systemClock })
  const saml = new SAML({
    callbackUrl: orders.acsUrl,
    issuer: orders.entityId,
    audience: orders.entityId,
    idpCert: credential.certificatePem,
    idpIssuer: idp.entityId,
    entryPoint: `${idpOrigin}/sso`,
    decryptionPvk: orders.credential.privateKeyPem,
    wantAuthnResponseSigned: false,
    disableRequestedAuthnContext: true,
  })
  const asked = await browser.open(await saml.getAuthorizeUrlAsync('', undefined, {}))
  const page = await browser.press(asked, 'alice')
  const { profile } = await saml.validatePostResponseAsync({ ...findButton(page, 'Continue').form.fields })
  expect(profile).toMatchObject({ nameID: 'alice@example.test' })
})

test('the cipher is one that the metadata names', async () => {
  const cbc = 'http://www.w3.org/2001/04/xmlenc#aes128-cbc'
  const { logIn, orders } = await makeScene({ encrypt: 'assertion', methods: ['urn:x', cbc] })
  const document = sentDocument(await logIn())
  expect(document).toContain(`<xenc:EncryptionMethod Algorithm="${cbc}"/>`)
  expect(await opened(document, orders.credential.privateKeyPem)).toContain('alice')
})

test('a key alone asks for nothing to be encrypted', async () => {
  const { logIn } = await makeScene()
  expect(readLogin(await logIn()).nameId.value).toMatch(/^_/)
})

test('a refusal, which names nobody, is not encrypted', async () => {
  const { logIn } = await makeScene({ encrypt: 'assertion' })
  const { status } = parseResponse(readMessage(sentDocument(await logIn({ format: NAME_ID_FORMAT.entity }))))
  expect(status.codes).toEqual([STATUS.requester, STATUS.invalidNameIdPolicy])
})

test('who asks for an encrypted NameID gets one, in the format that it would have had', async () => {
  const { logIn, orders } = await makeScene()
  const document = sentDocument(await logIn({ format: NAME_ID_FORMAT.encrypted }))
  expect(await opened(document, orders.credential.privateKeyPem)).toMatch(
    /<saml2:EncryptedID[^>]*><saml2:NameID [^>]*nameid-format:transient"/,
  )
})

test('who asks for an encrypted NameID and has no key is told so', async () => {
  const { browser, idp, orders } = await makeWorld()
  idp.trust({ ...orders.metadata, keyDescriptors: [] })
  const request = orders.authnRequest({ nameIdPolicy: { format: NAME_ID_FORMAT.encrypted } })
  const page = await browser.open(await orders.redirect(request, { signWith: 'nobody' }))
  expect(parseResponse(readMessage(sentDocument(page))).status).toEqual({
    codes: [STATUS.requester, STATUS.invalidNameIdPolicy],
    message: 'nothing can be encrypted for this service provider: its metadata has no key that serves',
  })
})

const certified = async (keyPair: KeyPairKeyObjectResult) => {
  const validity = { notBefore: noon, notAfter: noon + 1_000 }
  return trustCertificate(await makeCertificate({ commonName: 'sp', ...validity, ...keyPair }))
}
const elliptic = await certified(generateKeyPairSync('ec', { namedCurve: 'P-256' }))
const short = await certified(generateKeyPairSync('rsa', { modulusLength: 512 }))

test.each([
  ['no key', [], 'its metadata has no key for encryption'],
  ['an elliptic key', [{ key: elliptic }], 'its key for encryption is of type ec, expected rsa'],
  ['a key that is too short', [{ key: short }], 'its key for encryption cannot be used, it has 512 bits'],
])('for whom something is to be encrypted and has %s is not trusted', async (_case, keyDescriptors, reason) => {
  const { idp, stranger, browser } = await makeWorld()
  expect(() => idp.trust({ ...stranger.metadata, keyDescriptors }, { encrypt: 'assertion' })).toThrow(
    expect.objectContaining({
      code: 'SAML_METADATA',
      message: `nothing can be encrypted for [https://stranger.test]: ${reason}`,
    }),
  )
  expect((await browser.open('/')).text).not.toContain('stranger')
})

test('two encryption methods that nobody knows are named', async () => {
  await expect(makeScene({ encrypt: 'nameId', methods: ['urn:x', 'urn:y'] })).rejects.toThrow(
    expect.objectContaining({
      code: 'SAML_METADATA',
      message:
        'nothing can be encrypted for [https://orders.test]: its metadata names no encryption methods that are used here, but urn:x, urn:y',
    }),
  )
})
