import {
  allSignedOut,
  type BrowserTruth,
  invalidates,
  type PartnerTruth,
  signedIn,
  signedOut,
} from '../scenario/expected.ts'
import type { Scenario, World } from '../scenario/scenario.ts'
import { armFault, changePartner, open, openAgain, type PersonStep, press, setClock } from '../scenario/steps.ts'
import { aliceSignsIn, confirmed, logOutEverywhere } from './logged-in.ts'

const stays: PartnerTruth = { application: 'signedIn' }
const leaves: PartnerTruth = { application: 'signedOut' }
const chain = 'saml-profiles-2.0 §4.4.3.2'
const atWiki: readonly PersonStep[] = [...aliceSignsIn, open('application', 'wiki'), press('Log in')]
const withWiki: World = { partners: [{ name: 'wiki' }] }
const everywhereOut = (wiki: PartnerTruth): BrowserTruth => ({ ...allSignedOut, others: { wiki } })

interface Tempered extends Pick<Scenario, 'id' | 'title' | 'bugs' | 'notes'> {
  readonly temper: string
  readonly claims: 'ended' | 'refused' | 'nothing'
  readonly wiki: PartnerTruth
  readonly lies?: true
  readonly claim?: string
}

/** Alice is signed in at the application and at a partner of this temper, and logs out everywhere. */
const logoutWith = ({ temper, claims, wiki, lies, claim, ...story }: Tempered): Scenario => ({
  ...story,
  clauses: [chain],
  given: withWiki,
  steps: [...atWiki, changePartner('wiki', temper), ...logOutEverywhere],
  expected: {
    ...(claim !== undefined && { claim }),
    claims: { app: 'ended', wiki: claims },
    ...(lies && { claimedButAlive: ['wiki'] }),
    calls: [invalidates(1)],
    proven: everywhereOut(wiki),
  },
})

