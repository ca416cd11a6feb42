import {
  allSignedIn,
  allSignedOut,
  type BrowserTruth,
  callsLogout,
  invalidates,
  type PartnerTruth,
} from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { armFault, changePartner, open, openAgain, press } from '../scenario/steps.ts'
import { atWiki, leaves, stays, withWiki } from './at-the-partner.ts'
import { aliceSignsIn, confirmed, logOutEverywhere } from './logged-in.ts'

const chain = 'saml-profiles-2.0 §4.4.3.2'
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
    expected: {
      claim: confirmed,
      claims: { app: 'ended', wiki: 'ended' },
      calls: [invalidates(1)],
      proven: everywhereOut(leaves),
      entries: [{ match: { what: 'LogoutResponse', party: 'idp', accepted: true, status: ['Success'] }, times: 2 }],
    },
  },
  {
    id: 'partners/partner-starts-the-logout',
    title: 'a logout that another service provider starts ends the application too, and leads back to who started it',
    clauses: ['saml-profiles-2.0 §4.4.3', 'logout-bugs scenario 4'],
    bugs: ['G17'],
    given: withWiki,
    steps: [...atWiki, press('Log out')],
    expected: {
      claim: 'The identity provider confirmed the logout',
      claims: { wiki: 'ended', app: 'ended' },
      calls: [invalidates(1)],
      proven: everywhereOut(leaves),
      entries: [{ match: { what: 'LogoutResponse', party: 'wiki', direction: 'received', accepted: true }, times: 1 }],
    },
  },
  {
    id: 'partners/application-starts-the-logout',
    title: 'a logout that the application starts ends the session of another service provider too',
    clauses: ['saml-profiles-2.0 §4.4.3'],
    bugs: ['G14', 'G17'],
    given: withWiki,
    steps: [...atWiki, open('application'), press('Log out')],
    expected: {
      claim: 'You are logged out',
      claims: { app: 'ended', wiki: 'ended' },
      calls: [callsLogout],
      proven: everywhereOut(leaves),
    },
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
    title: 'a service provider that crashes at the LogoutRequest keeps its session, and the browser stays there',
    bugs: ['H6', 'F7'],
    temper: 'failing',
    claims: 'nothing',
    wiki: stays,
  }),
  logoutWith({
    id: 'partners/silent',
    title: 'a service provider that never answers may have ended its session, and the IdP cannot know',
    bugs: ['F8'],
    temper: 'silent',
    claims: 'nothing',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/unsigned-answer',
    title: 'a LogoutResponse of a service provider that nobody signed counts for nothing',
    bugs: ['A13'],
    temper: 'unsigned',
    claims: 'nothing',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/answer-with-a-foreign-key',
    title: 'a LogoutResponse of a service provider that was signed with the key of somebody else counts for nothing',
    bugs: ['A15'],
    temper: 'foreignKey',
    claims: 'nothing',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/answer-to-another-request',
    title: 'a LogoutResponse to a request that nobody made counts for nothing',
    bugs: ['F4', 'F14'],
    temper: 'wrongInResponseTo',
    claims: 'nothing',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/answers-twice',
    title: 'the second of two answers of a service provider changes nothing',
    bugs: ['G11', 'G13'],
    temper: 'answersTwice',
    claims: 'ended',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/drops-the-relay-state',
    title:
      'a LogoutResponse without the RelayState of the request is believed, since its InResponseTo names the request',
    bugs: ['F9', 'E8'],
    temper: 'dropsRelayState',
    claims: 'ended',
    wiki: leaves,
  }),
  logoutWith({
    id: 'partners/partial',
    title: 'a service provider that answers PartialLogout has ended its session, and counts as one that has not',
    bugs: ['F2'],
    temper: 'partial',
    claims: 'refused',
    wiki: leaves,
  }),
  {
    id: 'partners/posted-across-sites',
    title:
      'a LogoutRequest that is posted across sites brings no SameSite=Lax cookie, so a partner that needs it stays signed in',
    clauses: ['RFC 6265bis §5.2'],
    bugs: ['E5'],
    given: { partners: [{ name: 'wiki', sameSite: 'lax', temper: 'needsCookie' }] },
    steps: [
      ...atWiki,
      armFault({ party: 'idp', on: 'LogoutRequest', to: 'wiki', change: { binding: 'post' } }),
      ...logOutEverywhere,
    ],
    expected: {
      claims: { app: 'ended', wiki: 'refused' },
      calls: [invalidates(1)],
      proven: everywhereOut(stays),
    },
  },
  {
    id: 'partners/posted-relay-state',
    title: 'a RelayState with an ampersand and quotation marks arrives in a form letter by letter',
    clauses: ['saml-bindings-2.0 §3.5.4'],
    bugs: ['B7'],
    given: withWiki,
    steps: [
      ...atWiki,
      armFault({
        party: 'idp',
        on: 'LogoutResponse',
        to: 'wiki',
        change: { binding: 'post', relayState: { value: 'a&b"c' } },
      }),
      press('Log out'),
    ],
    expected: {
      claims: { wiki: 'ended', app: 'ended' },
      calls: [invalidates(1)],
      proven: everywhereOut(leaves),
      entries: [
        {
          match: { what: 'LogoutResponse', party: 'wiki', direction: 'received' },
          times: 1,
          wire: 'RelayState=a%26b%22c',
        },
      ],
    },
  },
  {
    id: 'partners/asked-again',
    title: 'a LogoutRequest that is opened a second time is answered again, and the IdP refuses the second answer',
    clauses: [chain],
    bugs: ['G13', 'G8'],
    given: withWiki,
    steps: [...atWiki, ...logOutEverywhere, openAgain({ what: 'LogoutRequest', direction: 'sent', to: 'app' })],
    expected: {
      claim: ['Refused', 'nobody waits for that'],
      claims: { app: 'ended', wiki: 'ended' },
      calls: [invalidates(1), invalidates(0)],
      proven: everywhereOut(leaves),
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
      claims: { app: 'ended' },
      calls: [callsLogout],
      proven: allSignedIn,
    },
  },
]
