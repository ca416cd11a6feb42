import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeSchemas } from '../oracles.test-support.ts'
import { escapeAttribute, escapeText, writeXml, xml } from './build.ts'
import { readXml } from './read.ts'

// What XML 1.0 §2.2 counts as characters, white space and markup among them more often than by chance.
const xmlText = fc
  .array(fc.oneof(fc.constantFrom(...'<>&"\'\t\n\r \u0085\u2028]'), fc.string({ unit: 'binary', maxLength: 3 })))
  .map((parts) => parts.join('').replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''))

const notRepresentable = (text: string) => new TypeError(`XML cannot carry every character of ${JSON.stringify(text)}`)

test('a namespace is declared where its prefix is first needed, before the attributes, which are in alphabetical order', () => {
  const issuer = xml('saml2:Issuer', {}, 'https://idp.test/')
  expect(writeXml(xml('saml2p:LogoutRequest', { Version: '2.0', ID: '_1' }, issuer))).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<saml2p:LogoutRequest xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0">' +
      '<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">https://idp.test/</saml2:Issuer>' +
      '</saml2p:LogoutRequest>',
  )
})

test('a prefix that only an attribute needs is declared on its element', () => {
  expect(writeXml(xml('md:EntityDescriptor', { 'xsi:type': 'x', 'xml:lang': 'en' }))).toContain(
    ' xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xml:lang="en" xsi:type="x"/>',
  )
})

test('what is undefined or false is left out, and an element without content closes itself', () => {
  expect(writeXml(xml('a', { x: undefined, y: false, z: 0 }, undefined, false, [], ''))).toContain(
    '<a y="false" z="0"/>',
  )
})

test('markup in values stays text', () => {
  expect(escapeText('</NameID>&"\r')).toBe('&lt;/NameID&gt;&amp;"&#xD;')
  expect(escapeAttribute('"/><x y="\t\n\r')).toBe('&quot;/&gt;&lt;x y=&quot;&#x9;&#xA;&#xD;')
})

test.each(['\u0000', '\u0008', '\u000B', '\u001F', '\uFFFE', '\uFFFF', '\uD800', 'x\uDC00'])(
  'a character that XML cannot carry is our own misuse: %j',
  (text) => {
    expect(() => writeXml(xml('a', {}, text))).toThrow(notRepresentable(text))
    expect(() => writeXml(xml('a', { b: text }))).toThrow(notRepresentable(text))
  },
)

test('a prefix without a namespace is our own misuse', () => {
  expect(() => writeXml(xml('wsse:Envelope'))).toThrow(new TypeError('no namespace is known for the prefix [wsse]'))
})

test('every value is read as it was written', () => {
  fc.assert(
    fc.property(xmlText, xmlText, (text, value) => {
      const { attributes, ...root } = readXml(writeXml(xml('a', { b: value }, text)))
      expect([root.text, attributes[0]?.value]).toEqual([text, value])
    }),
  )
})

test('xmllint finds every value well-formed', async () => {
  const extension = (text: string) => xml('saml2:AttributeValue', {}, text)
  const documents = fc
    .sample(xmlText, 50)
    .map((text) => writeXml(xml('saml2:Attribute', { Name: text }, extension(text))))
  expect(await judgeSchemas(documents, 'assertion')).toEqual(documents.map(() => true))
})
