import { expect, test } from 'vitest'
import { borrowedSignatures, withoutDeclaration } from '#saml/signature/borrowed-signatures.test-support'
import { signEnveloped } from '#saml/signature/enveloped-signature'
import { aftermathOf, noEffect } from './bad-input.test-support.ts'
import { realNode } from './real-node.test-support.ts'
import { carry, idpKey, logoutRequest } from './realm/test-realm.test-support.ts'

/** LogoutRequests about the victim that borrow the signature of another document of the IdP. The query itself is not signed. */

const genuine = withoutDeclaration(await signEnveloped(logoutRequest(), '_request1', idpKey))
const evil = (behindIssuer: string, id = '_evil') =>
  withoutDeclaration(logoutRequest({ id, nameId: { value: 'victim' }, sessionIndexes: ['_session2'] })).replace(
    '</saml2:Issuer>',
    `$&${behindIssuer}`,
  )

const assertion =
  '<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" IssueInstant="2031-05-04T12:00:00Z" Version="2.0"><saml2:Issuer>https://idp.test/</saml2:Issuer></saml2:Assertion>'
const captured = withoutDeclaration(await signEnveloped(assertion, '_a', idpKey))

test.each(borrowedSignatures({ genuine, id: '_request1', captured, evil }))(
  'a LogoutRequest ends nothing, whatever it did with a genuine signature: %s',
  async (_rule, xml, code) => {
    const { answer, effects, logged } = await aftermathOf((node) => node.invalidate(carry(xml)))
    expect(answer.json).toMatchObject({ error: { type: 'security_exception', reason: reasons[code] }, status: 500 })
    expect(effects).toEqual(noEffect)
    expect(logged).toEqual([{ code, level: 'warn' }])
  },
)

const notParsed = 'Failed to parse SAML message'
const reasons = {
  SAML_XML: notParsed,
  SAML_SCHEMA: notParsed,
  SAML_UNSIGNED: 'Logout request is not signed',
  SAML_SIGNATURE: expect.stringMatching(
    /^SAML Signature \[.{32}\.\.\.\] could not be validated against \[.{64}\.\.\.\]$/s,
  ),
}

test('the genuine signature alone ends what it covers', async () => {
  const node = realNode()
  await node.login()
  expect((await node.invalidate(carry(genuine))).json).toMatchObject({ invalidated: 1 })
})
