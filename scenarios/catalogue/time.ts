import {
  allSignedIn,
  allSignedOut,
  callsLogout,
  completesLogout,
  invalidates,
  onlyTokensAlive,
  refusesCompletion,
  signedOut,
} from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import {
  armFault,
  endIdpSession,
  forgetServiceProvider,
  look,
  open,
  openAgain,
  press,
  setClock,
} from '../scenario/steps.ts'
import { accepted, changedLogoutRequest, refused } from './changed-logout-request.ts'
import { aliceSignsIn, confirmed, logOutEverywhere } from './logged-in.ts'

const minute = 60_000
const me = '/internal/security/me'
const judged = 'elasticsearch-saml §3.6'
const at = '2026-01-01T00:00:00.000Z'
const frozen = [setClock('idp', { frozenAt: at }), setClock('es', { frozenAt: at })]
const everywhere = (to: { readonly shiftMs: number }) => ['idp', 'es', 'app'].map((party) => setClock(party, to))
const unanswered = armFault({ party: 'idp', on: 'LogoutResponse', change: { delivery: 'never' } })
const answered = [callsLogout, completesLogout, refusesCompletion('SAML_IN_RESPONSE_TO')]
const answerOfIdp = { what: 'LogoutResponse', direction: 'sent', from: 'idp' }

