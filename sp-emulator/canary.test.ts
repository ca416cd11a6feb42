import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connectionsDuring } from '#saml/canary.test-support'
import { writeLogoutResponse } from '#saml/messages/logout-response'
import { success } from '#saml/messages/status'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { aftermathOf, noEffect } from './bad-input.test-support.ts'
import { type RealNode, realNode } from './real-node.test-support.ts'
import { encryptIn, withKey } from './realm/judge/encrypted.test-support.ts'
import { knownMetadata } from './realm/metadata/idp-metadata-source.ts'
import { loginXml, signedLogin } from './realm/test-logins.test-support.ts'
import {
  baseIdpMetadata,
  carry,
  idpEntityId,
  idpKey,
  logoutRequest,
  logoutUrl,
  noon,
  signed,
  strangerKey,
} from './realm/test-realm.test-support.ts'

/** No input makes a node connect to an address that the input names, and no file that it names is read. */

const response = loginXml()
const request = logoutRequest()
const answer = writeLogoutResponse({
  id: '_response1',
  issueInstant: noon,
  issuer: idpEntityId,
  destination: logoutUrl,
  inResponseTo: '_logout1',
  status: success,
})
const signedAnswer = await signEnveloped(answer, '_response1', idpKey)
const signedRequest = await signEnveloped(request, '_request1', idpKey)
const signedResponse = (await signedLogin()).toString()
const byStranger = (xml: string, id: string) => signEnveloped(xml, id, strangerKey)
const metadata = writeIdpMetadata(baseIdpMetadata)

const secret = 'b16b00b5-not-for-you'

interface Bait {
  readonly url: string
  /** The address of a file that holds the secret. */
  readonly file: string
}

type Poison = (xml: string, bait: Bait) => string

const doctype =
  (declaration: (bait: Bait) => string): Poison =>
  (xml, bait) =>
    xml.replace('?>', `?><!DOCTYPE x ${declaration(bait)}>`).replace(/(?<=<saml2:Issuer[^>]*>)|(?=<\/md:IDP)/, '&e;')

const documents: readonly (readonly [name: string, poison: Poison])[] = [
  ['an external DTD', doctype(({ url }) => `SYSTEM "${url}"`)],
  ['an external entity at an address', doctype(({ url }) => `[<!ENTITY e SYSTEM "${url}">]`)],
  ['an external entity in a file', doctype(({ file }) => `[<!ENTITY e SYSTEM "${file}">]`)],
  ['a parameter entity', doctype(({ url }) => `[<!ENTITY % p SYSTEM "${url}">%p;]`)],
]
const styleSheet: Poison = (xml, { url }) => xml.replace('?>', `?><?xml-stylesheet href="${url}"?>`)
const inMessages: typeof documents = [...documents, ['a style sheet', styleSheet]]

const signatures: readonly (readonly [name: string, poison: Poison])[] = [
  ['the Reference', (xml, { url }) => xml.replace(/(?<=<ds:Reference URI=")[^"]*/, url)],
  [
    'an XSLT transform',
    (xml, { url }) =>
      xml.replace(
        '</ds:Transforms>',
        `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><x:stylesheet version="1.0" xmlns:x="http://www.w3.org/1999/XSL/Transform"><x:include href="${url}"/></x:stylesheet></ds:Transform>$&`,
      ),
  ],
]

const intoKeyInfo = (xml: string, method: string) =>
  xml.replace(/<ds:KeyInfo>.*<\/ds:KeyInfo>|(?=<\/ds:Signature>)/s, `<ds:KeyInfo>${method}</ds:KeyInfo>`)

/** Where the key of a stranger would be found. */
const keys: readonly (readonly [name: string, poison: Poison])[] = [
  ['a RetrievalMethod', (xml, { url }) => intoKeyInfo(xml, `<ds:RetrievalMethod URI="${url}"/>`)],
]

const harmless: readonly (readonly [name: string, poison: (bait: Bait) => string])[] = [
  ['an XInclude', ({ url }) => `<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="${url}"/>`],
  [
    'an XInclude of a file',
    ({ file }) => `<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="${file}" parse="text"/>`,
  ],
  [
    'a schemaLocation',
    ({ url }) =>
      `<x xmlns="urn:x" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:x ${url}"/>`,
  ],
]
const extensions = (content: string) => `<saml2p:Extensions>${content}</saml2p:Extensions>`

const toInvalidate = (xml: string) => (node: RealNode) => node.invalidate(signed(carry(xml)))
const toInvalidateUnsigned = (xml: string) => (node: RealNode) => node.invalidate(carry(xml))
const toCompleteLogout = (xml: string) => (node: RealNode) =>
  node.completeLogout({ content: Buffer.from(xml).toString('base64') })
const toAuthenticate = (xml: string) => (node: RealNode) => node.authenticate(Buffer.from(xml))

