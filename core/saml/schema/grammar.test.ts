import { expect, test } from 'vitest'
import { refusal } from '../refusals.test-support.ts'
import { readXml } from '../xml/read.ts'
import { compileGrammar, type Declaration } from './declaration.ts'
import { checkStructure } from './grammar.ts'

const md = 'urn:oasis:names:tc:SAML:2.0:metadata'
const check = (declaration: Declaration, document: string) =>
  checkStructure(
    readXml(`<md:a xmlns:md="${md}" xmlns:x="urn:x" ${document}</md:a>`),
    compileGrammar({ 'md:a': declaration }),
  )

test.each([
  ['md:b', ['><md:b/>'], ['>', '><md:b/><md:b/>', '><md:c/>']],
  ['md:b?', ['>', '><md:b/>'], ['><md:b/><md:b/>']],
  ['md:b+', ['><md:b/>', '><md:b/><md:b/>'], ['>']],
  ['md:b, md:c*', ['><md:b/>', '><md:b/><md:c/><md:c/>'], ['><md:c/><md:b/>']],
  ['(md:b | md:c)+, md:d', ['><md:c/><md:b/><md:d/>'], ['><md:d/>', '><md:b/>']],
  ['##other*', ['>', '><x:b/>'], ['><b/>', '><md:b/>']],
  ['##any*', ['>', '><b/><md:b/><x:b/>'], []],
])('a content model means what it means in a DTD: %s', (content, valid, invalid) => {
  for (const document of valid) expect(() => check({ content }, document), document).not.toThrow()
  for (const document of invalid)
    expect(() => check({ content }, document), document).toThrow(/^md:a holds \[.*\], expected /)
})

test.each([
  ['none', {}, [], [' y="1">', ' x:y="1">', ' md:y="1">']],
  ['##other', { attributes: '##other' }, [' x:y="1">'], [' y="1">', ' md:y="1">']],
  ['##any', { attributes: '##any' }, [' y="1">', ' x:y="1">', ' md:y="1">'], []],
] as const)('undeclared attributes are admitted by their namespace: %s', (_case, declaration, valid, invalid) => {
  for (const document of valid) expect(() => check(declaration, document), document).not.toThrow()
  for (const document of invalid) {
    expect(() => check(declaration, document), document).toThrow(
      refusal('SAML_SCHEMA', 'md:a may not have the attribute y'),
    )
  }
})

test('a required attribute must be there, an optional one must have its type', () => {
  const declaration = { attributes: 'n!:unsignedShort b:boolean' }
  expect(() => check(declaration, 'n="1">')).not.toThrow()
  expect(() => check(declaration, '>')).toThrow(refusal('SAML_SCHEMA', 'md:a must have the attribute n'))
  expect(() => check(declaration, 'n="1" b="yes">')).toThrow(
    refusal('SAML_SCHEMA', 'md:a attribute b is [yes], expected boolean'),
  )
})

test.each([
  ['nothing, when nothing may be in it', {}, ['>'], ['> ', '>x']],
  ['white space beside elements', { content: 'md:b?' }, ['> \n\t'], ['>x', '>\u00A0']],
  ['anything, when mixed', { content: 'md:b?', mixed: true }, ['>x<md:b/>y'], []],
] as const)('an element may hold %s', (_case, declaration, valid, invalid) => {
  for (const document of valid) expect(() => check(declaration, document), document).not.toThrow()
  for (const document of invalid) {
    expect(() => check(declaration, document)).toThrow(refusal('SAML_SCHEMA', 'md:a may not hold character data'))
  }
})

test('text has its type', () => {
  expect(() => check({ content: 'text:base64' }, '>A')).toThrow(
    refusal('SAML_SCHEMA', 'md:a text is [A], expected base64'),
  )
})
