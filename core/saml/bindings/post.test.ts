import { expect, test } from 'vitest'
import { refusal } from '../refusals.test-support.ts'
import { buildPostForm, decodePosted, postedValue } from './post.ts'

const document = '<samlp:LogoutRequest/>'

test('C070, C071 a form carries the base64 of the document and RelayState', () => {
  expect(buildPostForm({ destination: 'https://sp.test/slo', kind: 'SAMLRequest', document, relayState: 'x' })).toEqual(
    {
      action: 'https://sp.test/slo',
      fields: [
        { name: 'SAMLRequest', value: 'PHNhbWxwOkxvZ291dFJlcXVlc3QvPg==' },
        { name: 'RelayState', value: 'x' },
      ],
    },
  )
})

test('a form without RelayState has no field for it, and one with an empty RelayState has', () => {
  const names = (relayState?: string) =>
    buildPostForm({ destination: '', kind: 'SAMLResponse', document, relayState }).fields.map(({ name }) => name)
  expect(names()).toEqual(['SAMLResponse'])
  expect(names('')).toEqual(['SAMLResponse', 'RelayState'])
})

test('C070, C076 what a form carries is read again, broken into lines or not', () => {
  const value = Buffer.from(document).toString('base64')
  expect(decodePosted(value).toString()).toBe(document)
  expect(decodePosted(value.replace(/.{8}/g, '$&\r\n')).toString()).toBe(document)
})

test.each([undefined, ''])('a form without the message is refused: %j', (value) => {
  expect(() => postedValue('SAMLResponse', value)).toThrow(
    refusal('SAML_MESSAGE_MISSING', 'the form has no SAMLResponse'),
  )
})

test.each([
  ['a blank', 'QUJD QUJD', 'Illegal base64 character 20'],
  ['a missing padding', 'QQ', 'Input byte array has wrong 4-byte ending unit'],
])('other than line breaks nothing is tolerated: %s', (_case, value, message) => {
  expect(() => decodePosted(value)).toThrow(refusal('SAML_BASE64', message))
})