const messages = [
  ['T52', 'a LogoutRequest', request, toInvalidate, inMessages],
  ['T52', 'a LogoutResponse', signedAnswer, toCompleteLogout, inMessages],
  ['T52', 'a Response', response, toAuthenticate, inMessages],
  ['T65', 'a LogoutRequest', signedRequest, toInvalidateUnsigned, signatures],
  ['T65', 'a LogoutResponse', signedAnswer, toCompleteLogout, signatures],
  ['T65', 'a Response', signedResponse, toAuthenticate, signatures],
  ['T65', 'a LogoutRequest', await byStranger(request, '_request1'), toInvalidateUnsigned, keys],
  ['T65', 'a LogoutResponse', await byStranger(answer, '_response1'), toCompleteLogout, keys],
  ['T65', 'a Response', await byStranger(response, '_assertion1'), toAuthenticate, keys],
] as const

const cases = messages.flatMap(([row, kind, xml, send, poisons]) =>
  poisons.map(([name, poison]) => [row, name, kind, xml, send, poison] as const),
)

test.each(cases)('%s: %s in %s leads nowhere and has no effect', async (_row, _name, _kind, xml, send, poison) => {
  await using bait = await laidBait()
  const connections = await connectionsDuring(async (url) => {
    const poisoned = poison(xml, { url, file: bait.file })
    expect(poisoned).not.toBe(xml)
    const { answer, effects, logText } = await aftermathOf(send(poisoned), { config: withKey })
    expect(effects).toEqual(noEffect)
    expect(answer.text + logText).not.toContain(secret)
  })
  expect(connections).toBe(0)
})

test.each(harmless)('T52: %s in a LogoutRequest that the IdP signed is not followed', async (_name, poison) => {
  await using bait = await laidBait()
  const connections = await connectionsDuring(async (url) => {
    const node = realNode()
    await node.login()
    const content = poison({ url, file: bait.file })
    const { json, text } = await toInvalidate(request.replace('</saml2:Issuer>', `$&${extensions(content)}`))(node)
    expect(json).toMatchObject({ invalidated: 1 })
    expect(text + JSON.stringify(node.logged)).not.toContain(secret)
  })
  expect(connections).toBe(0)
})

test.each([
  [
    'a CipherReference',
    (url: string) => `<xenc:CipherReference URI="${url}"/>`,
    /<xenc:CipherValue>[^<]*<\/xenc:CipherValue>(?!.*<xenc:CipherValue>)/s,
  ],
  [
    'a RetrievalMethod for the key',
    (url: string) => `<ds:RetrievalMethod URI="${url}"/>`,
    /<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s,
  ],
] as const)('T65: %s leads nowhere, in an EncryptedID and in an EncryptedAssertion', async (_name, reference, part) => {
  const connections = await connectionsDuring(async (url) => {
    const lure = (xml: string) => xml.replace(part, reference(url))
    const id = lure(encryptIn(request, 'NameID'))
    const assertion = lure(encryptIn(signedResponse, 'Assertion'))
    for (const send of [toInvalidate(id), toAuthenticate(assertion)]) {
      const { effects, logged } = await aftermathOf(send, { config: withKey })
      expect(effects).toEqual(noEffect)
      expect(logged).toEqual([{ code: 'SAML_ENCRYPTED', level: 'warn' }])
    }
  })
  expect(connections).toBe(0)
})

test.each(documents)('T52: %s in metadata leads nowhere and is refused', async (_name, poison) => {
  await using bait = await laidBait()
  const connections = await connectionsDuring((url) => {
    const poisoned = poison(metadata, { url, file: bait.file })
    expect(() => knownMetadata(poisoned, idpEntityId)).toThrow(expect.objectContaining({ code: 'SAML_XML' }))
  })
  expect(connections).toBe(0)
})

test('T52: a style sheet of metadata is not followed', async () => {
  await using bait = await laidBait()
  const connections = await connectionsDuring((url) => {
    const poisoned = styleSheet(metadata, { url, file: bait.file })
    expect(knownMetadata(poisoned, idpEntityId).current().entityId).toBe(idpEntityId)
  })
  expect(connections).toBe(0)
})

test.each(harmless)('T52: %s in metadata is not followed', async (_name, poison) => {
  await using bait = await laidBait()
  const connections = await connectionsDuring((url) => {
    const content = `<md:Extensions>${poison({ url, file: bait.file })}</md:Extensions>`
    const poisoned = metadata.replace('<md:IDPSSODescriptor', `${content}$&`)
    expect(knownMetadata(poisoned, idpEntityId).current().entityId).toBe(idpEntityId)
  })
  expect(connections).toBe(0)
})

/** A file with a secret in it. */
async function laidBait() {
  const folder = await mkdtemp(join(tmpdir(), 'sloop-bait-'))
  const path = join(folder, 'secret.txt')
  await writeFile(path, secret)
  return { file: `file://${path}`, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}
