import { completes, ends, reasons, refuses, refusesAnswer } from './answers.ts'
import type { Bug } from './bug.ts'

/** Family B: compression and encoding. */
export const encoding: readonly Bug[] = [
  {
    id: 'B1',
    symptom: 'An IdP cannot read a LogoutRequest, since it decodes the base64 and does not inflate.',
    threads: 'zitadel/zitadel#11042 kimai/kimai#5683',
    because: 'The fault is in how the IdP reads, and changes are made on what is written; sloop’s IdP inflates.',
  },
  {
    id: 'B2',
    symptom: 'A service provider cannot read a LogoutResponse, since it does not inflate.',
    threads: 'crewjam/saml#489 crewjam/saml#501',
    line: { mint: { kind: 'LogoutResponse', change: { deflate: 'raw' } } },
    elasticsearch: completes,
  },
  {
    id: 'B3',
    symptom: 'A receiver fails to inflate, since the IdP did not deflate.',
    threads: 'SAML-Toolkits/python3-saml#120 SAML-Toolkits/python-saml#170',
    line: { mint: { kind: 'LogoutRequest', change: { deflate: 'none' } } },
    elasticsearch: refuses(reasons.inflate),
  },
  {
    id: 'B4',
    symptom: 'The logout request is blank, since the body of a form was handed on as it came.',
    threads: 'SAML-Toolkits/ruby-saml#491',
    line: { mint: { kind: 'LogoutRequest', change: { binding: 'post' } } },
    elasticsearch: refuses(reasons.inflate),
  },
  {
    id: 'B5',
    symptom: 'A parser error about something else hides that the message is none.',
    threads: 'ory/saml20#744',
    line: { mint: { kind: 'LogoutResponse', change: { deflate: 'garbage' } } },
    elasticsearch: refusesAnswer(reasons.inflate),
  },
  {
    id: 'B6',
    symptom: 'A message is no XML, since the & of the logout address was copied into it without an escape.',
    threads: 'SAML-Toolkits/php-saml#474',
    line: {
      changeBehaviour: { singleLogout: [{ binding: 'redirect', location: 'http://idp.test/slo?a=1&b=2' }] },
      mint: { kind: 'LogoutRequest' },
    },
    elasticsearch: ends(1, { redirect: 'http://idp.test/slo?a=1&b=2&SAMLResponse=' }),
  },
  {
    id: 'B7',
    symptom: 'A RelayState comes back with &amp;, since the form escaped it twice.',
    threads: 'swedenconnect/saml-identity-provider#56',
    line: {
      mint: { kind: 'LogoutResponse', change: { binding: 'post', relayState: { value: 'a&amp;b&quot;c' } } },
    },
    elasticsearch: completes,
  },
  {
    id: 'B8',
    symptom: 'A strict decoder refuses base64 that is broken into lines.',
    threads: '',
    line: { mint: { kind: 'LogoutRequest', change: { base64: 'wrapped' } } },
    elasticsearch: ends(1),
  },
  {
    id: 'B9',
    symptom: 'A long LogoutRequest cannot be read, since something on its way has a limit.',
    threads: 'codice/ddf#2867',
    line: { mint: { kind: 'LogoutRequest', change: { deflate: 'padded' } } },
    elasticsearch: ends(1),
  },
]
