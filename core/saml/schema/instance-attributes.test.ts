import { expect, test } from 'vitest'
import { NAMESPACE } from '../names.ts'
import { refusal } from '../refusals.test-support.ts'
import { builtInTypes } from './built-in-types.ts'
import { readMessage } from './message.ts'

// What is accepted and what is refused was taken from Xerces as JDK 17 has it, with the OASIS schemas.

const namespaces = `xmlns:samlp="${NAMESPACE.protocol}" xmlns:saml="${NAMESPACE.assertion}" xmlns:xsi="${NAMESPACE.schemaInstance}"`
const xs = `xmlns:xs="${NAMESPACE.schema}"`
const value = (attributes: string, content = 'x') =>
  `<saml:Attribute ${namespaces} Name="n"><saml:AttributeValue ${attributes}>${content}</saml:AttributeValue></saml:Attribute>`
const request = (content: string) =>
  `<samlp:LogoutRequest ${namespaces} ${xs} ID="_1" Version="2.0" IssueInstant="2031-05-04T12:00:00Z">${content}</samlp:LogoutRequest>`
const nameId = (attributes: string) => request(`<saml:NameID ${attributes}>alice</saml:NameID>`)
const extension = (attributes: string, content = '') =>
  request(
    `<samlp:Extensions><e:a xmlns:e="urn:e" ${attributes}>${content}</e:a></samlp:Extensions><saml:NameID>a</saml:NameID>`,
  )
const schemaRefusal = (message: string) => refusal('SAML_SCHEMA', message)

test.each([
  ['a type that is built in', value(`${xs} xsi:type="xs:string"`)],
  ['with blanks around it', value(`${xs} xsi:type=" xs:string "`)],
  ['by the default namespace', value(`xmlns="${NAMESPACE.schema}" xsi:type="string"`)],
  ['any type', value(`${xs} xsi:type="xs:anyType" a="b"`, '<a/>')],
  ['a value of its type', value(`${xs} xsi:type="xs:integer"`, ' 12 ')],
  ['the type of names', value('xsi:type="saml:NameIDType" Format="urn:x"')],
  ['nothing', value('xsi:nil="1"', '')],
  ['something although it might be nothing', value('xsi:nil="false"')],
  ['nothing where a number would be', value(`${xs} xsi:type="xs:integer" xsi:nil="true"`, '')],
])('the value of an attribute may be of %s', (_case, document) => {
  expect(readMessage(document).key).toBe('saml:Attribute')
})

test.each([
  [
    'a prefix that nobody declared',
    value('xsi:type="xs:string"'),
    'has the type [xs:string], whose prefix is bound to nothing',
  ],
  ['no name', value('xsi:type=":"'), 'has the type [:], whose prefix is bound to nothing'],
  ['a type of no namespace', value('xsi:type="string"'), 'has the type [string], which no schema has'],
  ['a type that is not built in', value(`${xs} xsi:type="xs:nope"`), 'has the type [xs:nope], which no schema has'],
  [
    'a type of a foreign schema',
    value('xmlns:e="urn:eidas" xsi:type="e:Id"'),
    'has the type [e:Id], which no schema has',
  ],
  ['elements under a simple type', value(`${xs} xsi:type="xs:string"`, '<a/>'), 'holds [{}a], expected nothing'],
  ['attributes under a simple type', value(`${xs} xsi:type="xs:string" a="b"`), 'may not have the attribute a'],
  ['a number that is none', value(`${xs} xsi:type="xs:integer"`), 'text is [x], expected integer'],
  ['no number', value(`${xs} xsi:type="xs:integer"`, ''), 'text is [], expected integer'],
  ['a truth that is none', value(`${xs} xsi:type="xs:boolean"`), 'text is [x], expected boolean'],
  ['a time that is none', value(`${xs} xsi:type="xs:dateTime"`), 'text is [x], expected zonedDateTime'],
  ['content although it is nil', value('xsi:nil="true"'), 'is nil and has content'],
  ['a blank although it is nil', value('xsi:nil="true"', ' '), 'is nil and has content'],
  ['a nil that is neither true nor false', value('xsi:nil="x"'), 'attribute nil is [x], expected boolean'],
])('the value of an attribute may not have %s', (_case, document, reason) => {
  expect(() => readMessage(document)).toThrow(schemaRefusal(`saml:AttributeValue ${reason}`))
})

test('a NameID may name its own type and no other, and may not be nil', () => {
  expect(readMessage(nameId('xsi:type="saml:NameIDType"')).children).toMatchObject([{ text: 'alice' }])
  expect(() => readMessage(nameId('xsi:type="xs:string"'))).toThrow(
    schemaRefusal('saml:NameID may not have the type [xs:string]'),
  )
  expect(() => readMessage(nameId('xsi:nil="false"'))).toThrow(
    schemaRefusal('saml:NameID may not have the attribute nil'),
  )
})

test('foreign content is of the type that it names', () => {
  expect(readMessage(extension('xsi:type="xs:date"', '2031-05-04')).key).toBe('samlp:LogoutRequest')
  expect(readMessage(extension('xsi:nil="true"', 'x')).key).toBe('samlp:LogoutRequest')
  expect(() => readMessage(extension('xsi:type="e:T"'))).toThrow(
    schemaRefusal('{urn:e}a has the type [e:T], which no schema has'),
  )
  expect(() => readMessage(extension('xsi:type="xs:date"', 'today'))).toThrow(
    schemaRefusal('{urn:e}a text is [today], expected date'),
  )
})

test('in a canonical form, which may have lost the declaration of a prefix, no type is asked for', () => {
  expect(readMessage(value('xsi:type="xs:string"'), 'passed over').children).toMatchObject([{ text: 'x' }])
  expect(readMessage(nameId('xsi:type="gone:NameIDType"'), 'passed over').children).toMatchObject([{ text: 'alice' }])
})

test('every type that is built in has values', () => {
  const samples = ['a', '1', '-1', 'true', 'AAAA', 'AA', 'P1D', '2031-05-04', '2031-05-04T12:00:00', '12:00:00', '2031']
  const calendar = ['2031-05', '--05', '--05-04', '---04']
  for (const type of Object.keys(builtInTypes)) {
    const accepted = [...samples, ...calendar].filter((sample) => {
      try {
        return readMessage(value(`${xs} xsi:type="${type}"`, sample))
      } catch {
        return false
      }
    })
    expect(accepted, type).not.toEqual([])
  }
})
