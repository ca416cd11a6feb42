import { allSignedOut, invalidates, signedIn } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { changePartner, open, press } from '../scenario/steps.ts'
import { atWiki, leaves, stays, withWiki } from './at-the-partner.ts'
import { logOutEverywhere } from './logged-in.ts'

const chain = 'saml-profiles-2.0 §4.4.3.2'
const partly = 'Partial logout: 1 of 2 service provider sessions did not confirm it.'

/** The partner is asked first, and refuses. */
const refusedByTheFirst = [
  open('application', 'wiki'),
  press('Log in'),
  press('alice'),
  open('application'),
  changePartner('wiki', 'refusing'),
  ...logOutEverywhere,
]

/** Logouts that not everybody confirms, and who is told of that. */
export const partialLogout: readonly Scenario[] = [
  {
    id: 'partners/goes-on-after-a-failure',
    title: 'an IdP goes on to the others when one does not confirm, unless it was told to stop',
    clauses: [chain],
    bugs: ['H6'],
    given: withWiki,
    steps: refusedByTheFirst,
    expected: {
      claim: partly,
      claims: { wiki: 'refused', app: 'ended' },
      calls: [invalidates(1)],
      proven: { ...allSignedOut, others: { wiki: stays } },
    },
  },
  {
    id: 'partners/stops-at-the-first-failure',
    title: 'an IdP that stops at the first failure does not ask those behind it',
    clauses: [chain],
    bugs: ['H6', 'G17'],
    given: { partners: [{ name: 'wiki' }], idp: { onFailure: 'stop' } },
    steps: refusedByTheFirst,
    expected: {
      claims: { wiki: 'refused', app: 'nothing' },
      calls: [],
      proven: { ...signedIn, idpSession: 'dead', others: { wiki: stays } },
    },
  },
  {
    id: 'partners/told-of-a-partial-logout',
    title: 'who asks for a logout is told that it was a partial one where another service provider refuses',
    clauses: ['saml-core-2.0 §3.7.3.2'],
    bugs: ['F2'],
    given: { partners: [{ name: 'wiki' }, { name: 'blog' }] },
    steps: [
      ...atWiki,
      open('application', 'blog'),
      press('Log in'),
      changePartner('blog', 'refusing'),
      open('application', 'wiki'),
      press('Log out'),
    ],
    expected: {
      claim: 'The identity provider says that not every service provider confirmed the logout.',
      claims: { wiki: 'ended', app: 'ended', blog: 'refused' },
      proven: { ...allSignedOut, others: { wiki: leaves, blog: stays } },
      entries: [{ match: { what: 'LogoutResponse', party: 'wiki', status: ['Success', 'PartialLogout'] } }],
    },
  },
]
