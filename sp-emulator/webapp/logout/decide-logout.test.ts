import { expect, test } from 'vitest'
import type { Session } from '../sessions/session.ts'
import { decideLogout } from './decide-logout.ts'

const tokens = { accessToken: 'a', refreshToken: 'r' }
const signedIn: Session = { kind: 'authenticated', realm: 'saml1', username: 'alice', tokens, pendingLogins: [] }
const underWay: Session = { kind: 'intermediate', realm: 'saml1', pendingLogins: [] }

test.each([
  ['a live session', 'SAMLRequest=x', signedIn],
  ['no session', 'SAMLRequest=x', undefined],
  ['a login under way', 'SAMLRequest=x', underWay],
  ['a LogoutResponse beside it', 'SAMLResponse=y&SAMLRequest=x', signedIn],
  ['an escape in its name', 'SAMLRequ%65st=x', undefined],
])('a LogoutRequest is always answered to the IdP: with %s', (_case, query, session) => {
  expect(decideLogout(query, session)).toEqual({ kind: 'answer-idp' })
})

test.each([
  ['no query', ''],
  ['a LogoutResponse', 'SAMLResponse=x'],
  ['an empty SAMLRequest', 'SAMLRequest='],
  ['SAMLRequest as a value only', 'RelayState=SAMLRequest%3Dx'],
])('a live session is told to the IdP: with %s', (_case, query) => {
  expect(decideLogout(query, signedIn)).toEqual({ kind: 'tell-idp', tokens })
})

test.each([
  ['no session', undefined],
  ['a login under way (case 97)', underWay],
])('without tokens nobody is told: %s', (_case, session) => {
  expect(decideLogout('SAMLResponse=x', session)).toEqual({ kind: 'done' })
})
