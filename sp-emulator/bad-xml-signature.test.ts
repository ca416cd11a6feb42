import { expect, test } from 'vitest'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { aftermathOf, noEffect } from './bad-input.test-support.ts'
import { realNode } from './real-node.test-support.ts'
import { carry, idpKey, logoutRequest } from './realm/test-realm.test-support.ts'

/** LogoutRequests about the victim that borrow the signature of another document of the IdP. The query itself is not signed. */

const withoutDeclaration = (document: string) => document.replace(/^<\?xml[^>]*>/, '')
const genuine = withoutDeclaration(await signEnveloped(logoutRequest(), '_request1', idpKey))
const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(genuine)?.[0] ?? ''
const bare = genuine.replace(signature, '')
const hidden = (content: string) => `<saml2p:Extensions><x xmlns="urn:x">${content}</x></saml2p:Extensions>`
const intoObject = (content: string) =>
  signature.replace('</ds:Signature>', `<ds:Object>${content}</ds:Object></ds:Signature>`)
const evil = (behindIssuer: string, id = '_evil') =>
  withoutDeclaration(logoutRequest({ id, nameId: { value: 'victim' }, sessionIndexes: ['_session2'] })).replace(
    '</saml2:Issuer>',
    `$&${behindIssuer}`,
  )

const assertion =
  '<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" IssueInstant="2031-05-04T12:00:00Z" Version="2.0"><saml2:Issuer>https://idp.test/</saml2:Issuer></saml2:Assertion>'
const captured = withoutDeclaration(await signEnveloped(assertion, '_a', idpKey))

/** The genuine request after a change, which must change something. */
function changed(part: string | RegExp, replacement: string): string {
  const document = genuine.replace(part, replacement)
  if (document === genuine) throw new TypeError(`nothing to change at ${part}`)
  return document
}

const enveloped = '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
const exclusive = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>'
const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"/>`
const transformed = (transforms: string) => changed(/(?<=<ds:Transforms>).*(?=<\/ds:Transforms>)/s, transforms)
const referring = (uri: string) => changed('URI="#_request1"', uri)
const [reference = ''] = /<ds:Reference .*<\/ds:Reference>/s.exec(genuine) ?? []
const victimInObject = '<NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion">victim</NameID>'
const ofNothing = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='

test.each([
  ['T12: a processing instruction in the NameID', changed('>alice<', '>ali<?x .evil?>ce<'), 'SAML_XML'],
  ['T13: the original bare in an Object', evil(intoObject(bare)), 'SAML_SIGNATURE'],
  ['T14: the original bare in Extensions', evil(signature + hidden(bare)), 'SAML_SIGNATURE'],
  ['T15: the original whole in Extensions', evil(hidden(genuine)), 'SAML_UNSIGNED'],
  ['T16: the same ID, the original in Extensions', evil(signature + hidden(bare), '_request1'), 'SAML_XML'],
  ['T17: the same ID, the original in an Object', evil(intoObject(bare), '_request1'), 'SAML_XML'],
  ['T18: a captured signed Assertion', evil(hidden(captured)), 'SAML_UNSIGNED'],
  ['T64: the same ID twice', changed('</saml2:Issuer>', `$&${hidden('<y ID="_request1"/>')}`), 'SAML_XML'],
  ['T64: the ID as an Id', changed('</saml2:Issuer>', `$&${hidden('<y Id="_request1"/>')}`), 'SAML_XML'],
  ['T64: the ID as an id', changed('</saml2:Issuer>', `$&${hidden('<y id="_request1"/>')}`), 'SAML_XML'],
  ['T64: a reference to everything', referring('URI=""'), 'SAML_SIGNATURE'],
  ['T64: two References', changed(reference, reference + reference), 'SAML_SIGNATURE'],
  ['T64: no Reference', changed(reference, ''), 'SAML_SCHEMA'],
  [
    'T64: a Manifest',
    changed('</ds:Signature>', `<ds:Object><ds:Manifest>${reference}</ds:Manifest></ds:Object>$&`),
    'SAML_SIGNATURE',
  ],
  ['T66: XSLT', transformed(enveloped + transform('http://www.w3.org/TR/1999/REC-xslt-19991116')), 'SAML_SIGNATURE'],
  ['T66: XPath', transformed(transform('http://www.w3.org/TR/1999/REC-xpath-19991116') + exclusive), 'SAML_SIGNATURE'],
  ['T66: base64', transformed(enveloped + transform('http://www.w3.org/2000/09/xmldsig#base64')), 'SAML_SIGNATURE'],
  ['T66: fifty transforms', transformed(enveloped + exclusive.repeat(49)), 'SAML_SIGNATURE'],
  ['T66: enveloped behind canonicalisation', transformed(exclusive + enveloped), 'SAML_SIGNATURE'],
  ['T66: no transforms', changed(/<ds:Transforms>.*<\/ds:Transforms>/s, ''), 'SAML_SIGNATURE'],
  [
    'T67: a relative namespace and the digest of nothing',
    changed('ID="_request1"', 'xmlns:x="1" $&').replace(/(?<=<ds:DigestValue>)[^<]*/, ofNothing),
    'SAML_XML',
  ],
  ['T67: the digest of nothing', changed(/(?<=<ds:DigestValue>)[^<]*/, ofNothing), 'SAML_SIGNATURE'],
  ['T68: a comment in DigestValue', changed('<ds:DigestValue>', '$&<!-- x -->'), 'SAML_XML'],
  ['T68: a processing instruction in SignatureValue', changed('<ds:SignatureValue>', '$&<?x?>'), 'SAML_XML'],
  ['T68: a child in DigestValue', changed('<ds:DigestValue>', '$&<x/>'), 'SAML_SCHEMA'],
  ['T68: two SignedInfo', changed(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, '$&$&'), 'SAML_SCHEMA'],
  ['T68: two DigestValue', changed(/<ds:DigestValue>.*<\/ds:DigestValue>/s, '$&$&'), 'SAML_SCHEMA'],
  [
    'T68: a stray CanonicalizationMethod',
    changed('<ds:SignedInfo>', '<ds:CanonicalizationMethod Algorithm="urn:x"/>$&'),
    'SAML_SCHEMA',
  ],
  ['T69: another NameID in an Object', changed(signature, intoObject(victimInObject)), 'SAML_SIGNATURE'],
  ['T69: the signature twice', changed(signature, signature + signature), 'SAML_SCHEMA'],
  ['T69: a copy of the signature elsewhere', changed(signature, signature + hidden(signature)), 'SAML_SIGNATURE'],
] as const)('a LogoutRequest ends nothing, whatever it did with a genuine signature: %s', async (_rule, xml, code) => {
  const { answer, effects, logged } = await aftermathOf((node) => node.invalidate(carry(xml)))
  expect(answer.json).toMatchObject({ error: { type: 'security_exception', reason: reasons[code] }, status: 500 })
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code, level: 'warn' }])
})

const notParsed = 'Failed to parse SAML message'
const reasons = {
  SAML_XML: notParsed,
  SAML_SCHEMA: notParsed,
  SAML_UNSIGNED: 'Logout request is not signed',
  SAML_SIGNATURE: expect.stringMatching(
    /^SAML Signature \[.{32}\.\.\.\] could not be validated against \[.{64}\.\.\.\]$/s,
  ),
}

test('the genuine signature alone ends what it covers', async () => {
  const node = realNode()
  await node.login()
  expect((await node.invalidate(carry(genuine))).json).toMatchObject({ invalidated: 1 })
})
