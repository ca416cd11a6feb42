import { expect, test } from 'vitest'
import { AUTHN_CONTEXT, BINDING, NAME_ID_FORMAT } from '../names.ts'
import { judgeSchema } from '../oracles.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { readMessage } from '../schema/message.ts'
import { type AuthnRequest, parseAuthnRequest, writeAuthnRequest } from './authn-request.ts'
import { writeLogoutResponse } from './logout-response.ts'
import { header } from './messages.test-support.ts'
import { success } from './status.ts'

const read = (document: string) => parseAuthnRequest(readMessage(document))
const full: AuthnRequest = {
  ...header,
  acsUrl: 'https://sp.test/acs?a=b&c=d',
  acsIndex: undefined,
  protocolBinding: BINDING.post,
  forceAuthn: true,
  isPassive: false,
  nameIdPolicy: { format: NAME_ID_FORMAT.transient, spNameQualifier: 'https://sp.test/', allowCreate: true },
  requestedAuthnContext: { comparison: 'exact', classRefs: [AUTHN_CONTEXT.password, AUTHN_CONTEXT.unspecified] },
}

test('what is written is read as the same AuthnRequest', () => {
  expect(read(writeAuthnRequest(full))).toEqual(full)
})

test('what is written is valid under the schema of OASIS', async () => {
  expect(await judgeSchema(writeAuthnRequest(full), 'protocol')).toMatchObject({ accepted: true })
  expect(await judgeSchema(writeAuthnRequest({ id: '_1', issueInstant: 0, acsIndex: 3 }), 'protocol')).toMatchObject({
    accepted: true,
  })
})

test('what is absent is read as undefined', () => {
  expect(read(writeAuthnRequest({ id: '_1', issueInstant: 0 }))).toEqual({
    id: '_1',
    issueInstant: 0,
    version: '2.0',
    issuer: undefined,
    destination: undefined,
    acsUrl: undefined,
    acsIndex: undefined,
    protocolBinding: undefined,
    forceAuthn: undefined,
    isPassive: undefined,
    nameIdPolicy: undefined,
    requestedAuthnContext: undefined,
  })
})

test.each([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
])('a flag may be written as %s', (written, value) => {
  const document = writeAuthnRequest(full).replace('ForceAuthn="true"', `ForceAuthn="${written}"`)
  expect(read(document).forceAuthn).toBe(value)
})

test('an index is a number', () => {
  expect(read(writeAuthnRequest({ ...header, acsIndex: 7 })).acsIndex).toBe(7)
})

test('a response is no AuthnRequest', () => {
  expect(() => read(writeLogoutResponse({ ...header, status: success }))).toThrow(
    refusal('SAML_ROOT', 'the message is a LogoutResponse, expected a AuthnRequest'),
  )
})
