import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { aftermathOf, noEffect } from './bad-input.test-support.ts'
import { carry, logoutQuery, logoutRequest, signed } from './realm/test-realm.test-support.ts'

/** Signed messages that no reader understands. The cause is named beside the reason, as a node names it. */

const inBase64 = (octets: Buffer) => signed(`SAMLRequest=${encodeURIComponent(octets.toString('base64'))}`)
const changed = (change: (xml: string) => string) => signed(carry(change(logoutRequest())))
const nameId = /<saml2:NameID.*NameID>/

type Fault = readonly [status: number, reason: string, cause: string]

const notBase64: Fault = [400, 'SAML message cannot be Base64 decoded', 'illegal_argument_exception']
const notDeflated: Fault = [500, 'SAML message cannot be inflated', 'zip_exception']
const cutShort: Fault = [500, 'SAML message cannot be inflated', 'e_o_f_exception']
const notParsed: Fault = [500, 'Failed to parse SAML message', 's_a_x_parse_exception']

test.each([
  ['case 117: the alphabet of URLs', signed('SAMLRequest=ab-_'), 'SAML_BASE64', notBase64],
  ['a Signature that is no base64', logoutQuery().replace(/Signature=.*/, 'Signature=-'), 'SAML_BASE64', notBase64],
  ['T49: too much padding', signed('SAMLRequest=QQ==='), 'SAML_BASE64', notBase64],
  ['T47: zlib', inBase64(deflateSync(logoutRequest())), 'SAML_DEFLATE', notDeflated],
  ['T47: gzip', inBase64(gzipSync(logoutRequest())), 'SAML_DEFLATE', notDeflated],
  ['T47: not deflated', inBase64(Buffer.from(logoutRequest())), 'SAML_DEFLATE', notDeflated],
  ['T47: cut short', inBase64(deflateRawSync(logoutRequest()).subarray(0, 99)), 'SAML_DEFLATE', cutShort],
  ['an empty message', signed('SAMLRequest='), 'SAML_DEFLATE', cutShort],
  ['T46: 50 MB in 65 kB', inBase64(deflateRawSync(Buffer.alloc(50_000_000, 'a'))), 'SAML_TOO_LARGE', notParsed],
  ['T50: no UTF-8', signed(carry(Buffer.from(logoutRequest({ issuer: 'zoë' }), 'latin1'))), 'SAML_ENCODING', notParsed],
  ['T51: a DOCTYPE', changed((xml) => xml.replace('?>', '?><!DOCTYPE x>')), 'SAML_XML', notParsed],
  ['T55: a second root', changed((xml) => `${xml}<x/>`), 'SAML_XML', notParsed],
  ['T56: an unknown root', changed((xml) => xml.replaceAll('LogoutRequest', 'Request')), 'SAML_SCHEMA', notParsed],
  ['T63: nobody named', changed((xml) => xml.replace(nameId, '')), 'SAML_SCHEMA', notParsed],
  ['T63: two named', changed((xml) => xml.replace(nameId, '$&$&')), 'SAML_SCHEMA', notParsed],
] as const)('a LogoutRequest that cannot be read ends nothing: %s', async (_rule, query, code, fault) => {
  const [status, reason, cause] = fault
  const { answer, effects, logged } = await aftermathOf((node) => node.invalidate(query))
  const error = { type: 'security_exception', reason }
  const causedBy = { caused_by: { type: cause, reason: expect.any(String) } }
  expect(answer.json).toEqual({ error: { root_cause: [error], ...error, ...causedBy }, status })
  expect(effects).toEqual(noEffect)
  expect(logged).toEqual([{ code, level: 'warn' }])
})