/** Several service providers of one session of the IdP, some of which behave badly. */
export const partners: readonly Scenario[] = [
  {
    id: 'partners/portal-logs-out-of-both',
    title: 'who logs out everywhere at the portal is led to both service providers, and both have ended',
    clauses: [chain, 'logout-bugs scenario 5'],
    bugs: ['G17'],
    given: withWiki,
    steps: [...atWiki, ...logOutEverywhere],
    expected: { claim: confirmed, claims: { app: 'ended', wiki: 'ended' }, proven: everywhereOut(leaves) },
  },
  {
    id: 'partners/partner-starts-the-logout',
    title: 'a logout that another service provider starts ends the application too, and leads back to who started it',
    clauses: ['saml-profiles-2.0 §4.4.3', 'logout-bugs scenario 4'],
    bugs: ['G17'],
    given: withWiki,
    steps: [...atWiki, press('Log out')],
    expected: {
      calls: [invalidates(1)],
      proven: everywhereOut(leaves),
      entries: [{ match: { what: 'LogoutResponse', party: 'wiki', direction: 'received', accepted: true } }],
    },
  },
  {
    id: 'partners/application-starts-the-logout',
    title: 'a logout that the application starts ends the session of another service provider too',
    clauses: ['saml-profiles-2.0 §4.4.3'],
    bugs: ['G14', 'G17'],
    given: withWiki,
    steps: [...atWiki, open('application'), press('Log out')],
    expected: { claim: 'You are logged out', proven: everywhereOut(leaves) },
  },
  logoutWith({
    id: 'partners/lying',
    title: 'a service provider that answers Success and keeps its session is found out',
    bugs: ['C16'],
    temper: 'lying',
    claims: 'ended',
    wiki: stays,
    lies: true,
    claim: confirmed,
  }),
  logoutWith({
    id: 'partners/refusing',
    title: 'a service provider that refuses makes the logout a partial one',
    bugs: ['F1'],
    temper: 'refusing',
    claims: 'refused',
    wiki: stays,
  }),
  logoutWith({
    id: 'partners/failing',
    title: 'a service provider that crashes stops the browser there, and the session of its own lives on',
    bugs: ['H6', 'F7'],
    temper: 'failing',
    claims: 'nothing',
    wiki: stays,
  }),
  logoutWith({
    id: 'partners/silent',
    title: 'a service provider that never answers has ended its session all the same, and the IdP cannot know',
    bugs: ['F8'],
    temper: 'silent',
    claims: 'nothing',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/unsigned-answer',
    title: 'an answer that nobody signed counts for nothing',
    bugs: ['A13'],
    temper: 'unsigned',
    claims: 'nothing',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/answer-with-a-foreign-key',
    title: 'an answer that was signed with the key of somebody else counts for nothing',
    bugs: ['A15'],
    temper: 'foreignKey',
    claims: 'nothing',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/answer-to-another-request',
    title: 'an answer to a request that nobody made counts for nothing',
    bugs: ['F4', 'F14'],
    temper: 'wrongInResponseTo',
    claims: 'nothing',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/answers-twice',
    title: 'the second of two answers changes nothing',
    bugs: ['G11', 'G13'],
    temper: 'answersTwice',
    claims: 'ended',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/drops-the-relay-state',
    title: 'an answer without the RelayState of the request is believed, since it says to which request it answers',
    bugs: ['F9', 'E8'],
    temper: 'dropsRelayState',
    claims: 'ended',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/partial',
    title: 'a service provider that says that others are still signed in has ended its own session',
    bugs: ['F2'],
    temper: 'partial',
    claims: 'refused',
    wiki: leaves,
  }),
  {
    id: 'partners/request-unsigned',
    title: 'the IdP refuses a LogoutRequest that nobody signed',
    clauses: ['saml-profiles-2.0 §4.4.4.1'],
    bugs: ['A12', 'A15'],
    given: withWiki,
    steps: [
      ...atWiki,
      armFault({ party: 'wiki', on: 'LogoutRequest', change: { signature: 'none' } }),
      press('Log out'),
    ],
    expected: {
      calls: [],
      proven: { ...signedIn, idpSession: 'alive', others: { wiki: leaves } },
      entries: [
        { match: { what: 'LogoutRequest', party: 'idp', accepted: false, refusal: { code: 'SAML_UNSIGNED' } } },
      ],
    },
  },
  {
    id: 'partners/request-with-sha-1',
    title: 'an IdP that takes no SHA-1 refuses the LogoutRequest of a service provider that knows nothing else',
    clauses: ['security C030'],
    bugs: ['A11'],
    given: { ...withWiki, idp: { tolerate: [] } },
    steps: [
      ...atWiki,
      armFault({ party: 'wiki', on: 'LogoutRequest', change: { algorithm: 'rsa-sha1' } }),
      press('Log out'),
    ],
    expected: {
      calls: [],
      proven: { ...signedIn, idpSession: 'alive', others: { wiki: leaves } },
      entries: [
        { match: { what: 'LogoutRequest', party: 'idp', accepted: false, refusal: { code: 'SAML_ALGORITHM' } } },
      ],
    },
  },
  ...(
    [
      ['without-a-session-index', 'without the SessionIndex', { sessionIndex: 'none' }, ['C2']],
      ['with-another-session-index', 'with the SessionIndex of another session', { sessionIndex: 'wrong' }, ['C3']],
      ['about-another-name', 'about a name that nobody has', { nameId: { value: { value: 'nobody' } } }, ['C6']],
      [
        'without-the-name-qualifier',
        'with an SPNameQualifier of its own invention',
        { nameId: { spNameQualifier: { value: 'urn:x' } } },
        ['C7', 'C8'],
      ],
    ] as const
  ).map(
    ([id, what, change, bugs]): Scenario => ({
      id: `partners/request-${id}`,
      title: `the IdP refuses a LogoutRequest ${what}`,
      clauses: ['saml-core-2.0 §3.7.3'],
      bugs,
      given: withWiki,
      steps: [...atWiki, armFault({ party: 'wiki', on: 'LogoutRequest', change }), press('Log out')],
      expected: {},
    }),
  ),
  {
    id: 'partners/request-for-the-login-address',
    title:
      'a LogoutRequest that names the address for logins as its Destination is refused, and signs nobody in or out',
    clauses: ['saml-core-2.0 §3.2.1'],
    bugs: ['D6', 'D12'],
    given: withWiki,
    steps: [
      ...atWiki,
      armFault({ party: 'wiki', on: 'LogoutRequest', change: { destination: { value: 'http://idp.localhost/sso' } } }),
      press('Log out'),
    ],
    expected: { calls: [], proven: { ...signedIn, idpSession: 'alive', others: { wiki: leaves } } },
  },
  {
    id: 'partners/session-of-the-idp-is-over',
    title: 'a LogoutRequest after the session of the IdP has expired is refused, and the others are not told',
    clauses: ['saml-core-2.0 §3.7.3.2'],
    bugs: ['H5', 'F13', 'G11'],
    given: withWiki,
    steps: [...atWiki, setClock('idp', { shiftMs: 8 * 3_600_000 }), press('Log out')],
    expected: { calls: [], proven: { ...signedIn, idpSession: 'dead', others: { wiki: leaves } } },
  },
  {
    id: 'partners/asked-again',
    title: 'a LogoutRequest that is opened a second time is answered again, and the tokens are dead already',
    clauses: [chain],
    bugs: ['G13', 'G8'],
    given: withWiki,
    steps: [...atWiki, ...logOutEverywhere, openAgain({ what: 'LogoutRequest', direction: 'sent', to: 'app' })],
    expected: { calls: [invalidates(1), invalidates(0)], proven: everywhereOut(leaves) },
  },
  {
    id: 'partners/stops-at-the-first-failure',
    title: 'an IdP that stops at the first failure does not ask those behind it',
    clauses: [chain],
    bugs: ['H6', 'G17'],
    given: { partners: [{ name: 'wiki' }], idp: { onFailure: 'stop' } },
    steps: [
      open('application', 'wiki'),
      press('Log in'),
      press('alice'),
      open('application'),
      changePartner('wiki', 'refusing'),
      ...logOutEverywhere,
    ],
    expected: {
      claims: { wiki: 'refused', app: 'nothing' },
      calls: [],
      proven: { ...signedIn, idpSession: 'dead', others: { wiki: stays } },
    },
  },
  {
    id: 'partners/idp-that-only-pretends',
    title: 'an IdP that keeps its session after a logout signs the person in again without a word',
    clauses: ['saml-core-2.0 §3.7.3.2'],
    bugs: ['G7'],
    given: { idp: { session: 'keep' } },
    steps: [...aliceSignsIn, press('Log out'), open('application')],
    expected: {
      claim: 'You are signed in as alice',
      proven: {
        ...signedOut,
        application: 'signedIn',
        accessToken: 'alive',
        refreshToken: 'alive',
        idpSession: 'alive',
      },
    },
  },
]
