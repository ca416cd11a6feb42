import { expect, test } from 'vitest'
import {
  harmlessLures,
  laidBait,
  luringDocuments,
  luringKeys,
  luringMessages,
  luringSignatures,
  secret,
  styleSheet,
} from '#saml/bait.test-support'
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

const extensions = (content: string) => `<saml2p:Extensions>${content}</saml2p:Extensions>`

const toInvalidate = (xml: string) => (node: RealNode) => node.invalidate(signed(carry(xml)))
const toInvalidateUnsigned = (xml: string) => (node: RealNode) => node.invalidate(carry(xml))
const toCompleteLogout = (xml: string) => (node: RealNode) =>
  node.completeLogout({ content: Buffer.from(xml).toString('base64') })
const toAuthenticate = (xml: string) => (node: RealNode) => node.authenticate(Buffer.from(xml))

const messages = [
  ['T52', 'a LogoutRequest', request, toInvalidate, luringMessages],
  ['T52', 'a LogoutResponse', signedAnswer, toCompleteLogout, luringMessages],
  ['T52', 'a Response', response, toAuthenticate, luringMessages],
  ['T65', 'a LogoutRequest', signedRequest, toInvalidateUnsigned, luringSignatures],
  ['T65', 'a LogoutResponse', signedAnswer, toCompleteLogout, luringSignatures],
  ['T65', 'a Response', signedResponse, toAuthenticate, luringSignatures],
  ['T65', 'a LogoutRequest', await byStranger(request, '_request1'), toInvalidateUnsigned, luringKeys],
  ['T65', 'a LogoutResponse', await byStranger(answer, '_response1'), toCompleteLogout, luringKeys],
  ['T65', 'a Response', await byStranger(response, '_assertion1'), toAuthenticate, luringKeys],
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

test.each(harmlessLures)('T52: %s in a LogoutRequest that the IdP signed is not followed', async (_name, poison) => {
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

test.each(luringDocuments)('T52: %s in metadata leads nowhere and is refused', async (_name, poison) => {
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

test.each(harmlessLures)('T52: %s in metadata is not followed', async (_name, poison) => {
  await using bait = await laidBait()
  const connections = await connectionsDuring((url) => {
    const content = `<md:Extensions>${poison({ url, file: bait.file })}</md:Extensions>`
    const poisoned = metadata.replace('<md:IDPSSODescriptor', `${content}$&`)
    expect(knownMetadata(poisoned, idpEntityId).current().entityId).toBe(idpEntityId)
  })
  expect(connections).toBe(0)
})
