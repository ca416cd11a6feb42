import { expect, test } from 'vitest'
import { refusal } from '../refusals.test-support.ts'
import { readMessage } from './message.ts'

const namespaces =
  'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'
const header = `${namespaces} ID="_1" Version="2.0" IssueInstant="2031-05-04T12:00:00Z"`
const nameId = '<saml:NameID>alice</saml:NameID>'
const logoutRequest = ({ attributes = header, content = nameId } = {}) =>
  `<samlp:LogoutRequest ${attributes}>${content}</samlp:LogoutRequest>`
const schemaRefusal = (message: string) => refusal('SAML_SCHEMA', message)

test('the smallest LogoutRequest names a principal', () => {
  expect(readMessage(logoutRequest())).toMatchObject({ key: 'samlp:LogoutRequest', children: [{ text: 'alice' }] })
})

const requestContent =
  'saml:Issuer?, ds:Signature?, samlp:Extensions?, (saml:NameID | saml:EncryptedID), samlp:SessionIndex*'

test.each([
  ['no NameID', '', ''],
  ['two NameIDs', nameId + nameId, 'saml:NameID saml:NameID'],
  ['a BaseID', '<saml:BaseID/>', 'saml:BaseID'],
  ['a NameID of a foreign namespace', '<x:NameID xmlns:x="urn:evil"/>', '{urn:evil}NameID'],
  ['a NameID without a namespace', '<NameID/>', '{}NameID'],
  ['an Issuer behind the NameID', `${nameId}<saml:Issuer/>`, 'saml:NameID saml:Issuer'],
  ['a foreign signed Assertion', `<saml:Assertion/>${nameId}`, 'saml:Assertion saml:NameID'],
])('a LogoutRequest with %s is refused', (_case, content, held) => {
  expect(() => readMessage(logoutRequest({ content }))).toThrow(
    schemaRefusal(`samlp:LogoutRequest holds [${held}], expected ${requestContent}`),
  )
})

test.each([
  ['no ID', header.replace('ID="_1"', ''), 'must have the attribute ID'],
  ['no Version', header.replace('Version="2.0"', ''), 'must have the attribute Version'],
  ['an ID that starts with a digit', header.replace('_1', '1'), 'attribute ID is [1], expected ncName'],
  [
    'an IssueInstant that is a date',
    header.replace('T12:00:00Z', ''),
    'attribute IssueInstant is [2031-05-04], expected dateTime',
  ],
  ['an InResponseTo', `${header} InResponseTo="_0"`, 'may not have the attribute InResponseTo'],
  ['an ID in a namespace beside', `${header} samlp:ID="_2"`, 'may not have the attribute ID'],
])('a LogoutRequest with %s is refused', (_case, attributes, reason) => {
  expect(() => readMessage(logoutRequest({ attributes }))).toThrow(schemaRefusal(`samlp:LogoutRequest ${reason}`))
})

test.each([
  ['Destination', `${header} Destination="https://sp.test/[slo]"`, nameId, 'samlp:LogoutRequest attribute Destination'],
  ['Consent', `${header} Consent="urn:example:50%-sure"`, nameId, 'samlp:LogoutRequest attribute Consent'],
  ['Format', header, '<saml:NameID Format="a#b#c">alice</saml:NameID>', 'saml:NameID attribute Format'],
])('a %s that is no anyURI is refused', (_case, attributes, content, where) => {
  const [, value = ''] = /(?:Destination|Consent|Format)="([^"]*)"/.exec(attributes + content) ?? []
  expect(() => readMessage(logoutRequest({ attributes, content }))).toThrow(
    schemaRefusal(`${where} is [${value}], expected anyURI`),
  )
})

test('character data between elements is refused, white space is not', () => {
  expect(readMessage(logoutRequest({ content: `\n  ${nameId}\n` })).children).toHaveLength(1)
  expect(() => readMessage(logoutRequest({ content: `evil${nameId}` }))).toThrow(
    schemaRefusal('samlp:LogoutRequest may not hold character data'),
  )
})

test('a child element in text content is refused', () => {
  expect(() => readMessage(logoutRequest({ content: '<saml:NameID>a<b/></saml:NameID>' }))).toThrow(
    schemaRefusal('saml:NameID holds [{}b], expected nothing'),
  )
})

test('an empty InResponseTo is refused', () => {
  const status = '<samlp:Status><samlp:StatusCode Value="urn:x"/></samlp:Status>'
  const response = `<samlp:LogoutResponse ${header} InResponseTo="">${status}</samlp:LogoutResponse>`
  expect(() => readMessage(response)).toThrow(
    schemaRefusal('samlp:LogoutResponse attribute InResponseTo is [], expected ncName'),
  )
})

test('content of a foreign namespace is allowed in Extensions, and content of none is not', () => {
  const extensions = (content: string) => `<samlp:Extensions>${content}</samlp:Extensions>${nameId}`
  expect(readMessage(logoutRequest({ content: extensions('<x xmlns="urn:x"/>') })).children).toHaveLength(2)
  expect(() => readMessage(logoutRequest({ content: extensions('<x/>') }))).toThrow(
    schemaRefusal('samlp:Extensions holds [{}x], expected ##other+'),
  )
})

test('what is declared is checked inside foreign content too', () => {
  const content = `<samlp:Extensions><x xmlns="urn:x"><saml:Assertion/></x></samlp:Extensions>${nameId}`
  expect(() => readMessage(logoutRequest({ content }))).toThrow(
    schemaRefusal('saml:Assertion must have the attribute Version'),
  )
})

test.each([
  ['a LogoutRequest without a namespace', '<LogoutRequest/>', '{}LogoutRequest'],
  ['a LogoutRequest of another namespace', '<LogoutRequest xmlns="urn:evil"/>', '{urn:evil}LogoutRequest'],
  ['metadata', '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"/>', 'md:EntityDescriptor'],
])('%s is no message', (_case, document, root) => {
  expect(() => readMessage(document)).toThrow(
    schemaRefusal(`the root element ${root} is not declared in the SAML schemas`),
  )
})

test('the facts of a refusal say what was expected and what was found', () => {
  expect(() => readMessage(logoutRequest({ content: '' }))).toThrow(
    expect.objectContaining({ facts: { expected: requestContent, actual: '' } }),
  )
})
