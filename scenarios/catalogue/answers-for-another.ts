import { allSignedOut, invalidates, signedIn } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { armFault, open, press, setClock } from '../scenario/steps.ts'
import { atWiki, leaves } from './at-the-partner.ts'
import { logOutEverywhere } from './logged-in.ts'

const clauses = ['saml-profiles-2.0 §4.4.4.2', 'saml-core-2.0 §3.2.2']
const requestToApp = '_asked-of-the-application'
const entityIdOfApp = 'urn:sloop:app'
const answerOfWiki = { what: 'LogoutResponse', party: 'idp', direction: 'received', accepted: false }

/** One participant of a logout does not answer for another. */
export const answersForAnother: readonly Scenario[] = [
  {
    id: 'partners/answers-the-request-of-another',
    title: 'a LogoutResponse to the request that another service provider was asked counts for neither of them',
    clauses,
    bugs: ['F4', 'F14'],
    notes: [
      'The application never sees its LogoutRequest; the partner, asked after it, answers that one in place of its own.',
    ],
    given: { partners: [{ name: 'wiki' }] },
    steps: [
      ...atWiki,
      armFault({
        party: 'idp',
        on: 'LogoutRequest',
        to: 'app',
        change: { id: { value: requestToApp }, delivery: 'never' },
      }),
      armFault({ party: 'wiki', on: 'LogoutResponse', change: { inResponseTo: { value: requestToApp } } }),
      ...logOutEverywhere,
      setClock('idp', { shiftMs: 11_000 }),
      open('portal'),
      press('Go on with the logout'),
    ],
    expected: {
      claims: { app: 'nothing', wiki: 'nothing' },
      calls: [],
      proven: { ...signedIn, idpSession: 'dead', others: { wiki: leaves } },
      entries: [{ match: { ...answerOfWiki, refusal: { code: 'SAML_ISSUER' } }, times: 1 }],
    },
  },
  {
    id: 'partners/answers-in-the-name-of-another',
    title:
      'a LogoutResponse that names another service provider as its Issuer is not believed, since that one has not signed it',
    clauses,
    bugs: ['A15'],
    given: {
      realms: [{ name: 'saml1', entityId: entityIdOfApp }],
      applications: [{ name: 'app', realm: 'saml1' }],
      partners: [{ name: 'wiki' }],
    },
    steps: [
      ...atWiki,
      armFault({ party: 'wiki', on: 'LogoutResponse', change: { issuer: { value: entityIdOfApp } } }),
      ...logOutEverywhere,
    ],
    expected: {
      claim: ['Refused', 'SAML_SIGNATURE'],
      claims: { app: 'ended', wiki: 'nothing' },
      calls: [invalidates(1)],
      proven: { ...allSignedOut, others: { wiki: leaves } },
      entries: [{ match: { ...answerOfWiki, from: entityIdOfApp, refusal: { code: 'SAML_SIGNATURE' } }, times: 1 }],
    },
  },
]
