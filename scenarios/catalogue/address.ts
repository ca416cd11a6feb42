import { allSignedIn, allSignedOut, callsLogout, signedIn, signedOut } from '../scenario/expected.ts'
import type { Scenario, World } from '../scenario/scenario.ts'
import { introduceByHand, openPath, press } from '../scenario/steps.ts'
import { accepted, changedLogoutRequest, refused } from './changed-logout-request.ts'
import { changedLogoutResponse } from './changed-logout-response.ts'
import { aliceSignsIn, logOutEverywhere } from './logged-in.ts'

const judged = 'elasticsearch-saml §3.3'
const at = 'urn:my-app'
const ownApplication = (logout: string): World => ({
  realms: [{ name: 'saml1', entityId: at, acs: 'http://localhost:3000/saml/acs', logout }],
})

const destinations = [
  ['missing', 'without a Destination', 'none', ['D7', 'D9', 'J6']],
  ['with-a-slash', 'whose Destination has a slash too many', 'trailingSlash', ['D2']],
  ['other-scheme', 'whose Destination has another scheme, as behind a proxy,', 'otherScheme', ['D2']],
  ['other-port', 'whose Destination has another port, as behind a proxy,', 'otherPort', ['D2']],
  ['other-case', 'whose Destination is in another case', 'otherCase', ['D2']],
  ['with-a-query', 'whose Destination has a query', 'withQuery', ['D8']],
] as const

