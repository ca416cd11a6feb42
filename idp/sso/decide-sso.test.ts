import { expect, test } from 'vitest'
import type { AuthnRequest, NameIdPolicy } from '#saml/messages/authn-request'
import { NAME_ID_FORMAT, STATUS } from '#saml/names'
import type { IdpSession } from '../sessions/idp-session.ts'
import { makeSp } from '../sp.test-support.ts'
import { decideSso } from './decide-sso.ts'
import type { SsoTask } from './sso-task.ts'

const { metadata } = await makeSp('orders')
const decide = (given: SsoTask, session: IdpSession | undefined) =>
  decideSso(given, { session, sp: { metadata }, idpEntityId: 'idp' })
const session: IdpSession = { id: 's', userName: 'alice', authnInstant: 0, expiresAt: 9, participants: [] }
const task = (given: Partial<AuthnRequest> = {}): SsoTask => {
  const request = { id: '_1', issueInstant: 0, ...given }
  return {
    id: 't',
    spEntityId: metadata.entityId,
    signed: true,
    acsUrl: 'https://orders.test/acs',
    relayState: undefined,
    request,
  }
}

test('who is signed in is asserted at once', () => {
  expect(decide(task(), session)).toEqual({ kind: 'assert', session })
})

test('without a session the user is asked', () => {
  expect(decide(task(), undefined)).toEqual({ kind: 'ask-to-sign-in', reason: 'no-session' })
})

test('ForceAuthn asks again although there is a session', () => {
  expect(decide(task({ forceAuthn: true }), session)).toEqual({ kind: 'ask-to-sign-in', reason: 'force-authn' })
})

test.each([
  ['without a session', { isPassive: true }, undefined],
  ['with ForceAuthn', { isPassive: true, forceAuthn: true }, session],
])('IsPassive %s is answered by NoPassive', (_case, request, given) => {
  expect(decide(task(request), given)).toEqual({
    kind: 'refuse',
    status: {
      codes: [STATUS.responder, STATUS.noPassive],
      message: 'the user would have to be asked to sign in',
    },
  })
})

test('IsPassive with a session is asserted', () => {
  expect(decide(task({ isPassive: true }), session).kind).toBe('assert')
})

test.each<[string, NameIdPolicy]>([
  ['a Format that is not offered', { format: NAME_ID_FORMAT.entity }],
  ['the SPNameQualifier of somebody else', { spNameQualifier: 'reports' }],
])('%s is answered by InvalidNameIDPolicy, signed in or not', (_case, nameIdPolicy) => {
  for (const given of [session, undefined]) {
    expect(decide(task({ nameIdPolicy }), given)).toEqual({
      kind: 'refuse',
      status: {
        codes: [STATUS.requester, STATUS.invalidNameIdPolicy],
        message: 'this identity provider cannot make the name identifier that was asked for',
      },
    })
  }
})

test('its own SPNameQualifier may be repeated by the service provider', () => {
  expect(decide(task({ nameIdPolicy: { spNameQualifier: 'https://orders.test' } }), session).kind).toBe('assert')
})

test('a login from the portal needs no request', () => {
  expect(decide({ ...task(), request: undefined }, session)).toEqual({ kind: 'assert', session })
})
