import { allSignedOut, callsLogout, invalidates, refusesCompletion, signedOut } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { endIdpSession, forgetServiceProvider, look, open, press, setClock } from '../scenario/steps.ts'
import { accepted } from './changed-logout-request.ts'
import { aliceSignsIn, confirmed, logOutEverywhere } from './logged-in.ts'

const minute = 60_000
const me = '/internal/security/me'
const everywhere = (to: { readonly shiftMs: number }) => ['idp', 'es', 'app'].map((party) => setClock(party, to))
const answerOfIdp = { what: 'LogoutResponse', direction: 'sent', from: 'idp' }

/** Logouts after something that they need has expired, was refreshed, or was forgotten. */
export const expiry: readonly Scenario[] = [
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
]
