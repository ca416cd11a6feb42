import { allSignedOut, invalidates, neverSignedIn, refusesInvalidate, signedIn } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { introduceByHand, mint, open, press } from '../scenario/steps.ts'
import { aliceSignsIn, confirmed, logOutEverywhere } from './logged-in.ts'

/** Of a key that nobody has: an IdP that is known, and never writes. */
const certificateOfOtherIdp =
  'MIIBiTCCAS+gAwIBAgIUfDbA3481kxOMC2rywFHy3D/iagUwCgYIKoZIzj0EAwIwGTEXMBUGA1UEAwwOb3RoZXItaWRwLnRlc3QwIBcNMjYxMTI3MTM0NjI5WhgPMjEyNjExMDMxMzQ2MjlaMBkxFzAVBgNVBAMMDm90aGVyLWlkcC50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDnOUNgNcjjfQhcPWy9A9K/L5Eqan8GiGcyZCo75WEhwpOR/2OehpBXYkHz33rEkMNwz92q4WjRi4YPAGlXxGN6NTMFEwHQYDVR0OBBYEFFFKwSkZOoXTd1ry8sILttKHPX5lMB8GA1UdIwQYMBaAFFFKwSkZOoXTd1ry8sILttKHPX5lMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAMZ1oO3YE4cWkADfwj3zs0997W0Cd5kyl82Sj12QoAa3AiADPf0ziu6/CtlentcogqvFw/6h3vtTsDpr4HRTAw4Szw=='
const otherIdp = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="http://other-idp.test/metadata"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificateOfOtherIdp}</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="http://other-idp.test/slo"/><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="http://other-idp.test/sso"/></IDPSSODescriptor></EntityDescriptor>`

const ofFirstIdp = { name: 'saml1', idpMetadata: otherIdp }

/** Two IdPs, and a realm for each. Ours is the second. */
export const realms: readonly Scenario[] = [
  {
    id: 'realms/second-idp-with-a-session',
    title: 'a LogoutRequest of the second IdP is judged by the realm from which the session came',
    clauses: ['elasticsearch-saml §2', 'web-app-flows §1.2', 'logout-bugs scenario 71'],
    bugs: ['G12'],
    given: {
      realms: [{ ...ofFirstIdp, acs: 'http://localhost:3000/saml/acs' }, { name: 'saml2' }],
      applications: [{ name: 'app', realm: 'saml2' }],
    },
    steps: [...aliceSignsIn, ...logOutEverywhere],
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
    notes: ['Here the application knows the first realm alone; one that knows both asks the first of them, too.'],
    given: {
      realms: [ofFirstIdp, { name: 'saml2' }],
      applications: [
        { name: 'app', realm: 'saml1' },
        { name: 'second', realm: 'saml2' },
      ],
    },
    steps: [
      open('application', 'second'),
      press('alice'),
      introduceByHand('app'),
      mint({ kind: 'LogoutRequest', to: 'app', nameId: { value: 'alice' } }),
    ],
    expected: {
      claim: 'could not be validated',
      calls: [refusesInvalidate('SAML_SIGNATURE')],
      proven: { ...neverSignedIn, idpSession: 'alive', others: { second: signedIn } },
      entries: [{ match: { what: 'LogoutResponse' }, times: 0 }],
    },
  },
]
