import type { Scenario } from '../scenario/scenario.ts'
import { setClock } from '../scenario/steps.ts'
import { accepted, changedLogoutRequest, refused } from './changed-logout-request.ts'

const judged = 'elasticsearch-saml §3.6'
const at = '2026-01-01T00:00:00.000Z'
const frozen = [setClock('idp', { frozenAt: at }), setClock('es', { frozenAt: at })]

/** How long a LogoutRequest is taken, and by whose clock. */
export const validity: readonly Scenario[] = [
  changedLogoutRequest({
    id: 'time/past-its-end',
    title: 'a LogoutRequest whose NotOnOrAfter has passed is refused',
    clauses: ['saml-core-2.0 §3.7.1', judged, 'logout-bugs scenario 58'],
    bugs: ['J2'],
    change: { notOnOrAfter: { shiftMs: -3_600_000 } },
    expected: refused('SAML_EXPIRED'),
  }),
  changedLogoutRequest({
    id: 'time/at-the-edge-of-the-skew',
    title: 'at the very end of the skew that is allowed, a LogoutRequest has expired',
    clauses: [judged, 'logout-bugs scenario 58'],
    bugs: ['J1'],
    before: frozen,
    change: { notOnOrAfter: { shiftMs: -480_000 } },
    expected: refused('SAML_EXPIRED'),
  }),
  changedLogoutRequest({
    id: 'time/within-the-skew',
    title: 'a millisecond before the end of the skew that is allowed, a LogoutRequest is accepted',
    clauses: [judged, 'logout-bugs scenario 58'],
    bugs: ['J1'],
    before: frozen,
    change: { notOnOrAfter: { shiftMs: -479_999 } },
    expected: accepted,
  }),
  changedLogoutRequest({
    id: 'time/without-an-end',
    title: 'a LogoutRequest without a NotOnOrAfter never expires',
    clauses: [judged, 'logout-bugs scenario 58'],
    bugs: ['J6'],
    change: { notOnOrAfter: 'none' },
    expected: accepted,
  }),
  changedLogoutRequest({
    id: 'time/written-yesterday',
    title: 'a LogoutRequest that says that it was written yesterday is accepted',
    clauses: [judged, 'logout-bugs scenario 59'],
    bugs: ['J6'],
    change: { issueInstant: { shiftMs: -86_400_000 } },
    expected: accepted,
  }),
  changedLogoutRequest({
    id: 'time/idp-an-hour-behind',
    title: 'the LogoutRequest of an IdP whose clock is an hour behind has expired when it arrives',
    clauses: [judged],
    bugs: ['J1'],
    before: [setClock('idp', { shiftMs: -3_600_000 })],
    expected: refused('SAML_EXPIRED'),
  }),
]
