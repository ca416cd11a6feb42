import {
  allSignedIn,
  allSignedOut,
  callsLogout,
  completesLogout,
  invalidates,
  onlyTokensAlive,
  refusesCompletion,
} from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { armFault, open, openAgain, press } from '../scenario/steps.ts'
import { aliceSignsIn, logOutEverywhere } from './logged-in.ts'

const unanswered = armFault({ party: 'idp', on: 'LogoutResponse', change: { delivery: 'never' } })
const answered = [callsLogout, completesLogout, refusesCompletion('SAML_IN_RESPONSE_TO')]
const answerOfIdp = { what: 'LogoutResponse', direction: 'sent', from: 'idp' }

/** What arrives late, twice, or never. */
export const replays: readonly Scenario[] = [
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
