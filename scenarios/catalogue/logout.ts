import {
  allSignedIn,
  allSignedOut,
  callsLogout,
  completesLogout,
  invalidates,
  onlyTokensAlive,
  refusesCompletion,
  refusesInvalidate,
  signedIn,
  signedOut,
} from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { armFault, bringBackCookies, look, open, press, setAsideCookies, setClock } from '../scenario/steps.ts'
import { accepted, refused } from './changed-logout-request.ts'
import { aliceSignsIn, confirmed, logOutEverywhere } from './logged-in.ts'

const me = '/internal/security/me'
const answerOfIdp = { what: 'LogoutResponse', direction: 'sent', from: 'idp' }
const tampered = armFault({ party: 'idp', on: 'LogoutRequest', to: 'app', change: { signature: 'tampered' } })
const careful = { applications: [{ name: 'app', profile: 'careful' as const }] }

const spInitiatedLogout: Scenario = {
  id: 'logout/sp-initiated',
  title: 'logging out of the application ends its session, its tokens and the session at the IdP',
  clauses: ['saml-profiles-2.0 §4.4.3.1', 'elasticsearch-saml §4', 'logout-bugs scenario 1'],
  bugs: ['A20', 'G2', 'G14'],
  notes: [
    'The session of the application is gone before the LogoutRequest is written; Elasticsearch still knows whom to name in it.',
  ],
  steps: [...aliceSignsIn, press('Log out')],
  expected: {
    claim: 'You are logged out',
    claims: { app: 'ended' },
    calls: [callsLogout],
    proven: allSignedOut,
    entries: [
      { match: { what: 'LogoutRequest', party: 'idp', accepted: true }, times: 1, wire: '/slo?SAMLRequest=' },
      { match: { ...answerOfIdp, status: ['Success'] }, times: 1 },
    ],
  },
}

const idpInitiatedLogout: Scenario = {
  id: 'logout/idp-initiated',
  title: 'logging out everywhere at the IdP ends the session of the application and its tokens',
  clauses: ['saml-profiles-2.0 §4.4.3', 'elasticsearch-saml §3', 'logout-bugs scenario 2'],
  steps: [...aliceSignsIn, ...logOutEverywhere],
  expected: {
    ...accepted,
    entries: [{ match: { what: 'LogoutResponse', party: 'idp', accepted: true, status: ['Success'] }, times: 1 }],
  },
}

