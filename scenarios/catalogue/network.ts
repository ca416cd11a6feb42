import type { NetworkActs, NetworkCondition } from '../network/condition.ts'
import {
  allSignedIn,
  allSignedOut,
  callsLogout,
  type Expected,
  invalidates,
  onlyTokensAlive,
  signedIn,
} from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { open, press } from '../scenario/steps.ts'
import { accepted, refused } from './changed-logout-request.ts'
import { aliceSignsIn, logOutEverywhere } from './logged-in.ts'

type Does = NetworkCondition['does']

interface Behind extends Pick<Scenario, 'id' | 'title' | 'clauses' | 'bugs' | 'notes' | 'given'> {
  readonly network: readonly NetworkCondition[]
  readonly expected: Expected
}

/** Alice signs in and logs out everywhere, behind such a network. */
const logoutBehind = ({ network, ...story }: Behind): Scenario => ({
  ...story,
  conditions: { network },
  steps: [...aliceSignsIn, ...logOutEverywhere],
})

/** What meets a LogoutRequest on its way to the application. */
const onTheWay = (does: Does): NetworkCondition[] => [{ to: 'app', carrying: 'SAMLRequest', path: '/logout', does }]

/** Where the application itself takes it: the script of the page before sends on what stands in the address bar, not what a proxy made of it. */
const respelt = (query: NetworkActs['query']): NetworkCondition[] => [
  { to: 'app', carrying: 'SAMLRequest', path: '/api/security/logout', does: { query } },
]

const raw = 'elasticsearch-saml §3.4'

