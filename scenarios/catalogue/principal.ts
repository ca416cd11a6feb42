import {
  allSignedIn,
  allSignedOut,
  callsLogout,
  invalidates,
  onlyTokensAlive,
  signedIn,
  signedOut,
} from '../scenario/expected.ts'
import type { Scenario, World } from '../scenario/scenario.ts'
import { armFault, inBrowser, introduceByHand, mint, open, ownSessionIndex, press } from '../scenario/steps.ts'
import { accepted, acceptedInVain, changedLogoutRequest, refused } from './changed-logout-request.ts'
import { aliceSignsIn, confirmed, logOutEverywhere } from './logged-in.ts'

const compared = 'elasticsearch-saml §3.8'
const meantAs = 'saml-core-2.0 §3.7.3'
const shared = { nameId: 'shared', sessionIndex: 'shared' } as const
const persistentNames: World = {
  realms: [{ name: 'saml1', settings: { nameid_format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' } }],
  applications: [{ name: 'app', realm: 'saml1' }],
}
const loginWithoutIndex = armFault({ party: 'idp', on: 'Response', to: 'app', change: { sessionIndex: 'none' } })

/** Who is logged out: how a LogoutRequest names the session, and whom Elasticsearch finds by that. */
export const principal: readonly Scenario[] = [
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
  changedLogoutRequest({
    id: 'principal/format-left-out',
    title: 'a NameID without the Format of the login is another one: nothing ends, and the answer is Success',
    clauses: [compared, 'logout-bugs scenario 37'],
    bugs: ['C9'],
    change: { nameId: { format: 'omit' } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/other-format',
    title: 'the same name with another Format is another NameID: nothing ends, and the answer is Success',
    clauses: [compared, 'logout-bugs scenario 37'],
    bugs: ['C10'],
    change: { nameId: { format: 'alter' } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/name-qualifier-left-out',
    title: 'a NameID without the NameQualifier of the login is another one: nothing ends, and the answer is Success',
    clauses: ['saml-core-2.0 §8.3.7', compared, 'logout-bugs scenario 38'],
    bugs: ['C7', 'C17'],
    given: persistentNames,
    change: { nameId: { nameQualifier: 'omit' } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/sp-name-qualifier-changed',
    title:
      'a NameID with another SPNameQualifier than at the login is another one: nothing ends, and the answer is Success',
    clauses: [compared, 'logout-bugs scenario 38'],
    bugs: ['C8', 'C17'],
    change: { nameId: { spNameQualifier: { value: 'urn:somebody' } } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/other-name',
    title: 'the name of somebody who is not signed in ends nothing, and the answer is Success',
    clauses: [compared],
    bugs: ['C6', 'C16'],
    change: { nameId: { value: 'alter' } },
    expected: acceptedInVain,
  }),
  changedLogoutRequest({
    id: 'principal/no-name',
    title: 'a LogoutRequest that names nobody is refused',
    clauses: ['saml-core-2.0 §3.7.1'],
    bugs: ['C12'],
    change: { nameId: 'none' },
    expected: refused('SAML_SCHEMA'),
  }),
  changedLogoutRequest({
    id: 'principal/base-id',
    title: 'a BaseID in the place of the NameID is refused, since nobody here can read it',
    clauses: ['saml-core-2.0 §2.2.1'],
    bugs: ['C12'],
    change: { nameId: 'base' },
    expected: refused('SAML_SCHEMA'),
  }),
  changedLogoutRequest({
    id: 'principal/encrypted-name',
    title: 'an EncryptedID is decrypted where the realm has a key for it',
    clauses: ['saml-core-2.0 §2.2.4', 'elasticsearch-saml §3.7', 'logout-bugs scenario 39'],
    bugs: ['C11'],
    given: { realms: [{ name: 'saml1', encryption: true }], applications: [{ name: 'app', realm: 'saml1' }] },
    change: { nameId: 'encrypted' },
    expected: accepted,
  }),
  changedLogoutRequest({
    id: 'principal/encrypted-name-without-a-key',
    title: 'an EncryptedID is refused where the realm has no key',
    clauses: ['elasticsearch-saml §3.7', 'logout-bugs scenario 39'],
    bugs: ['C11'],
    before: [introduceByHand('app', { encrypts: true })],
    change: { nameId: 'encrypted' },
    expected: refused('SAML_ENCRYPTED'),
  }),
  {
    id: 'principal/one-of-two-logins',
    title: 'of two logins of the same user, a LogoutRequest ends the one that it names',
    clauses: [meantAs, 'logout-bugs scenario 40'],
    bugs: ['C5'],
    steps: [...aliceSignsIn, ...inBrowser('phone', open('application'), press('alice')), ...logOutEverywhere],
    expected: {
      ...accepted,
      proven: { ...allSignedOut, elsewhere: { phone: allSignedIn } },
    },
  },
  {
    id: 'principal/name-and-index-that-all-share',
    title: 'where all users are given the same name and index, the logout of one ends the tokens of every user',
    clauses: [compared, 'logout-bugs scenario 41'],
    notes: ['As the mock IdP of the Kibana tests does.'],
    steps: [
      armFault({ party: 'idp', on: 'Response', times: 2, change: { nameId: 'shared', sessionIndex: 'shared' } }),
      ...aliceSignsIn,
      ...inBrowser('phone', open('application'), press('bob')),
      armFault({
        party: 'idp',
        on: 'LogoutRequest',
        change: { nameId: 'shared', sessionIndex: { list: ['_shared'] } },
      }),
      ...logOutEverywhere,
    ],
    expected: {
      claim: confirmed,
      claims: { app: 'ended' },
      calls: [invalidates(2)],
      proven: {
        ...allSignedOut,
        elsewhere: {
          phone: { application: 'signedOut', accessToken: 'dead', refreshToken: 'dead', idpSession: 'alive' },
        },
      },
    },
  },
  {
    id: 'principal/other-user-in-the-browser',
    title:
      'a LogoutRequest for alice in the browser of bob ends the tokens of alice and the application session of bob',
    clauses: ['web-app-flows §1.4 (f)', 'logout-bugs scenario 42'],
    bugs: ['C14', 'C16'],
    steps: [
      ...aliceSignsIn,
      ...inBrowser('of-bob', open('application'), press('bob')),
      mint({ kind: 'LogoutRequest', to: 'app', user: 'alice' }, { browser: 'of-bob' }),
    ],
    expected: {
      claims: { app: 'ended' },
      calls: [invalidates(1)],
      proven: {
        ...signedOut,
        idpSession: 'alive',
        elsewhere: { 'of-bob': { ...onlyTokensAlive, idpSession: 'alive' } },
      },
    },
  },
  {
    id: 'principal/other-user-in-the-browser-of-a-careful-application',
    title: 'a LogoutRequest for alice in the browser of bob leaves bob signed in at a careful application',
    clauses: ['saml-core-2.0 §3.7.3.1'],
    bugs: ['C14'],
    given: { applications: [{ name: 'app', profile: 'careful' }] },
    steps: [
      ...aliceSignsIn,
      ...inBrowser('of-bob', open('application'), press('bob')),
      mint({ kind: 'LogoutRequest', to: 'app', user: 'alice' }, { browser: 'of-bob' }),
    ],
    expected: {
      calls: [invalidates(1)],
      proven: { ...signedOut, idpSession: 'alive', elsewhere: { 'of-bob': allSignedIn } },
    },
  },
  {
    id: 'principal/persistent-name',
    title: 'an application that logs out a persistent name repeats both of its qualifiers',
    clauses: ['saml-core-2.0 §8.3.7', 'elasticsearch-saml §4'],
    bugs: ['C7', 'C8'],
    given: persistentNames,
    steps: [...aliceSignsIn, press('Log out')],
    expected: { claim: 'You are logged out', calls: [callsLogout], proven: allSignedOut },
  },
  {
    id: 'principal/same-name-at-another-realm',
    title: 'where two realms are given the same name and index, a logout at one leaves the tokens of the other alone',
    clauses: [compared],
    bugs: ['C5'],
    given: {
      realms: [{ name: 'saml1' }, { name: 'saml2' }],
      applications: [
        { name: 'app', realm: 'saml1' },
        { name: 'second', realm: 'saml2' },
      ],
    },
    steps: [
      armFault({ party: 'idp', on: 'Response', times: 2, change: shared }),
      ...aliceSignsIn,
      open('application', 'second'),
      mint({
        kind: 'LogoutRequest',
        to: 'app',
        user: 'alice',
        change: { ...shared, sessionIndex: { list: ['_shared'] } },
      }),
    ],
    expected: {
      calls: [invalidates(1)],
      proven: { ...signedOut, idpSession: 'alive', others: { second: signedIn } },
    },
  },
]