/** Logouts as they should be, and what is near to them. */
export const logout: readonly Scenario[] = [
  spInitiatedLogout,
  {
    id: 'logout/back-to-the-selector',
    title: 'where the application has a login selector, logging out leads back to it',
    clauses: ['web-app-flows §1.4 (a) and (d)', 'web-app-flows cases 39, 50 and 113'],
    given: { applications: [{ name: 'app', selector: true }] },
    steps: [open('application'), press('Log in with saml'), press('alice'), press('Log out')],
    expected: {
      claim: 'You are logged out.\nLog in with saml',
      claims: { app: 'ended' },
      calls: [callsLogout],
      proven: allSignedOut,
    },
  },
  idpInitiatedLogout,
  {
    id: 'logout/idp-initiated-at-two-applications',
    title: 'logging out everywhere at the IdP ends the sessions of both applications and their tokens',
    clauses: ['saml-profiles-2.0 §4.4.3', 'elasticsearch-saml §3'],
    bugs: ['G17'],
    given: { applications: [{ name: 'app' }, { name: 'second' }] },
    steps: [...aliceSignsIn, open('application', 'second'), ...logOutEverywhere],
    expected: {
      claim: confirmed,
      claims: { app: 'ended', second: 'ended' },
      calls: [invalidates(1), invalidates(1)],
      proven: { ...allSignedOut, others: { second: signedOut } },
    },
  },
  {
    id: 'logout/idp-initiated-without-the-cookie-of-the-application',
    title: 'a LogoutRequest ends the tokens also where the browser brings no cookie of the application',
    clauses: ['elasticsearch-saml §3.9', 'web-app-flows §1.4 (f)', 'logout-bugs scenario 3'],
    bugs: ['G5'],
    notes: ['The session of the application is still there; with dead tokens it opens nothing, and its calls are 400.'],
    steps: [...aliceSignsIn, setAsideCookies('app'), ...logOutEverywhere, bringBackCookies, look(me, { status: 400 })],
    expected: accepted,
  },
  {
    id: 'logout/without-a-session',
    title: 'who logs out of the application without a session is told that it is over, and nobody else is asked',
    clauses: ['web-app-flows §1.4 (d)', 'logout-bugs scenario 8'],
    bugs: ['C18', 'G6'],
    steps: [...aliceSignsIn, setAsideCookies('app'), open('logout'), bringBackCookies],
    expected: {
      claim: 'You are logged out',
      calls: [],
      proven: allSignedIn,
      entries: [{ match: { what: 'LogoutRequest' }, times: 0 }],
    },
  },
  {
    id: 'logout/after-the-session-has-expired',
    title: 'who logs out of the application after its session has expired is not logged out of the IdP',
    clauses: ['web-app-flows §1.4 (d)', 'logout-bugs scenario 8'],
    bugs: ['G6'],
    steps: [...aliceSignsIn, setClock('app', { shiftMs: 31 * 86_400_000 }), open('logout')],
    expected: {
      claim: 'You are logged out',
      calls: [],
      proven: { ...onlyTokensAlive, idpSession: 'alive' },
      entries: [{ match: { what: 'LogoutRequest' }, times: 0 }],
    },
  },
  {
    id: 'logout/signed-in-again-without-a-word',
    title: 'while the session at the IdP is alive, opening the application after a logout signs the person in again',
    clauses: ['elasticsearch-saml §4', 'logout-bugs scenario 7'],
    bugs: ['G7'],
    given: { idp: { singleLogout: [] } },
    steps: [...aliceSignsIn, press('Log out'), open('application')],
    expected: {
      claim: 'You are signed in as alice',
      calls: [callsLogout],
      proven: allSignedIn,
      entries: [{ match: { what: 'Response', party: 'es', accepted: true }, times: 2 }],
    },
  },
  {
    id: 'logout/another-login-at-the-requester',
    title: 'whoever asks for a logout is not asked back, so its second login in the same IdP session keeps its tokens',
    clauses: ['saml-profiles-2.0 §4.4.3.2', 'saml-core-2.0 §3.7.3.2'],
    bugs: ['F10'],
    steps: [...aliceSignsIn, setAsideCookies('app'), open('application'), press('Log out')],
    expected: {
      claim: 'You are logged out',
      claims: { 'app, login 1': 'nothing', 'app, login 2': 'ended' },
      calls: [callsLogout],
      proven: { ...onlyTokensAlive, idpSession: 'dead' },
      entries: [
        { match: { what: 'LogoutRequest', from: 'idp' }, times: 0 },
        { match: { ...answerOfIdp, status: ['Success', 'PartialLogout'] }, times: 1 },
      ],
    },
  },
  {
    id: 'logout/requester-is-asked-too',
    title: 'an IdP that asks the requester back ends both of its logins, of which one has ended already',
    clauses: ['saml-profiles-2.0 §4.4.3.2', 'elasticsearch-saml §3.9'],
    bugs: ['F10'],
    given: { idp: { initiator: 'askedToo' } },
    steps: [...aliceSignsIn, setAsideCookies('app'), open('application'), press('Log out')],
    expected: {
      claim: 'You are logged out',
      claims: { 'app, login 1': 'ended', 'app, login 2': 'ended' },
      calls: [callsLogout, invalidates(1), invalidates(0)],
      proven: allSignedOut,
    },
  },
  {
    id: 'logout/tampered-logout-request',
    title: 'a LogoutRequest changed on its way ends no token; the application ends its own session before it looks',
    clauses: ['elasticsearch-saml §3.4', 'web-app-flows §1.4 (f)', 'logout-bugs scenario 20'],
    bugs: ['A15', 'F7'],
    steps: [...aliceSignsIn, tampered, ...logOutEverywhere],
    expected: { ...refused('SAML_SIGNATURE'), claim: 'could not be validated' },
  },
  {
    id: 'logout/tampered-logout-request-to-a-careful-application',
    title: 'a careful application keeps its session until Elasticsearch has verified the LogoutRequest',
    clauses: ['saml-core-2.0 §3.7.3.1', 'elasticsearch-saml §3.4', 'security C030'],
    given: careful,
    steps: [...aliceSignsIn, tampered, ...logOutEverywhere],
    expected: {
      claim: 'could not be validated',
      claims: { app: 'nothing' },
      calls: [refusesInvalidate('SAML_SIGNATURE')],
      proven: { ...signedIn, idpSession: 'dead' },
    },
  },
  {
    id: 'logout/sp-initiated-by-a-careful-application',
    title: 'a careful application has the answer to its LogoutRequest judged before it says that all is over',
    clauses: ['saml-profiles-2.0 §4.4.3.4', 'elasticsearch-saml §5', 'logout-bugs scenario 52'],
    notes: [
      'It asks a second time, about no request at all: an answer that names no request passes every check of Elasticsearch, and must not pass here.',
    ],
    given: careful,
    steps: [...aliceSignsIn, press('Log out')],
    expected: {
      claim: 'You are logged out',
      claims: { app: 'ended' },
      calls: [callsLogout, completesLogout, refusesCompletion('SAML_IN_RESPONSE_TO')],
      proven: allSignedOut,
      entries: [{ match: { what: 'LogoutResponse', party: 'es', accepted: true, status: ['Success'] }, times: 1 }],
    },
  },
]
