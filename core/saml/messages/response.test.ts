import { expect, test } from 'vitest'
import { AUTHN_CONTEXT, STATUS } from '../names.ts'
import { judgeSchema } from '../oracles.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { readMessage } from '../schema/message.ts'
import { type Assertion, parseAssertion } from './assertion.ts'
import { writeLogoutResponse } from './logout-response.ts'
import { assertion, header, noon } from './messages.test-support.ts'
import { parseResponse, writeResponse } from './response.ts'
import { success } from './status.ts'

const read = (document: string) => parseResponse(readMessage(document))
const written = (...assertions: Assertion[]) =>
  writeResponse({ ...header, inResponseTo: '_0', status: success, assertions })
const bare: Assertion = { id: '_b', issueInstant: noon, authnStatements: [{ authnInstant: noon }], attributes: [] }

test('what is written is read as the same envelope', () => {
  expect(read(written(assertion))).toMatchObject({
    ...header,
    inResponseTo: '_0',
    status: { codes: [STATUS.success], message: undefined },
    encryptedAssertionElements: [],
  })
})

test('what is written is read as the same Assertion', () => {
  expect(read(written(assertion)).assertionElements.map((element) => parseAssertion(element))).toEqual([assertion])
})

test('every Assertion is handed on, and none is chosen', () => {
  const elements = read(written(assertion, { ...assertion, id: '_b' })).assertionElements
  expect(elements.map((element) => parseAssertion(element).id)).toEqual(['_a', '_b'])
})

test('what is written is valid under the schema of OASIS', async () => {
  expect(await judgeSchema(written(assertion), 'protocol')).toMatchObject({ accepted: true })
  expect(await judgeSchema(written(), 'protocol')).toMatchObject({ accepted: true })
})

test('an authentication of no stated kind is of an unspecified kind', () => {
  const [element] = read(written({ ...bare, issuer: 'https://idp.test/' })).assertionElements
  expect(element && parseAssertion(element).authnStatements).toMatchObject([{ classRef: AUTHN_CONTEXT.unspecified }])
})

test('an Assertion without an Issuer is not valid', () => {
  expect(() => read(written(bare))).toThrow(
    expect.objectContaining({
      code: 'SAML_SCHEMA',
      message: expect.stringContaining('saml:Assertion holds [saml:AuthnStatement]'),
    }),
  )
})

test('an encrypted Assertion is handed on as it is', () => {
  const encrypted =
    '<EncryptedAssertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData><CipherValue>AAAA</CipherValue></CipherData></EncryptedData></EncryptedAssertion>'
  const document = written().replace('</saml2p:Response>', `${encrypted}</saml2p:Response>`)
  expect(read(document)).toMatchObject({
    assertionElements: [],
    encryptedAssertionElements: [{ key: 'saml:EncryptedAssertion' }],
  })
})

test('a LogoutResponse is no Response', () => {
  expect(() => read(writeLogoutResponse({ ...header, status: success }))).toThrow(
    refusal('SAML_ROOT', 'the message is a LogoutResponse, expected a Response'),
  )
})
