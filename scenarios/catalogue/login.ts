import { allSignedIn, neverSignedIn } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { armFault, open, press } from '../scenario/steps.ts'

/** Logins, which every other story begins with. */
export const login: readonly Scenario[] = [
  {
    id: 'login/sp-initiated',
    title: 'opening the application sends the browser to the IdP and brings it back signed in',
    clauses: ['saml-profiles-2.0 §4.1', 'elasticsearch-saml §6', 'web-app-flows §1.4 (a)'],
    steps: [open('application'), press('alice')],
    expected: {
      claim: 'You are signed in as alice',
      calls: [],
      proven: allSignedIn,
      entries: [{ match: { what: 'AuthnRequest', party: 'idp', accepted: true }, times: 1 }],
    },
  },
  {
    id: 'login/idp-initiated',
    title: 'opening the application from the portal of the IdP signs the browser in without a request',
    clauses: ['saml-profiles-2.0 §4.1.5', 'elasticsearch-saml case 65', 'web-app-flows §1.4 (b)'],
    steps: [open('portal'), press('bob'), press('Open app')],
    expected: {
      claim: 'You are signed in as bob',
      calls: [],
      proven: allSignedIn,
      entries: [{ match: { what: 'AuthnRequest' }, times: 0 }],
    },
  },
  {
    id: 'login/tampered-response',
    title: 'a Response that was changed on its way signs nobody in',
    clauses: ['saml-core-2.0 §5.4.2', 'elasticsearch-saml §6'],
    steps: [
      armFault({ party: 'idp', on: 'Response', change: { signature: 'tampered' } }),
      open('application'),
      press('alice'),
    ],
    expected: { claim: 'Unauthenticated', calls: [], proven: { ...neverSignedIn, idpSession: 'alive' } },
  },
]
