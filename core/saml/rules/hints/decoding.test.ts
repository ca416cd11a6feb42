import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { deflate } from '../../bindings/deflate.ts'
import { document } from '../../bindings/redirect.test-support.ts'
import { writeSoap } from '../../bindings/soap.ts'
import { hintForDecoding } from './decoding.ts'

const base64 = (octets: string | Buffer) => Buffer.from(octets).toString('base64')
const deflated = base64(deflate(document))
const plain = base64(document)
const inQuery = (value: string) => hintForDecoding({ value, carrier: 'query', expectedRoot: 'LogoutRequest' })
const inForm = (value: string) => hintForDecoding({ value, carrier: 'form', expectedRoot: 'LogoutRequest' })

test.each([
  [
    'not deflated',
    plain,
    'it can be read without inflating it: in a query a message is to be deflated, and this one is not',
  ],
  [
    'zlib',
    base64(deflateSync(document)),
    "it can be read in zlib's format: it has the header of RFC 1950, and the binding wants raw DEFLATE",
  ],
  ['gzip', base64(gzipSync(document)), 'it can be read in gzip: the binding wants raw DEFLATE'],
  [
    'deflated twice',
    base64(deflateRawSync(deflate(document))),
    'it can be read when it is inflated twice: it was deflated twice',
  ],
  ['base64 twice', base64(deflated), 'it can be read as base64 of base64: it was encoded twice'],
  [
    'url-safe',
    deflated.replaceAll('+', '-').replaceAll('/', '_'),
    'it can be read as url-safe base64: the binding wants + and / in place of - and _',
  ],
  [
    'blanks',
    deflated.replaceAll('+', ' '),
    'it can be read with + where it has blanks: in a query or a form a bare + is a blank, and that of base64 is to be sent as %2B',
  ],
  [
    'escaped',
    encodeURIComponent(deflated),
    'it can be read with its escapes undone once more: it was escaped twice, or put into a form as it stands in a query',
  ],
  [
    'line breaks',
    deflated.replace(/.{76}/g, '$&\r\n'),
    'it can be read with white space and padding passed over: it is no strict base64',
  ],
])('a message in a query is read otherwise: %s', (_what, value, hint) => {
  expect(inQuery(value)).toBe(hint)
})

const utf16 = Buffer.from(document, 'utf16le')
const doctype = '<!DOCTYPE samlp:LogoutRequest [<!ENTITY a "b">]>'

test.each([
  [
    'deflated',
    deflated,
    'it can be read when it is inflated: in a form a message is not to be deflated, and this one is',
  ],
  ['XML as it is', document, 'it can be read as it stands, without base64: it was never encoded in base64'],
  [
    'HTML escapes',
    base64(document.replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
    'it can be read with its HTML escapes undone: the document was escaped for a page before it was encoded',
  ],
  ['UTF-16', base64(utf16), 'it can be read as UTF-16: a message is to be in UTF-8'],
  [
    'UTF-16 with a mark',
    base64(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])),
    'it can be read as UTF-16: a message is to be in UTF-8',
  ],
  [
    'UTF-16, its high octets first',
    base64(Buffer.from(utf16).swap16()),
    'it can be read as UTF-16: a message is to be in UTF-8',
  ],
  [
    'Latin-1',
    base64(Buffer.from(document.replace('alice', 'alic\u00E9'), 'latin1')),
    'it can be read as Latin-1: a message is to be in UTF-8',
  ],
  [
    'DOCTYPE',
    base64(doctype + document),
    'it can be read without its DOCTYPE: a message may have none, since what it declares could be anything',
  ],
  [
    'instruction',
    base64(`<?a b?>${document}`),
    'it can be read without its processing instructions: a message that is signed may have none',
  ],
  [
    'text in front',
    base64(`ok${document}`),
    'it can be read without what stands in front of its first element: a document begins with < or an XML declaration',
  ],
  [
    'text behind',
    base64(`${document}\u0000`),
    'it can be read without what stands behind its root element: something was put behind the document',
  ],
  [
    'the SOAP binding',
    base64(writeSoap(document)),
    'it is a SOAP envelope with a LogoutRequest in it: here the LogoutRequest is to stand alone',
  ],
  [
    'another message',
    base64(document.replaceAll('LogoutRequest', 'AuthnRequest')),
    'it is a AuthnRequest, and here a LogoutRequest is expected: it was sent to the wrong address',
  ],
  [
    'SAML 1',
    base64(document.replace('SAML:2.0:protocol', 'SAML:1.0:protocol')),
    'its LogoutRequest stands in another namespace than that of SAML 2.0',
  ],
])('a message in a form is read otherwise: %s', (_what, value, hint) => {
  expect(inForm(value)).toBe(hint)
})

test('two differences are found together', () => {
  expect(inQuery(base64(deflateSync(document)).replaceAll('+', '-').replaceAll('/', '_'))).toBe(
    "it can be read as url-safe base64 and in zlib's format: the binding wants + and / in place of - and _; it has the header of RFC 1950, and the binding wants raw DEFLATE",
  )
})

test('a message that was cut is told where', () => {
  const begins = 'the document begins as <samlp:LogoutRequest> and does not end'
  expect(inForm(plain.slice(0, 256))).toBe(
    `it was cut after 256 characters: ${begins}; 256 characters are a limit of many programs`,
  )
  expect(inForm(plain.slice(0, 300))).toBe(`it was cut after 300 characters: ${begins}`)
  expect(hintForDecoding({ value: deflated.slice(0, 200), carrier: 'query', carriedLength: 2_048 })).toBe(
    `it was cut after 200 characters: ${begins}; 2048 characters are a limit of many programs`,
  )
})

test.each([
  ['no message', base64('what stands here is no DEFLATE stream')],
  ['nothing', ''],
  ['a page', base64('<html><body>Sign in</body></html>')],
  ['two roots', base64(`${document}${document}`)],
  ['entities that nobody declared', base64(document.replace('alice', '&alice;'))],
])('nothing is said of what cannot be read in any way: %s', (_what, value) => {
  expect(inForm(value)).toBeUndefined()
  expect(inQuery(value)).toBeUndefined()
})

test('nothing is said of a message that can be read', () => {
  expect(inQuery(deflated)).toBeUndefined()
  expect(inForm(plain)).toBeUndefined()
})

test('what would grow beyond a message is not unpacked', () => {
  const large = document.replace('alice', 'a'.repeat(300_000))
  expect(inQuery(base64(deflateSync(large)))).toBeUndefined()
})