/** Addresses and bindings. */
export const address: readonly Scenario[] = [
  ...destinations.map(([id, what, destination, bugs]) =>
    changedLogoutRequest({
      id: `address/destination-${id}`,
      title: `a LogoutRequest ${what} is refused`,
      clauses: ['saml-core-2.0 §3.2.1', judged, 'logout-bugs scenario 45'],
      bugs,
      change: { destination },
      expected: refused('SAML_DESTINATION'),
    }),
  ),
  {
    ...changedLogoutRequest({
      id: 'address/meant-for-somebody-else',
      title: 'a signed LogoutRequest that is meant for another service provider ends nothing here',
      clauses: ['saml-core-2.0 §3.2.1', judged],
      bugs: ['D9'],
      given: { applications: [{ name: 'app' }, { name: 'second' }] },
      change: { destination: 'otherServiceProvider' },
      expected: refused('SAML_DESTINATION'),
    }),
  },
  changedLogoutRequest({
    id: 'address/other-issuer',
    title: 'a LogoutRequest that another IdP claims to have written is refused',
    clauses: [judged],
    bugs: ['G12'],
    change: { issuer: { value: 'http://other-idp.test/metadata' } },
    expected: refused('SAML_ISSUER'),
  }),
  changedLogoutRequest({
    id: 'address/no-issuer',
    title: 'a LogoutRequest without an Issuer is refused',
    clauses: [judged],
    bugs: ['J6'],
    change: { issuer: 'none' },
    expected: refused('SAML_ISSUER_MISSING'),
  }),
  {
    id: 'address/logout-address-with-a-query',
    title: 'where the logout address has a query of its own, no signed LogoutRequest is believed',
    clauses: ['elasticsearch-saml §3.4', 'logout-bugs scenario 47'],
    bugs: ['A7', 'B6'],
    notes: ['The query of the address joins the octets that Elasticsearch verifies.'],
    given: ownApplication('http://localhost:3000/saml/slo?sls=1'),
    steps: [
      { kind: 'sign-in', user: 'alice', at },
      { kind: 'sign-out', by: 'idp', user: 'alice', at },
    ],
    expected: {
      answers: [
        { what: 'Response', refusal: null },
        { what: 'LogoutRequest', refusal: 'SAML_SIGNATURE' },
      ],
    },
  },
  {
    id: 'address/response-location',
    title: 'a LogoutResponse goes to the Location, also where the IdP has a ResponseLocation',
    clauses: ['saml-metadata-2.0 §2.2.2', 'elasticsearch-saml §3.10', 'logout-bugs scenario 48'],
    bugs: ['D1', 'D3'],
    given: { idp: { singleLogout: [{ binding: 'redirect', responseLocation: 'http://idp.localhost:9/slo/done' }] } },
    steps: [...aliceSignsIn, ...logOutEverywhere],
    expected: {
      ...accepted,
      entries: [{ match: { what: 'LogoutResponse', party: 'es' }, wire: '/slo?SAMLResponse=' }],
    },
  },
  {
    id: 'address/two-addresses-by-redirect',
    title: 'an IdP that names two addresses for logout by redirect gets an error after the tokens have ended',
    clauses: ['elasticsearch-saml §3.10', 'logout-bugs scenario 49'],
    bugs: ['D15'],
    given: {
      idp: { singleLogout: [{ binding: 'redirect' }, { binding: 'redirect', location: 'http://idp.localhost:9/slo' }] },
    },
    steps: [...aliceSignsIn, ...logOutEverywhere],
    expected: {
      claims: { app: 'nothing' },
      calls: [{ api: 'invalidate', refused: 'SAML_ENDPOINT_AMBIGUOUS', status: 500 }],
      proven: allSignedOut,
    },
  },
  {
    id: 'address/no-logout-at-the-idp',
    title:
      'where the IdP has no single logout, the application says that the person is logged out, and the IdP does not know',
    clauses: ['elasticsearch-saml §4', 'logout-bugs scenario 6'],
    bugs: ['D10'],
    given: { idp: { singleLogout: [] } },
    steps: [...aliceSignsIn, press('Log out')],
    expected: { claim: 'You are logged out', calls: [callsLogout], proven: { ...signedOut, idpSession: 'alive' } },
  },
  {
    id: 'address/realm-without-logout',
    title: 'a realm that was not configured for logout refuses every LogoutRequest',
    clauses: ['elasticsearch-saml §3.2', 'logout-bugs scenario 46'],
    notes: ['The address of such a realm is the empty one, and no Destination fits it.'],
    given: { realms: [{ name: 'saml1', entityId: at, acs: 'http://localhost:3000/saml/acs' }] },
    steps: [
      introduceByHand('saml1'),
      { kind: 'sign-in', user: 'alice', at },
      { kind: 'sign-out', by: 'idp', user: 'alice', at },
    ],
    expected: {
      answers: [
        { what: 'Response', refusal: null },
        { what: 'LogoutRequest', refusal: 'SAML_DESTINATION' },
      ],
    },
  },
  changedLogoutResponse({
    id: 'address/answer-by-post',
    title: 'an application like Kibana has no page for a LogoutResponse by POST; the person is logged out all the same',
    clauses: ['web-app-flows §1.4 (e)', 'logout-bugs scenario 50'],
    bugs: ['E1', 'E4'],
    profile: 'kibana',
    change: { binding: 'post' },
    expected: { claim: 'Not Found', claims: { app: 'ended' }, calls: [callsLogout], proven: allSignedOut },
  }),
  changedLogoutRequest({
    id: 'address/request-by-post',
    title: 'an application like Kibana has no page for a LogoutRequest by POST: nothing is ended',
    clauses: ['web-app-flows §1.4 (f)', 'logout-bugs scenario 51'],
    bugs: ['B4', 'E2', 'E6'],
    change: { binding: 'post' },
    expected: {
      claim: 'Not Found',
      claims: { app: 'nothing' },
      calls: [],
      proven: { ...signedIn, idpSession: 'dead' },
    },
  }),
  {
    id: 'address/request-by-soap',
    title: 'an application like Kibana has no page for a LogoutRequest by SOAP: nothing is ended',
    clauses: ['saml-bindings-2.0 §3.2', 'web-app-flows §1.4 (f)', 'logout-bugs scenario 51'],
    bugs: ['E3'],
    notes: [
      'Elasticsearch takes LogoutRequests in a query string alone, so no application above it could do better; its metadata names no address for SOAP, and somebody told the IdP one by hand.',
    ],
    steps: [...aliceSignsIn, introduceByHand('app', { by: 'soap' }), ...logOutEverywhere],
    expected: {
      claims: { app: 'nothing' },
      calls: [],
      proven: { ...signedIn, idpSession: 'dead' },
      entries: [
        { match: { what: 'LogoutRequest', direction: 'sent', binding: 'soap' }, times: 1 },
        { match: { what: 'LogoutResponse' }, times: 0 },
      ],
    },
  },
  changedLogoutRequest({
    id: 'address/no-message',
    title: 'an application whose logout address is opened without a message begins a logout of its own',
    clauses: ['web-app-flows §1.4 (d)'],
    bugs: ['D13'],
    change: { parameters: ['sigAlg', 'signature'] },
    expected: {
      claim: 'You are logged out',
      claims: { app: 'nothing' },
      calls: [callsLogout],
      proven: allSignedOut,
    },
  }),
  {
    id: 'address/idp-without-a-message',
    title: 'the address for logouts of the IdP, opened without a message, says what is missing and ends nothing',
    clauses: ['saml-bindings-2.0 §3.4'],
    bugs: ['D13'],
    steps: [...aliceSignsIn, openPath('/slo', 'idp')],
    expected: { claim: ['Refused', 'SAML_MESSAGE_MISSING'], calls: [], proven: allSignedIn },
  },
  changedLogoutResponse({
    id: 'address/answer-to-the-acs',
    title: 'a LogoutResponse that is posted to the address for logins signs nobody in',
    clauses: ['web-app-flows §1.4'],
    bugs: ['D5'],
    profile: 'kibana',
    change: { binding: 'post', address: 'acs' },
    expected: {
      claim: 'Elasticsearch did not accept the login',
      claims: { app: 'ended' },
      calls: [callsLogout],
      proven: allSignedOut,
      entries: [{ match: { party: 'es', accepted: false, refusal: { code: 'SAML_ROOT' } } }],
    },
  }),
]
