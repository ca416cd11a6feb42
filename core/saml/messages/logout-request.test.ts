import { expect, test } from 'vitest'
import { LOGOUT_REASON } from '../names.ts'
import { judgeSchema } from '../oracles.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { readMessage } from '../schema/message.ts'
import { type LogoutRequest, parseLogoutRequest, writeLogoutRequest } from './logout-request.ts'
import { writeLogoutResponse } from './logout-response.ts'
import { header, nameId, noon } from './messages.test-support.ts'
import { success } from './status.ts'

const read = (document: string) => parseLogoutRequest(readMessage(document))
const full: LogoutRequest = {
  ...header,
  notOnOrAfter: noon + 300_000,
  reason: LOGOUT_REASON.user,
  nameId,
  encryptedId: undefined,
  sessionIndexes: ['_s1', '_s2'],
}

test('what is written is read as the same LogoutRequest', () => {
  expect(read(writeLogoutRequest(full))).toEqual(full)
})

test('C001 what is written is valid under the schema of OASIS', async () => {
  expect(await judgeSchema(writeLogoutRequest(full), 'protocol')).toMatchObject({ accepted: true })
})

test('a LogoutRequest is written in the form of Elasticsearch', () => {
  const request = {
    id: '_1',
    issueInstant: noon,
    issuer: 'https://idp.test/',
    nameId: { value: 'alice' },
    sessionIndexes: [],
  }
  expect(writeLogoutRequest(request)).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<saml2p:LogoutRequest xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" IssueInstant="2031-05-04T12:00:00.000Z" Version="2.0">' +
      '<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">https://idp.test/</saml2:Issuer>' +
      '<saml2:NameID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">alice</saml2:NameID>' +
      '</saml2p:LogoutRequest>',
  )
})

test('what is absent is read as undefined, and no SessionIndex as none', () => {
  const request = read(writeLogoutRequest({ id: '_1', issueInstant: noon, nameId: { value: '' }, sessionIndexes: [] }))
  expect(request).toMatchObject({
    issuer: undefined,
    destination: undefined,
    notOnOrAfter: undefined,
    sessionIndexes: [],
  })
  expect(request.nameId).toEqual({
    value: '',
    format: undefined,
    nameQualifier: undefined,
    spNameQualifier: undefined,
    spProvidedId: undefined,
  })
})

test.each([
  ['a comment', 'admin<!-- -->.evil'],
  ['a CDATA section', '<![CDATA[admin]]>.evil'],
  ['a character reference', '&#x61;dmin.evil'],
])('a NameID is its whole text: %s', (_case, written) => {
  const document = writeLogoutRequest({ ...full, nameId: { value: 'NAME' } }).replace('NAME', written)
  expect(read(document).nameId?.value).toBe('admin.evil')
})

test('an encrypted identifier is handed on as it is', () => {
  const encrypted =
    '<saml2:EncryptedID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData><CipherValue>AAAA</CipherValue></CipherData></EncryptedData></saml2:EncryptedID>'
  const document = writeLogoutRequest(full).replace(/<saml2:NameID.*<\/saml2:NameID>/s, encrypted)
  expect(read(document)).toMatchObject({ nameId: undefined, encryptedId: { key: 'saml:EncryptedID' } })
})

test('a response is no LogoutRequest', () => {
  expect(() => read(writeLogoutResponse({ ...header, status: success }))).toThrow(
    refusal('SAML_ROOT', 'the message is a LogoutResponse, expected a LogoutRequest'),
  )
})
