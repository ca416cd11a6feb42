import type { Scenario } from '../scenario/scenario.ts'
import { accepted, changedLogoutRequest, refused } from './changed-logout-request.ts'

/** The signature over the query of a redirect (`spec/logout-bugs.md` 4.2, 10-26). */
export const signature: readonly Scenario[] = [
  changedLogoutRequest({
    id: 'signature/lower-case-escapes',
    title: 'a LogoutRequest whose escapes are in lower case is accepted, since the octets that came are verified',
    clauses: ['saml-bindings-2.0 §3.4.4.1', 'elasticsearch-saml §3.4', 'logout-bugs scenario 10'],
    bugs: ['A1'],
    change: { escapes: 'lower' },
    expected: accepted,
  }),
  changedLogoutRequest({
    id: 'signature/before-the-algorithm',
    title: 'a Signature that stands before the SigAlg, as Entra ID sends it, is refused',
    clauses: ['elasticsearch-saml §3.4', 'logout-bugs scenario 11'],
    bugs: ['A2'],
    change: { parameters: ['message', 'relayState', 'signature', 'sigAlg'] },
    expected: refused('SAML_SIGNATURE'),
  }),
]