/** Time, replays, and the order in which things arrive. */
export const time: readonly Scenario[] = [
  changedLogoutRequest({
    id: 'time/past-its-end',
    title: 'a LogoutRequest whose NotOnOrAfter has passed is refused',
    clauses: ['saml-core-2.0 §3.7.1', judged, 'logout-bugs scenario 58'],
    bugs: ['J2'],
    change: { notOnOrAfter: { shiftMs: -3_600_000 } },
    expected: refused('SAML_EXPIRED'),
  }),
  changedLogoutRequest({
    id: 'time/at-the-edge-of-the-skew',
    title: 'at the very end of the skew that is allowed, a LogoutRequest has expired',
    clauses: [judged, 'logout-bugs scenario 58'],
    bugs: ['J1'],
    before: frozen,
    change: { notOnOrAfter: { shiftMs: -480_000 } },
    expected: refused('SAML_EXPIRED'),
  }),
  changedLogoutRequest({
    id: 'time/within-the-skew',
    title: 'a millisecond before the end of the skew that is allowed, a LogoutRequest is accepted',
    clauses: [judged, 'logout-bugs scenario 58'],
    bugs: ['J1'],
    before: frozen,
    change: { notOnOrAfter: { shiftMs: -479_999 } },
    expected: accepted,
  }),
  changedLogoutRequest({
    id: 'time/without-an-end',
    title: 'a LogoutRequest without a NotOnOrAfter never expires',
    clauses: [judged, 'logout-bugs scenario 58'],
    bugs: ['J6'],
    change: { notOnOrAfter: 'none' },
    expected: accepted,
  }),
  changedLogoutRequest({
    id: 'time/written-yesterday',
    title: 'a LogoutRequest that says that it was written yesterday is accepted',
    clauses: [judged, 'logout-bugs scenario 59'],
    bugs: ['J6'],
    change: { issueInstant: { shiftMs: -86_400_000 } },
    expected: accepted,
  }),
  changedLogoutRequest({
    id: 'time/idp-an-hour-behind',
    title: 'the LogoutRequest of an IdP whose clock is an hour behind has expired when it arrives',
    clauses: [judged],
    bugs: ['J1'],
    before: [setClock('idp', { shiftMs: -3_600_000 })],
    expected: refused('SAML_EXPIRED'),
  }),
  {
    id: 'time/replayed-request',
    title: 'a LogoutRequest that arrives a second time ends nothing more, and the answer is Success',
    clauses: ['elasticsearch-saml §3.9', 'logout-bugs scenario 60'],
    bugs: ['G13'],
    steps: [
      ...aliceSignsIn,
      ...logOutEverywhere,
      openAgain({ what: 'LogoutRequest', direction: 'sent', from: 'idp', to: 'app' }),
    ],
    expected: { calls: [invalidates(1), invalidates(0)], proven: allSignedOut },
  },
  {
    id: 'time/replayed-request-after-a-new-login',
    title:
      'an old LogoutRequest leaves the tokens of a new login alone, and ends its session in an application like Kibana',
    clauses: ['elasticsearch-saml §3.9', 'web-app-flows §1.4 (f)'],
    bugs: ['G13', 'C3'],
    steps: [
      ...aliceSignsIn,
      ...logOutEverywhere,
      ...aliceSignsIn,
      openAgain({ what: 'LogoutRequest', direction: 'sent', from: 'idp', to: 'app' }),
    ],
    expected: { calls: [invalidates(1), invalidates(0)], proven: { ...onlyTokensAlive, idpSession: 'alive' } },
  },
  {
    id: 'time/access-token-expired',
    title: 'who comes back after the access token has expired can still log out of everything',
    clauses: ['elasticsearch-saml §4', 'logout-bugs scenario 61'],
    bugs: ['J3', 'G6'],
    steps: [...aliceSignsIn, ...everywhere({ shiftMs: 21 * minute }), press('Log out')],
    expected: {
      claim: 'You are logged out',
      claims: { app: 'ended' },
      calls: [callsLogout],
      proven: allSignedOut,
    },
  },
  {
    id: 'time/after-a-refresh',
    title: 'a logout after the application has refreshed its tokens ends the new pair too',
    clauses: ['elasticsearch-saml §3.9', 'elasticsearch-saml §4', 'logout-bugs scenario 9'],
    bugs: ['G6'],
    notes: ['A refresh token that was used may be used again for 30 seconds; what it gives then is the same new pair.'],
    steps: [
      ...aliceSignsIn,
      ...everywhere({ shiftMs: 21 * minute }),
      look(me, { status: 200 }),
      ...everywhere({ shiftMs: 22 * minute }),
      press('Log out'),
    ],
    expected: {
      claim: 'You are logged out',
      claims: { app: 'ended' },
      calls: [callsLogout],
      proven: allSignedOut,
      entries: [
        { match: { what: 'call', party: 'es', wire: { url: '/_security/oauth2/token' }, accepted: true } },
        { match: { what: 'tokensEnded', endedBy: 'samlLogout' }, times: 2 },
      ],
    },
  },
  {
    id: 'time/after-a-refresh-by-the-idp',
    title: 'a LogoutRequest after the application has refreshed its tokens ends the old pair and the new one',
    clauses: ['elasticsearch-saml §3.9', 'elasticsearch-saml §3.10', 'logout-bugs scenario 9'],
    bugs: ['C5'],
    steps: [...aliceSignsIn, ...everywhere({ shiftMs: 21 * minute }), look(me, { status: 200 }), ...logOutEverywhere],
    expected: { ...accepted, calls: [invalidates(2)] },
  },
  {
    id: 'time/session-of-the-idp-is-over',
    title:
      'who logs out after the session of the IdP has ended is out of the application, and the IdP answers UnknownPrincipal',
    clauses: ['saml-core-2.0 §3.7.3.2', 'elasticsearch-saml §5'],
    bugs: ['C15', 'F3'],
    given: { applications: [{ name: 'app', profile: 'careful' }] },
    steps: [...aliceSignsIn, endIdpSession('alice'), press('Log out')],
    expected: {
      calls: [callsLogout, refusesCompletion('SAML_STATUS')],
      proven: allSignedOut,
      entries: [{ match: { ...answerOfIdp, status: ['Requester', 'UnknownPrincipal'] }, times: 1 }],
    },
  },
  {
    id: 'time/idp-has-forgotten-the-application',
    title:
      'an IdP that no longer knows the application refuses its LogoutRequest on a page; the tokens are dead already',
    clauses: ['saml-core-2.0 §3.2.1', 'elasticsearch-saml §4'],
    bugs: ['G10'],
    steps: [...aliceSignsIn, forgetServiceProvider('app'), press('Log out')],
    expected: { claim: 'Refused', calls: [callsLogout], proven: { ...signedOut, idpSession: 'alive' } },
  },
  {
    id: 'time/tokens-were-refreshed',
    title: 'a LogoutRequest ends the tokens of the login and those that a refresh gave it later',
    clauses: ['elasticsearch-saml §3.9'],
    bugs: ['J3'],
    steps: [...aliceSignsIn, ...everywhere({ shiftMs: 1_260_000 }), open('application'), ...logOutEverywhere],
    expected: { claim: confirmed, calls: [invalidates(2)], proven: allSignedOut },
  },
  {
    id: 'time/tokens-long-gone',
    title: 'who logs out after Elasticsearch has thrown the tokens away stays signed in at the IdP',
    clauses: ['elasticsearch-saml §4', 'logout-bugs scenario 61'],
    bugs: ['G6', 'F13'],
    steps: [...aliceSignsIn, setClock('es', { shiftMs: 48 * 3_600_000 }), press('Log out')],
    expected: {
      claim: 'supplied token is not valid',
      calls: [{ api: 'logout', refused: 'security_exception', status: 500 }],
      proven: { ...signedOut, idpSession: 'alive' },
      entries: [{ match: { what: 'LogoutRequest' }, times: 0 }],
    },
  },
  {
    id: 'time/answer-never-comes',
    title: 'the session of an application like Kibana and its tokens end before the IdP answers, even if it never does',
    clauses: ['web-app-flows §1.4 (d)'],
    bugs: ['G1', 'F8'],
    steps: [...aliceSignsIn, unanswered, press('Log out')],
    expected: { claims: { app: 'ended' }, calls: [callsLogout], proven: allSignedOut },
  },
  {
    id: 'time/late-answer-after-a-new-login',
    title: 'a LogoutResponse that arrives after a new login logs the person out again, and nobody asked for that',
    clauses: ['web-app-flows §1.4 (e)', 'logout-bugs scenario 64'],
    bugs: ['G15'],
    notes: ['An application like Kibana takes any LogoutResponse for the wish to log out.'],
    steps: [...aliceSignsIn, unanswered, press('Log out'), ...aliceSignsIn, openAgain(answerOfIdp)],
    expected: { claim: 'You are logged out', calls: [callsLogout, callsLogout], proven: allSignedOut },
  },
  {
    id: 'time/late-answer-to-a-careful-application',
    title: 'a careful application leaves a new login alone when the answer to an old logout arrives',
    clauses: ['saml-core-2.0 §3.2.2'],
    bugs: ['G15'],
    given: { applications: [{ name: 'app', profile: 'careful' }] },
    steps: [...aliceSignsIn, unanswered, press('Log out'), ...aliceSignsIn, openAgain(answerOfIdp)],
    expected: {
      claim: 'You are signed in as alice',
      calls: answered,
      proven: allSignedIn,
    },
  },
  {
    id: 'time/answer-during-a-login',
    title:
      'a LogoutResponse that arrives while a login is under way leads to an error page of an application like Kibana',
    clauses: ['web-app-flows §1.4 (e)', 'logout-bugs scenario 63'],
    bugs: ['F6', 'G11'],
    steps: [...aliceSignsIn, unanswered, press('Log out'), open('application'), openAgain(answerOfIdp)],
    expected: {
      claim: 'The single logout failed',
      claims: { app: 'ended' },
      calls: [callsLogout, { api: 'logout', refused: 'parse_exception', status: 400 }],
      proven: allSignedOut,
    },
  },
  {
    id: 'time/second-logout-of-two',
    title: 'of two logouts one after the other, each is answered',
    clauses: ['saml-profiles-2.0 §4.4.3.4'],
    bugs: ['F12', 'G9'],
    given: { applications: [{ name: 'app', profile: 'careful' }] },
    steps: [...aliceSignsIn, press('Log out'), ...aliceSignsIn, press('Log out')],
    expected: {
      claim: 'You are logged out',
      claims: { app: 'ended' },
      calls: [...answered, ...answered],
      proven: allSignedOut,
    },
  },
]
