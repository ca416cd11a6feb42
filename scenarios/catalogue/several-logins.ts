import { allSignedIn, allSignedOut, invalidates, onlyTokensAlive, signedIn, signedOut } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { armFault, inBrowser, mint, open, press } from '../scenario/steps.ts'
import { accepted } from './changed-logout-request.ts'
import { aliceSignsIn, confirmed, logOutEverywhere } from './logged-in.ts'

const compared = 'elasticsearch-saml §3.8'
const meantAs = 'saml-core-2.0 §3.7.3'
const shared = { nameId: 'shared', sessionIndex: 'shared' } as const

/** Who is logged out where several people, or one of them several times, are signed in. */
export const severalLogins: readonly Scenario[] = [
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
