import { completes, ends, logsOut, reasons, refuses, refusesAnswer } from './answers.ts'
import type { Bug } from './bug.ts'

const acs = 'http://localhost:3000/saml/acs'
const logout = 'http://localhost:3000/saml/slo'

/** Family A: the signature over the query of a redirect. */
export const signature: readonly Bug[] = [
  {
    id: 'A1',
    symptom:
      'A valid LogoutRequest counts as wrongly signed, since its escapes are in lower case and the verifier writes them anew in upper case.',
    threads:
      'IdentityPython/pysaml2#957 SAML-Toolkits/php-saml#243 SAML-Toolkits/ruby-saml#627 SAML-Toolkits/python3-saml#256 SAML-Toolkits/java-saml#94 node-saml/passport-saml#379 spring-projects/spring-security#11235',
    line: { mint: { kind: 'LogoutRequest', change: { escapes: 'lower' } } },
    elasticsearch: ends(1),
  },
  {
    id: 'A2',
    symptom: 'A logout of ADFS is refused, since the Signature stands before the SigAlg.',
    threads: 'SAML-Toolkits/java-saml#225 elastic/elasticsearch#46310',
    line: { mint: { kind: 'LogoutRequest', change: { parameters: ['message', 'signature', 'sigAlg'] } } },
    elasticsearch: refuses(reasons.signature),
  },
  {
    id: 'A3',
    symptom: 'A message is refused as soon as a RelayState is there, since the signer left it out.',
    threads: 'Clever/saml2#18 SAML-Toolkits/python-saml#48',
    line: { mint: { kind: 'LogoutRequest', relayState: 'token', change: { signature: 'withoutRelayState' } } },
    elasticsearch: refuses(reasons.signature),
  },
  {
    id: 'A4',
    symptom: 'A RelayState with a slash or a colon breaks the signature, since it was signed without escapes.',
    threads: 'codice/ddf#3265',
    line: { mint: { kind: 'LogoutRequest', relayState: 'https://app.test/', change: { signature: 'rawRelayState' } } },
    elasticsearch: refuses(reasons.signature),
  },
  {
    id: 'A5',
    symptom: 'Parameters get lost, since the address was put together without escapes.',
    threads: 'cloudfoundry/uaa#1817',
    line: { mint: { kind: 'LogoutRequest', relayState: 'a&b', change: { escapes: 'none' } } },
    elasticsearch: { call: 'invalidate', reason: 'SAML ' },
  },
  {
    id: 'A6',
    symptom: 'A peer refuses a RelayState that is there and empty.',
    threads: 'SAML-Toolkits/java-saml#82',
    line: { mint: { kind: 'LogoutRequest', change: { relayState: 'empty' } } },
    elasticsearch: ends(1, { redirect: '&RelayState=&' }),
  },
  {
    id: 'A7',
    symptom: 'A logout address that has a query of its own fails the check, since that query joins the octets.',
    threads: 'SAML-Toolkits/php-saml#136',
    line: {
      world: { realms: [{ name: 'saml1', entityId: 'urn:my-app', acs, logout: `${logout}?sls` }] },
      mint: { kind: 'LogoutRequest' },
    },
    elasticsearch: refuses(reasons.signature),
  },
  {
    id: 'A8',
    symptom: 'A message is refused, since its signature covers a part of the query.',
    threads: 'italia/spid-saml-check#53',
    line: { mint: { kind: 'LogoutRequest', relayState: 'token', change: { signature: 'messageOnly' } } },
    elasticsearch: refuses(reasons.signature),
  },
  {
    id: 'A9',
    symptom:
      'Of two ways to verify, over the octets that came and over what is written anew, one passes and the other does not.',
    threads: 'SAML-Toolkits/php-saml#466',
    line: { mint: { kind: 'LogoutRequest', change: { escapes: { signed: 'upper', sent: 'lower' } } } },
    elasticsearch: refuses(reasons.signature),
  },
  {
    id: 'A10',
    symptom: 'A LogoutResponse that was signed by RSA-SHA256 is refused, since the verifier knows SHA-1 alone.',
    threads: 'i8beef/SAML2#77',
    line: { mint: { kind: 'LogoutResponse', change: { algorithm: 'rsa-sha256' } } },
    elasticsearch: completes,
  },
  {
    id: 'A11',
    symptom: 'An IdP refuses every logout, since the signer knows SHA-1 alone.',
    threads: 'IdentityPython/pysaml2#440 servicecatalog/development#750',
    line: {
      changeBehaviour: { tolerate: ['longRelayState'] },
      armFault: { party: 'partner', on: 'LogoutRequest', change: { algorithm: 'rsa-sha1' } },
    },
    elasticsearch: 'It always signs by rsa-sha256; what it reads may be signed by rsa-sha1.',
  },
  {
    id: 'A12',
    symptom: 'An IdP shows an error page, since the LogoutRequest is not signed.',
    threads:
      'opensearch-project/security-dashboards-plugin#1788 catalyst/moodle-auth_saml2#33 SAML-Toolkits/php-saml#424 crewjam/saml#550',
    line: {
      world: {
        realms: [
          {
            name: 'saml1',
            entityId: 'urn:my-app',
            acs,
            logout,
            settings: { 'signing.saml_messages': ['AuthnRequest'] },
          },
        ],
      },
    },
    elasticsearch: logsOut({ redirect: '?SAMLRequest=', redirectLacks: 'Signature=' }),
  },
  {
    id: 'A13',
    symptom: 'A service provider fails when all is done, since the LogoutResponse is not signed.',
    threads: 'Sustainsys/Saml2#910 keycloak/keycloak#30680 latchset/mod_auth_mellon#50',
    line: { mint: { kind: 'LogoutResponse', change: { signature: 'none' } } },
    elasticsearch: refusesAnswer(reasons.unsignedQuery),
  },
  {
    id: 'A14',
    symptom: 'Logouts of one service provider are not signed, since the binding of its login decides that.',
    threads: 'keycloak/keycloak#32262',
    line: {
      armFault: { party: 'idp', on: 'LogoutResponse', to: '$TO', times: 'always', change: { signature: 'none' } },
    },
    elasticsearch: refusesAnswer(reasons.unsignedQuery),
  },
  {
    id: 'A15',
    symptom: 'A forged logout succeeds, since nothing is verified where nothing is signed.',
    threads:
      'wso2/product-is#469 wso2/product-is#4048 Clever/saml2#148 omniauth/omniauth-saml#194 omniauth/omniauth-saml#155 keycloak/keycloak#51211 node-saml/node-saml#419',
    line: { mint: { kind: 'LogoutRequest', change: { signature: 'none' } } },
    elasticsearch: refuses(reasons.unsigned),
  },
  {
    id: 'A16',
    symptom: 'The name of an attacker is believed, since a signed element was wrapped into an unsigned LogoutRequest.',
    threads: 'tngan/samlify#634',
    line: { mint: { kind: 'LogoutRequest', change: { signature: 'wrapped' } } },
    elasticsearch: refuses(reasons.parse),
  },
  {
    id: 'A17',
    symptom: 'Toolkits do not agree which octets count where a message by redirect is signed in the document.',
    threads: 'SAML-Toolkits/java-saml#299',
    line: { mint: { kind: 'LogoutResponse', change: { signature: 'embedded' } } },
    elasticsearch: refusesAnswer(reasons.unsignedQuery),
  },
  {
    id: 'A18',
    symptom: 'Logouts fail while a key is rolled over, since the receiver takes the first certificate of the metadata.',
    threads: 'lastpass/saml-sdk-java#17 wso2/product-is#3324',
    line: { rotateKey: { publish: 'both' }, mint: { kind: 'LogoutRequest', change: { key: 'previous' } } },
    elasticsearch: ends(1),
  },
  {
    id: 'A19',
    symptom: 'A signed message no longer verifies once a router has put its parameters into another order.',
    threads: 'grokability/snipe-it#9182',
    line: { mint: { kind: 'LogoutResponse', change: { parameters: ['sigAlg', 'message', 'signature'] } } },
    elasticsearch: refusesAnswer(reasons.signature),
  },
  {
    id: 'A20',
    symptom: 'A LogoutResponse is answered by 401, since the route asks for a login first.',
    threads: 'opendistro-for-elasticsearch/security#1',
    because: 'The guard in front of the route is the application’s own; sloop’s web application has none there.',
  },
]
