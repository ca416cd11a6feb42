import { allSignedOut, invalidates, onlyTokensAlive, refusesInvalidate, signedIn } from '../scenario/expected.ts'
import type { Scenario, World } from '../scenario/scenario.ts'
import { bringBackCookies, open, press, see, setAsideCookies } from '../scenario/steps.ts'
import { confirmed, logOutEverywhere } from './logged-in.ts'

/** Of a key that nobody has: an IdP that is known, and never writes. */
const certificateOfOtherIdp =
  'MIIBiTCCAS+gAwIBAgIUfDbA3481kxOMC2rywFHy3D/iagUwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOb3RoZXItaWRwLnRlc3QwIBcNMjYxMTI3MTM0NjI5WhgPMjEyNjExMDMxMzQ2MjlaMBkxFzAVBgNVBAMMDm90aGVyLWlkcC50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDnOUNgNcjjfQhcPWy9A9K/L5Eqan8GiGcyZCo75WEhwpOR/2OehpBXYkHz33rEkMNwz92q4WjRi4YPAGlXxGN6NTMFEwHQYDVR0OBBYEFFFKwSkZOoXTd1ry8sILttKHPX5lMB8GA1UdIwQYMBaAFFFKwSkZOoXTd1ry8sILttKHPX5lMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAMZ1oO3YE4cWkADfwj3zs0997W0Cd5kyl82Sj12QoAa3AiADPf0ziu6/CtlentcogqvFw/6h3vtTsDpr4HRTAw4Szw=='
const otherIdp = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="http://other-idp.test/metadata"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificateOfOtherIdp}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="http://other-idp.test/slo"/><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="http://other-idp.test/sso"/></IDPSSODescriptor></EntityDescriptor>`

/** Two IdPs, a realm for each, and an application that knows both. Ours is the second. */
const twoIdps: World = {
  realms: [{ name: 'saml1', idpMetadata: otherIdp }, { name: 'saml2' }],
  applications: [
    {
      name: 'app',
      selector: true,
      providers: [
        { type: 'saml', name: 'first', realm: 'saml1' },
        { type: 'saml', name: 'second', realm: 'saml2' },
      ],
    },
  ],
}
const aliceSignsInBySecond = [open('application'), press('Log in with second'), press('alice')]

const passwordToo: World = {
  applications: [
    {
      name: 'app',
      selector: true,
      providers: [
        { type: 'saml', name: 'saml', realm: 'saml1' },
        { type: 'basic', name: 'basic' },
      ],
    },
  ],
}
const withPassword = press('Log in with basic', { username: 'elastic', password: 'changeme' })

/** Several ways to log in to one application. */
export const realms: readonly Scenario[] = [
  {
    id: 'realms/second-idp-with-a-session',
    title: 'a LogoutRequest of the second IdP is judged by the realm from which the session came',
    clauses: ['elasticsearch-saml §2', 'web-app-flows §1.2', 'logout-bugs scenario 71'],
    bugs: ['G12'],
    given: twoIdps,
    steps: [...aliceSignsInBySecond, ...logOutEverywhere],
    expected: {
      claim: confirmed,
      claims: { app: 'ended' },
      calls: [invalidates(1)],
      proven: allSignedOut,
    },
  },
  {
    id: 'realms/second-idp-without-a-session',
    title: 'without a session a LogoutRequest of the second IdP is judged by the first realm, which refuses it',
    clauses: ['web-app-flows §1.4 (f)', 'elasticsearch-saml §3.4', 'logout-bugs scenario 72'],
    bugs: ['G12'],
    given: twoIdps,
    steps: [...aliceSignsInBySecond, setAsideCookies('app'), ...logOutEverywhere, bringBackCookies],
    expected: {
      claim: 'could not be validated',
      claims: { app: 'nothing' },
      calls: [refusesInvalidate('SAML_SIGNATURE')],
      proven: { ...signedIn, idpSession: 'dead' },
      entries: [{ match: { what: 'LogoutResponse' }, times: 0 }],
    },
  },
  {
    id: 'realms/session-by-password',
    title: 'a LogoutRequest that meets a session by password ends that session, and Elasticsearch never hears of it',
    clauses: ['web-app-flows §1.4 (f)', 'logout-bugs scenario 44'],
    bugs: ['G12'],
    notes: ['The tokens of the login that is meant live on, and the IdP is not answered.'],
    given: passwordToo,
    steps: [
      ...[open('application'), press('Log in with saml'), press('alice')],
      setAsideCookies('app'),
      ...[open('application'), withPassword, see('You are signed in as elastic')],
      ...logOutEverywhere,
    ],
    expected: {
      claim: 'You are logged out',
      claims: { app: 'nothing' },
      calls: [],
      proven: { ...onlyTokensAlive, idpSession: 'dead' },
      entries: [{ match: { what: 'LogoutResponse' }, times: 0 }],
    },
  },
]