/** What the network between browsers and parties does to a logout. */
export const network: readonly Scenario[] = [
  logoutBehind({
    id: 'network/parameters-in-another-order',
    title: 'a proxy that puts the parameters into another order makes the signature invalid',
    clauses: [raw, 'logout-bugs scenario 24'],
    bugs: ['A19'],
    network: respelt('reordered'),
    expected: refused('SAML_SIGNATURE'),
  }),
  logoutBehind({
    id: 'network/escaped-anew',
    title: 'a proxy that decodes the query and escapes it anew makes the signature invalid',
    clauses: [raw, 'logout-bugs scenario 24'],
    bugs: ['A1', 'A19'],
    network: respelt('escapedAnew'),
    expected: refused('SAML_SIGNATURE'),
  }),
  logoutBehind({
    id: 'network/escapes-in-lower-case',
    title: 'a proxy that writes the escapes in lower case makes the signature invalid',
    clauses: [raw],
    bugs: ['A1', 'A9'],
    network: respelt('lowerHex'),
    expected: refused('SAML_SIGNATURE'),
  }),
  logoutBehind({
    id: 'network/plus-becomes-a-blank',
    title: 'a proxy that turns a plus into a blank makes a LogoutRequest unreadable or its signature invalid',
    clauses: ['elasticsearch-saml §3.5', 'logout-bugs scenario 25'],
    bugs: ['A5', 'A19'],
    notes: ['Which check fails first depends on the letters of message and signature: blanks are read over in base64.'],
    network: respelt('plusToSpace'),
    expected: {
      claims: { app: 'nothing' },
      proven: { ...onlyTokensAlive, idpSession: 'dead' },
      entries: [{ match: { what: 'LogoutRequest', party: 'es', accepted: false }, times: 1 }],
    },
  }),
  logoutBehind({
    id: 'network/other-path-than-before',
    title: 'where the path of the application has changed, a LogoutRequest to the old one ends nothing',
    clauses: ['web-app-flows §1.4 (f)'],
    bugs: ['D14'],
    network: onTheWay({ address: { path: '/logout/of/an/older/version' } }),
    expected: { claims: { app: 'nothing' }, calls: [], proven: { ...signedIn, idpSession: 'dead' } },
  }),
  logoutBehind({
    id: 'network/longest-url',
    title: 'a proxy that takes no long addresses keeps the LogoutRequest from the application, and nothing ends',
    clauses: ['RFC 9110 §15.5.15'],
    bugs: ['B9'],
    network: onTheWay({ longestUrl: 400 }),
    expected: { claims: { app: 'nothing' }, calls: [], proven: { ...signedIn, idpSession: 'dead' } },
  }),
  logoutBehind({
    id: 'network/application-answers-500',
    title: 'a LogoutRequest that is answered by 500 on its way to the application ends nothing',
    clauses: ['saml-profiles-2.0 §4.4.3.2'],
    bugs: ['H6'],
    network: onTheWay({ status: 500 }),
    expected: { claims: { app: 'nothing' }, calls: [], proven: { ...signedIn, idpSession: 'dead' } },
  }),
  logoutBehind({
    id: 'network/connection-reset',
    title: 'a LogoutRequest whose connection is reset on its way to the application ends nothing',
    clauses: ['saml-profiles-2.0 §4.4.3.2'],
    bugs: ['H6'],
    network: onTheWay({ resets: 'request' }),
    expected: { claims: { app: 'nothing' }, calls: [], proven: { ...signedIn, idpSession: 'dead' } },
  }),
  logoutBehind({
    id: 'network/delivered-twice',
    title: 'a LogoutRequest that a proxy delivers twice ends the tokens once, and is answered by Success',
    clauses: ['elasticsearch-saml §3.9'],
    bugs: ['G13'],
    network: [
      { to: 'app', carrying: 'SAMLRequest', path: '/api/security/logout', times: 1, does: { duplicates: true } },
    ],
    expected: { ...accepted, calls: [invalidates(1), invalidates(0)] },
  }),
  logoutBehind({
    id: 'network/slow-on-the-way',
    title: 'a LogoutRequest that comes late is accepted as long as it is valid',
    clauses: ['saml-core-2.0 §3.7.1'],
    network: onTheWay({ delayMs: 100 }),
    expected: accepted,
  }),
  {
    id: 'network/elasticsearch-fails-during-the-logout',
    title:
      'when Elasticsearch fails in the middle of a logout, the session of the application ends and its tokens live on',
    clauses: ['web-app-flows §1.4 (d)', 'logout-bugs scenario 62'],
    bugs: ['F7'],
    conditions: { network: [{ to: 'es', path: '/_security/saml/logout', times: 4, does: { status: 503 } }] },
    steps: [...aliceSignsIn, press('Log out')],
    expected: {
      claim: 'Unauthenticated',
      calls: [],
      proven: { ...onlyTokensAlive, idpSession: 'alive' },
      entries: [{ match: { what: 'LogoutRequest' }, times: 0 }],
    },
  },
  {
    id: 'network/answer-lost',
    title: 'an answer of the IdP that gets lost changes nothing, since everything had ended before',
    clauses: ['web-app-flows §1.4 (d)'],
    bugs: ['G1', 'F8'],
    conditions: { network: [{ to: 'app', carrying: 'SAMLResponse', path: '/logout', does: { status: 502 } }] },
    steps: [...aliceSignsIn, press('Log out')],
    expected: { claims: { app: 'ended' }, calls: [callsLogout], proven: allSignedOut },
  },
  {
    id: 'network/request-lost-on-the-way-to-the-idp',
    title: 'a LogoutRequest that never reaches the IdP leaves its session alive, and the next login asks for nothing',
    clauses: ['web-app-flows §1.4 (d)'],
    bugs: ['G7'],
    conditions: { network: [{ to: 'idp', carrying: 'SAMLRequest', path: '/slo', does: { status: 502 } }] },
    steps: [...aliceSignsIn, press('Log out'), open('application')],
    expected: {
      claim: 'You are signed in as alice',
      calls: [callsLogout],
      proven: allSignedIn,
      entries: [{ match: { what: 'LogoutRequest', party: 'idp' }, times: 0 }],
    },
  },
]
