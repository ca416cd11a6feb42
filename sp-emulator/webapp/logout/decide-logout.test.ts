import { expect, test } from 'vitest'
import { resolveProviders } from '../providers/resolve-providers.ts'
import type { Session } from '../sessions/session.ts'
import { decideLogout } from './decide-logout.ts'

const providers = resolveProviders({
  acs: 'http://app.test/acs',
  providers: [
    { type: 'basic', name: 'basic1' },
    { type: 'saml', name: 'first', realm: 'saml1' },
    { type: 'saml', name: 'second' },
  ],
})
const tokens = { accessToken: 'a', refreshToken: 'r' }
const common = { provider: 'second', realm: 'saml2', pendingLogins: [] }
const signedIn: Session = { ...common, kind: 'authenticated', username: 'alice', credentials: { tokens } }
const underWay: Session = { ...common, kind: 'intermediate' }
const withPassword: Session = { ...signedIn, provider: 'basic1', realm: 'native1', credentials: { basic: 'Basic x' } }

test.each([
  ['a live session', 'SAMLRequest=x', signedIn, 'saml2'],
  ['a login under way', 'SAMLRequest=x', underWay, 'saml2'],
  ['a LogoutResponse beside it', 'SAMLResponse=y&SAMLRequest=x', signedIn, 'saml2'],
  ['no session: the first SAML provider', 'SAMLRequest=x', undefined, 'saml1'],
  ['an escape in its name', 'SAMLRequ%65st=x', undefined, 'saml1'],
])('a LogoutRequest is answered to the IdP by the realm of the session: %s', (_case, queryString, session, realm) => {
  expect(decideLogout({ queryString, session, providers })).toEqual({ kind: 'answer-idp', address: { realm } })
})

test.each([
  ['no query', ''],
  ['a LogoutResponse (case 102)', 'SAMLResponse=x'],
  ['an empty SAMLRequest', 'SAMLRequest='],
  ['SAMLRequest as a value only', 'RelayState=SAMLRequest%3Dx'],
])('a live session is told to the IdP: with %s', (_case, queryString) => {
  expect(decideLogout({ queryString, session: signedIn, providers })).toEqual({ kind: 'tell-idp', tokens })
})

test.each([
  ['no session (case 96)', '', undefined],
  ['no session, but a LogoutResponse (case 106)', 'SAMLResponse=x', undefined],
  ['a login under way (case 97)', '', underWay],
  ['a session with a password, whatever the query', 'SAMLRequest=x', withPassword],
])('nobody has to be told: %s', (_case, queryString, session) => {
  expect(decideLogout({ queryString, session, providers })).toEqual({ kind: 'done' })
})

test('a LogoutResponse that meets a login under way makes Kibana ask without tokens', () => {
  expect(decideLogout({ queryString: 'SAMLResponse=x', session: underWay, providers })).toEqual({
    kind: 'tell-idp',
    tokens: undefined,
  })
})
