import { ends, logsOut, reasons, refuses } from './answers.ts'
import type { Bug } from './bug.ts'

/** Family J: time and XML. */
export const timeAndXml: readonly Bug[] = [
  {
    id: 'J1',
    symptom: 'A request that is valid counts as expired, since the skew was taken off its time.',
    threads: 'digst/OIOSAML.Net#33',
    line: { mint: { kind: 'LogoutRequest', change: { notOnOrAfter: { shiftMs: -30_000 } } } },
    elasticsearch: ends(1),
  },
  {
    id: 'J2',
    symptom: 'An expired request is believed, since NotOnOrAfter is looked at by POST alone.',
    threads: 'digst/OIOSAML.Net#34',
    line: { mint: { kind: 'LogoutRequest', change: { notOnOrAfter: { shiftMs: -3_600_000 } } } },
    elasticsearch: refuses('Rejecting SAML assertion because ['),
  },
  {
    id: 'J3',
    symptom: 'Nobody can log out any more, since the assertion of the login has expired.',
    threads: 'IdentityPython/pysaml2#272',
    line: { setClock: { party: 'es', shiftMs: 7_200_000 } },
    elasticsearch: logsOut({ redirect: '?SAMLRequest=' }),
  },
  {
    id: 'J4',
    symptom: 'An IdP fails on an IssueInstant without a time zone.',
    threads: 'SAML-Toolkits/ruby-saml#101 SAML-Toolkits/ruby-saml#88',
    line: { mint: { kind: 'LogoutRequest', change: { issueInstant: 'noZone' } } },
    elasticsearch: ends(1),
  },
  {
    id: 'J5',
    symptom: 'A peer refuses a message that breaks the schema.',
    threads: 'handnot2/esaml#8',
    line: { mint: { kind: 'LogoutRequest', change: { xml: 'extraAttribute' } } },
    elasticsearch: refuses(reasons.parse),
  },
  {
    id: 'J6',
    symptom:
      'A request that names no sender, no receiver and no time ends sessions, since what is absent is not checked.',
    threads: 'codelibs/fess#3257',
    line: { mint: { kind: 'LogoutRequest', change: { issuer: 'none', destination: 'none', notOnOrAfter: 'none' } } },
    elasticsearch: refuses('Element '),
  },
]
