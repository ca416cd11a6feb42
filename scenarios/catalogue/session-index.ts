import { callsLogout, signedOut } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { armFault, ownSessionIndex, press } from '../scenario/steps.ts'
import { accepted, acceptedInVain, changedLogoutRequest } from './changed-logout-request.ts'
import { aliceSignsIn, logOutEverywhere } from './logged-in.ts'

const compared = 'elasticsearch-saml §3.8'
const meantAs = 'saml-core-2.0 §3.7.3'
const loginWithoutIndex = armFault({ party: 'idp', on: 'Response', to: 'app', change: { sessionIndex: 'none' } })

/** By which SessionIndex a LogoutRequest names the session, and what Elasticsearch makes of it. */
export const sessionIndex: readonly Scenario[] = [
  changedLogoutRequest({
    id: 'principal/no-session-index',
    title:
      'a LogoutRequest without a SessionIndex means every session of the user; Elasticsearch ends none, and the answer is Success',
    clauses: [meantAs, compared, 'logout-bugs scenario 33'],
    bugs: ['C1', 'C17'],
    change: { sessionIndex: 'none' },
    expected: acceptedInVain,
  }),
  {
    id: 'principal/no-session-index-and-none-at-the-login',
    title: 'a LogoutRequest without a SessionIndex ends a session that was given none',
    clauses: [compared, 'logout-bugs scenario 34'],
    bugs: ['C13'],
    steps: [
      loginWithoutIndex,
      ...aliceSignsIn,
      armFault({ party: 'idp', on: 'LogoutRequest', change: { sessionIndex: 'none' } }),
      ...logOutEverywhere,
    ],
    expected: accepted,
  },
  {
    id: 'principal/login-without-a-session-index',
    title: 'for a login without a SessionIndex the LogoutRequest of the application has an empty one',
    clauses: ['elasticsearch-saml §4', 'logout-bugs scenario 43'],
    bugs: ['C13', 'C2'],
    steps: [loginWithoutIndex, ...aliceSignsIn, press('Log out')],
    expected: {
      claim: 'You are logged out',
      calls: [callsLogout],
      proven: { ...signedOut, idpSession: 'alive' },
      entries: [
        { match: { what: 'LogoutRequest', direction: 'sent', from: 'app', sessionIndexes: [''] }, times: 1 },
        { match: { what: 'LogoutResponse', from: 'idp', status: ['Requester', 'UnknownPrincipal'] } },
      ],
    },
  },
  changedLogoutRequest({
    id: 'principal/own-index-first-of-two',
    title: 'of two SessionIndexes Elasticsearch reads the first: where that is ours, the session ends',
    clauses: [compared, 'logout-bugs scenario 35'],
    bugs: ['C4'],
    change: { sessionIndex: { list: [ownSessionIndex, '_other'] } },
    expected: accepted,
  }),
  changedLogoutRequest({
    id: 'principal/own-index-second-of-two',
    title:
      'of two SessionIndexes Elasticsearch reads the first: where ours is the second, nothing ends, and the answer is Success',
    clauses: [meantAs, compared, 'logout-bugs scenario 35'],
    bugs: ['C4'],
    change: { sessionIndex: { list: ['_other', ownSessionIndex] } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/wrong-session-index',
    title: 'a SessionIndex that nobody was given ends nothing, and the answer is Success',
    clauses: [compared, 'logout-bugs scenario 36'],
    bugs: ['C3', 'C16'],
    change: { sessionIndex: 'wrong' },
    expected: acceptedInVain,
  }),
]
