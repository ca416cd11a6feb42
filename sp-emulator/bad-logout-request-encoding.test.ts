import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { aftermathOf, noEffect } from './bad-input.test-support.ts'
import { carry, logoutQuery, logoutRequest, signed } from './realm/test-realm.test-support.ts'

/** Signed messages that no reader understands. The cause is named beside the reason, as a node names it. */

const carriedIn = (base64: string) => signed(`SAMLRequest=${encodeURIComponent(base64)}`)
const inBase64 = (octets: Buffer) => carriedIn(octets.toString('base64'))
const deflated = deflateRawSync(logoutRequest()).toString('base64')
const changed = (change: (xml: string) => string) => signed(carry(change(logoutRequest())))
const encodedAs = (encoding: BufferEncoding, xml = logoutRequest()) => signed(carry(Buffer.from(xml, encoding)))
const nameId = /<saml2:NameID.*NameID>/
const baseId = '<saml2:BaseID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"/>'
const prolog = (doctype: string) => changed((xml) => xml.replace('?>', `?>${doctype}`))

type Fault = readonly [status: number, reason: string, cause: string]

const notBase64: Fault = [400, 'SAML message cannot be Base64 decoded', 'illegal_argument_exception']
const notDeflated: Fault = [500, 'SAML message cannot be inflated', 'zip_exception']
const cutShort: Fault = [500, 'SAML message cannot be inflated', 'e_o_f_exception']
const notParsed: Fault = [500, 'Failed to parse SAML message', 's_a_x_parse_exception']

test.each([
  ['T47: zlib', inBase64(deflateSync(logoutRequest())), 'SAML_DEFLATE', notDeflated],
  ['T47: gzip', inBase64(gzipSync(logoutRequest())), 'SAML_DEFLATE', notDeflated],
  ['T47: not deflated', inBase64(Buffer.from(logoutRequest())), 'SAML_DEFLATE', notDeflated],
  ['T47: cut short', inBase64(deflateRawSync(logoutRequest()).subarray(0, 99)), 'SAML_DEFLATE', cutShort],
  ['an empty message', carriedIn(''), 'SAML_DEFLATE', cutShort],
  ['T49, case 117: the alphabet of URLs', carriedIn('ab-_'), 'SAML_BASE64', notBase64],
  ['T49: junk inside', carriedIn(`${deflated.slice(0, 8)}*${deflated.slice(8)}`), 'SAML_BASE64', notBase64],
  ['T49: too much padding', carriedIn('QQ==='), 'SAML_BASE64', notBase64],
  ['T49: padding before the end', carriedIn('QQ==QUJD'), 'SAML_BASE64', notBase64],
  ['a Signature that is no base64', logoutQuery().replace(/Signature=.*/, 'Signature=-'), 'SAML_BASE64', notBase64],
  ['T50: no UTF-8', encodedAs('latin1', logoutRequest({ issuer: 'zoë' })), 'SAML_ENCODING', notParsed],
  ['T50: UTF-16', encodedAs('utf16le', `\uFEFF${logoutRequest()}`), 'SAML_ENCODING', notParsed],
  ['T50: UTF-16 without a mark', encodedAs('utf16le'), 'SAML_XML', notParsed],
  ['T50: NUL', changed((xml) => xml.replace('>alice', '>\u0000alice')), 'SAML_XML', notParsed],
  ['T50: another encoding', changed((xml) => xml.replace('UTF-8', 'UTF-16')), 'SAML_ENCODING', notParsed],
  ['T50: XML 1.1', changed((xml) => xml.replace('"1.0"', '"1.1"')), 'SAML_XML', notParsed],
  ['T51: a DOCTYPE', prolog('<!DOCTYPE x>'), 'SAML_XML', notParsed],
  ['T51: an entity that nobody uses', prolog('<!DOCTYPE x [<!ENTITY y "z">]>'), 'SAML_XML', notParsed],
  ['T55: a second root', changed((xml) => `${xml}<x/>`), 'SAML_XML', notParsed],
  ['T55: text behind the root', changed((xml) => `${xml}x`), 'SAML_XML', notParsed],
  ['T55: text before the root', changed((xml) => xml.replace('?>', '?>x')), 'SAML_XML', notParsed],
  ['T56: an unknown root', changed((xml) => xml.replaceAll('LogoutRequest', 'Request')), 'SAML_SCHEMA', notParsed],
  [
    'T56: no namespace',
    changed((xml) => xml.replaceAll(/ xmlns:saml2p?="[^"]*"|saml2p?:/g, '')),
    'SAML_SCHEMA',
    notParsed,
  ],
  [
    'T56: a NameID of another namespace',
    changed((xml) => xml.replace(nameId, '<x:NameID xmlns:x="urn:x">alice</x:NameID>')),
    'SAML_SCHEMA',
    notParsed,
  ],
  ['T63: nobody named', changed((xml) => xml.replace(nameId, '')), 'SAML_SCHEMA', notParsed],
  ['T63: two named', changed((xml) => xml.replace(nameId, '$&$&')), 'SAML_SCHEMA', notParsed],
  ['T63: a BaseID', changed((xml) => xml.replace(nameId, baseId)), 'SAML_SCHEMA', notParsed],
] as const)('a LogoutRequest that cannot be read ends nothing: %s', async (_rule, query, code, fault) => {
  const [status, reason, cause] = fault
  const { answer, effects, logged } = await aftermathOf((node) => node.invalidate(query))
  const error = { type: 'security_exception', reason }
  const causedBy = { caused_by: { type: cause, reason: expect.any(String) } }
  expect(answer.json).toEqual({ error: { root_cause: [error], ...error, ...causedBy }, status })
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code, level: 'warn' }])
})
