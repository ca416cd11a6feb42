import { expect, test } from 'vitest'
import { CONFIRMATION_METHOD } from '#saml/names'
import { signedLogin, withAssertion } from '../test-logins.test-support.ts'
import { acsUrl, carry, logoutQuery, logoutRequest, signed, testRealm } from '../test-realm.test-support.ts'

const accept = (query: string) => testRealm().realm.acceptLogoutRequest(query)

test('T61: of several SessionIndexes the first that says something counts', () => {
  const query = logoutQuery({ sessionIndexes: [' ', ' _first ', '_second'] })
  expect(accept(query).tokenMetadata?.['saml_session']).toBe('_first')
})

test.each(['', ' \n\t '])('a request that names nobody (%j) is accepted and matches nobody', (value) => {
  expect(accept(logoutQuery({ nameId: { value } })).tokenMetadata).toBeUndefined()
})

test('T57: a comment in a name does not cut it', () => {
  const document = logoutRequest().replace('>alice<', '>ali<!-- evil -->ce<')
  expect(accept(signed(carry(document))).tokenMetadata?.['saml_nameid_val']).toBe('alice')
})

test.each([
  ['CDATA', '<![CDATA[alice]]>'],
  ['a character reference', '&#x61;lice'],
  ['white space around it', '\n  alice\t'],
])('T58: a name written with %s is the same name', (_case, written) => {
  const document = logoutRequest().replace('>alice<', `>${written}<`)
  expect(accept(signed(carry(document))).tokenMetadata?.['saml_nameid_val']).toBe('alice')
})

test.each([
  ['another case', 'Alice'],
  ['a no-break space', 'alice\u00A0'],
  ['a zero-width space', '\u200Balice'],
])('T59: a name with %s is another name', (_case, value) => {
  expect(accept(logoutQuery({ nameId: { value } })).tokenMetadata?.['saml_nameid_val']).toBe(value)
})

test('a name is kept with its qualifiers and the name that the service provider gave, at login and at logout', async () => {
  const nameId = { value: 'alice', format: 'urn:f', nameQualifier: 'nq', spNameQualifier: 'spnq', spProvidedId: 'spid' }
  const subject = { nameId, confirmations: [{ method: CONFIRMATION_METHOD.bearer, data: { recipient: acsUrl } }] }
  const expected = {
    saml_nameid_val: 'alice',
    saml_nameid_fmt: 'urn:f',
    saml_nameid_qual: 'nq',
    saml_nameid_sp_qual: 'spnq',
    saml_nameid_sp_id: 'spid',
    saml_session: '_session1',
    saml_realm: 'saml1',
  }
  const response = await signedLogin(withAssertion({ subject }))
  expect((await testRealm().realm.authenticate(response, ['_login1'])).tokenMetadata).toEqual(expected)
  expect(accept(logoutQuery({ nameId })).tokenMetadata).toEqual(expected)
})
