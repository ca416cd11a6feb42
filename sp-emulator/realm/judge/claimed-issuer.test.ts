import { expect, test } from 'vitest'
import { carry, idpEntityId, logoutQuery, logoutRequest } from '../test-realm.test-support.ts'
import { claimedIssuer } from './claimed-issuer.ts'

test('whom a message names is read from whatever carried it, signed or not', () => {
  expect(claimedIssuer({ queryString: logoutQuery() })).toBe(idpEntityId)
  expect(claimedIssuer({ queryString: carry(logoutRequest()) })).toBe(idpEntityId)
  expect(claimedIssuer({ document: Buffer.from(logoutRequest()) })).toBe(idpEntityId)
  expect(claimedIssuer({ posted: Buffer.from(logoutRequest()).toString('base64') })).toBe(idpEntityId)
})

test('a long name is cut', () => {
  expect(claimedIssuer({ document: Buffer.from(logoutRequest({ issuer: 'x'.repeat(300) })) })).toBe('x'.repeat(256))
})

test.each([
  [{}],
  [{ queryString: 'RelayState=x' }],
  [{ queryString: 'SAMLRequest=%zz' }],
  [{ queryString: 'SAMLRequest=AAAA' }],
  [{ posted: '***' }],
  [{ document: Buffer.from('<!DOCTYPE x><x/>') }],
  [{ document: Buffer.from('<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>') }],
])('what cannot be read names nobody: %j', (brought) => {
  expect(claimedIssuer(brought)).toBeUndefined()
})
