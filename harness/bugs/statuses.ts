import { completes, ends, reasons, refuses, refusesAnswer } from './answers.ts'
import type { Bug } from './bug.ts'

const second = 'urn:oasis:names:tc:SAML:2.0:status:'

/** Family F: answers and their status. */
export const statuses: readonly Bug[] = [
  {
    id: 'F1',
    symptom: 'A partial logout is an exception although the own session ended.',
    threads: 'pac4j/pac4j#1941 pac4j/pac4j#1998 pac4j/pac4j#2128',
    line: { mint: { kind: 'LogoutResponse', change: { status: ['Responder', 'PartialLogout'] } } },
    elasticsearch: refusesAnswer(reasons.status),
  },
  {
    id: 'F2',
    symptom: 'A partial logout is not understood, since every IdP writes it in another shape.',
    threads: 'Sustainsys/Saml2#610 auth0/node-samlp#38 italia/spid-regole-tecniche#17',
    line: { mint: { kind: 'LogoutResponse', change: { status: ['Success', 'PartialLogout'] } } },
    elasticsearch: completes,
  },
  {
    id: 'F3',
    symptom: 'A peer fails on UnknownPrincipal, which stands where only a top-level code may stand.',
    threads: 'spring-attic/spring-security-saml#166',
    line: { mint: { kind: 'LogoutResponse', change: { status: [`${second}UnknownPrincipal`] } } },
    elasticsearch: refusesAnswer(reasons.status),
  },
  {
    id: 'F4',
    symptom: 'A LogoutResponse belongs to no request, since its InResponseTo is the name of a template’s field.',
    threads: 'tngan/samlify#479',
    line: { mint: { kind: 'LogoutResponse', change: { inResponseTo: 'literal' } } },
    elasticsearch: refusesAnswer(reasons.parse),
  },
  {
    id: 'F5',
    symptom: 'A LogoutResponse that nobody asked for ends a session.',
    threads: 'codelibs/fess#3324',
    line: { mint: { kind: 'LogoutResponse', change: { inResponseTo: 'none' } } },
    elasticsearch: completes,
  },
  {
    id: 'F6',
    symptom: 'The LogoutRequest to a LogoutResponse cannot be found, since its record was lost or not yet written.',
    threads:
      'spring-projects/spring-security#10565 spring-projects/spring-security#15665 spring-projects/spring-security#16310 spring-attic/spring-security-saml#182',
    line: { mint: { kind: 'LogoutResponse', change: { inResponseTo: 'wrong' } } },
    elasticsearch: refusesAnswer(reasons.inResponseTo),
  },
  {
    id: 'F7',
    symptom: 'A chain stops, since a service provider shows an error in place of a LogoutResponse.',
    threads: 'spring-projects/spring-security#14635 Uninett/mod_auth_mellon#61 tngan/samlify#112',
    line: { mint: { kind: 'LogoutRequest', change: { signature: 'tampered' } } },
    elasticsearch: refuses(reasons.signature),
  },
  {
    id: 'F8',
    symptom: 'The IdP waits and shows a failure, since a service provider never answers.',
    threads:
      'keycloak/keycloak#46762 goauthentik/authentik#7137 spring-projects/spring-security#12845 nextcloud/user_saml#161',
    line: { changePartner: { name: 'partner', temper: 'silent' } },
    elasticsearch: 'It answers every LogoutRequest that it believes.',
  },
  {
    id: 'F9',
    symptom: 'The IdP loses its place, since the RelayState does not come back.',
    threads: 'iwayvietnam/zm-sso#13 grafana/mcp-grafana#854 latchset/mod_auth_mellon#24',
    line: { mint: { kind: 'LogoutRequest', relayState: 'token' } },
    elasticsearch: ends(1, { redirect: '&RelayState=token&' }),
  },
  {
    id: 'F10',
    symptom: 'Who started a logout is asked to log out too, and its own logout is interrupted.',
    threads: 'MicrosoftDocs/azure-docs#19955 SAML-Toolkits/ruby-saml#202',
    line: { changeBehaviour: { initiator: 'askedToo' } },
    elasticsearch: ends(0),
  },
  {
    id: 'F11',
    symptom: 'A signed LogoutResponse is 400, since an object is handled as a text.',
    threads: 'lighthouse-intelligence/djangosaml2idp#121',
    line: { mint: { kind: 'LogoutResponse', change: { signature: 'both' } } },
    elasticsearch: completes,
  },
  {
    id: 'F12',
    symptom: 'Only every second logout is answered, since a marker stays behind.',
    threads: 'codegreencreative/laravel-samlidp#81',
    line: { armFault: { party: 'idp', on: 'LogoutResponse', times: 1, change: { delivery: 'never' } } },
    elasticsearch: 'Both logouts have ended their tokens before the answer is due.',
  },
  {
    id: 'F13',
    symptom: 'A logout after a long session is refused, since the session of the IdP is over.',
    threads: 'Sustainsys/Saml2#635',
    line: {
      world: { lifetimes: { sessionSeconds: 120 } },
      setClock: { party: 'idp', shiftMs: 121_000 },
    },
    elasticsearch: refusesAnswer(reasons.status),
  },
  {
    id: 'F14',
    symptom: 'Two logouts at once cannot be told apart, since the InResponseTo is kept from the application.',
    threads: 'SAML-Toolkits/python3-saml#433',
    line: { mint: { kind: 'LogoutResponse', change: { inResponseTo: { value: '_other-logout' } } } },
    elasticsearch: refusesAnswer(reasons.inResponseTo),
  },
  {
    id: 'F15',
    symptom: 'A logout ends in AuthnFailed, which the application does not expect of one.',
    threads: 'SAML-Toolkits/java-saml#303',
    line: { mint: { kind: 'LogoutResponse', change: { status: ['Responder', 'AuthnFailed'] } } },
    elasticsearch: refusesAnswer(reasons.status),
  },
]
