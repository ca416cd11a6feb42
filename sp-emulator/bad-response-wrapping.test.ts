import { expect, test } from 'vitest'
import { aftermathOf, noEffect, unauthenticatedSaml } from './bad-input.test-support.ts'
import { bearer } from './es/test-node.test-support.ts'
import { realNode } from './real-node.test-support.ts'
import { loginXml, signLogin } from './realm/test-logins.test-support.ts'

/** T71: a forged login of mallory around the genuine one of alice, in the eight shapes of signature wrapping and with the same IDs. */

const signaturePattern = /<ds:Signature .*<\/ds:Signature>/s
const assertionPattern = /<saml2:Assertion .*<\/saml2:Assertion>/s
const withoutDeclaration = (xml: string) => xml.replace(/^<\?xml.*?\?>/, '')
const piecesOf = async (id: string) => {
  const original = withoutDeclaration((await signLogin(loginXml(), { ids: [id] })).toString())
  const [signature = ''] = signaturePattern.exec(original) ?? []
  const [assertion = ''] = assertionPattern.exec(original) ?? []
  return { original, signature, assertion, bare: assertion.replace(signature, '') }
}
const response = await piecesOf('_response1')
const { original, signature, assertion, bare } = await piecesOf('_assertion1')

const mallory = (xml: string) => xml.replace('alice', 'mallory').replace(signaturePattern, '')
const otherIds = (xml: string) => xml.replace('_response1', '_evil').replace('_assertion1', '_evilAssertion')
const evil = (xml: string) => otherIds(mallory(xml))
const behindIssuer = (xml: string, content: string) => xml.replace('</saml2:Issuer>', `$&${content}`)
const intoSignature = (carrier: string, content: string) => carrier.replace('</ds:Signature>', `${content}$&`)
const inObject = (content: string) => `<ds:Object>${content}</ds:Object>`
const inExtensions = (content: string) => `<saml2p:Extensions>${content}</saml2p:Extensions>`
const instead = (...assertions: string[]) => original.replace(assertionPattern, assertions.join(''))
const advised = (xml: string, content: string) =>
  xml.replace('<saml2:AuthnStatement', `<saml2:Advice>${content}</saml2:Advice>$&`)
const atEnd = (xml: string, content: string) => xml.replace('</saml2p:Response>', `${content}$&`)

const bareResponse = response.original.replace(response.signature, '')
const carrier = behindIssuer(evil(assertion), signature)
const sameIdCarrier = behindIssuer(mallory(assertion), signature)

test.each([
  ['XSW1', behindIssuer(evil(response.original), intoSignature(response.signature, bareResponse)), 'SAML_SCHEMA'],
  [
    'XSW1, in an Object',
    behindIssuer(evil(response.original), intoSignature(response.signature, inObject(bareResponse))),
    'SAML_SIGNATURE',
  ],
  [
    'XSW1, in an Object, the same IDs',
    behindIssuer(mallory(response.original), intoSignature(response.signature, inObject(bareResponse))),
    'SAML_XML',
  ],
  ['XSW2', behindIssuer(evil(response.original), bareResponse + response.signature), 'SAML_SCHEMA'],
  [
    'XSW2, in Extensions',
    behindIssuer(evil(response.original), response.signature + inExtensions(`<x xmlns="urn:x">${bareResponse}</x>`)),
    'SAML_SIGNATURE',
  ],
  ['XSW3', instead(evil(assertion), assertion), 'SAML_ASSERTION'],
  ['XSW3, evil behind the signed one', instead(assertion, evil(assertion)), 'SAML_ASSERTION'],
  ['XSW3, the same IDs', instead(mallory(assertion), assertion), 'SAML_XML'],
  ['XSW4', instead(evil(assertion).replace('</saml2:Assertion>', `${assertion}$&`)), 'SAML_SCHEMA'],
  ['XSW4, in Advice', instead(advised(evil(assertion), assertion)), 'SAML_UNSIGNED'],
  ['XSW4, in Advice, the same IDs', instead(advised(mallory(assertion), assertion)), 'SAML_XML'],
  ['XSW5', atEnd(instead(carrier), bare), 'SAML_ASSERTION'],
  ['XSW5, the same IDs', atEnd(instead(sameIdCarrier), bare), 'SAML_XML'],
  ['XSW6', instead(behindIssuer(evil(assertion), intoSignature(signature, bare))), 'SAML_SCHEMA'],
  [
    'XSW6, in an Object',
    instead(behindIssuer(evil(assertion), intoSignature(signature, inObject(bare)))),
    'SAML_SIGNATURE',
  ],
  [
    'XSW6, in an Object, the same IDs',
    instead(behindIssuer(mallory(assertion), intoSignature(signature, inObject(bare)))),
    'SAML_XML',
  ],
  [
    'XSW7, the signed one in Extensions',
    behindIssuer(instead(evil(assertion)), inExtensions(assertion)),
    'SAML_UNSIGNED',
  ],
  ['XSW7, the same IDs', behindIssuer(original, inExtensions(mallory(assertion))), 'SAML_XML'],
  [
    'XSW8',
    instead(behindIssuer(evil(assertion), intoSignature(signature, inObject(`<x xmlns="urn:x">${bare}</x>`)))),
    'SAML_SIGNATURE',
  ],
] as const)('T71: mallory does not get in by %s', async (_shape, xml, code) => {
  const { answer, effects, logged } = await aftermathOf((node) => node.authenticate(Buffer.from(xml)))
  expect(xml).toContain('mallory')
  expect(answer.json).toEqual(unauthenticatedSaml)
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code, level: 'warn' }])
})

test('T71: XSW7 with the signed one in its place lets alice in, and mallory is nowhere', async () => {
  const node = realNode()
  const answer = await node.authenticate(Buffer.from(behindIssuer(original, inExtensions(evil(assertion)))))
  const me = await node.call('GET /_security/_authenticate', undefined, bearer(String(answer.json['access_token'])))
  const pairs = JSON.stringify(await node.store.findByOwner({}))
  expect(me.json).toMatchObject({ username: 'alice' })
  expect(answer.text + me.text + pairs + JSON.stringify(node.logged)).not.toMatch(/mallory|_evil/)
})
