import { ends, logsOut, reasons, refuses, refusesAnswer } from './answers.ts'
import type { Bug } from './bug.ts'

const oldAddress = { value: 'http://localhost:3000/old/slo' }

/** Family D: addresses. */
export const addresses: readonly Bug[] = [
  {
    id: 'D1',
    symptom: 'A LogoutResponse goes to the address for requests, since the ResponseLocation is passed over.',
    threads: 'IdentityPython/pysaml2#720 SAML-Toolkits/php-saml#379',
    line: {
      changeBehaviour: {
        singleLogout: [
          { binding: 'redirect', location: 'http://idp.test/slo', responseLocation: 'http://idp.test/slo/done' },
        ],
      },
      mint: { kind: 'LogoutRequest' },
    },
    elasticsearch: ends(1, { redirect: 'http://idp.test/slo?SAMLResponse=' }),
  },
  {
    id: 'D2',
    symptom: 'An IdP drops a LogoutResponse, since it names another Destination than the address at which it arrives.',
    threads: 'SAML-Toolkits/php-saml#443',
    line: {
      armFault: { party: 'partner', on: 'LogoutResponse', change: { destination: { value: '$IDP/slo/requests' } } },
    },
    elasticsearch: 'It sends to the Location and names the Location.',
  },
  {
    id: 'D3',
    symptom: 'LogoutRequests go to the address for responses.',
    threads: 'SAML-Toolkits/python3-saml#234',
    line: {
      changeBehaviour: {
        singleLogout: [
          { binding: 'redirect', location: 'http://idp.test/slo', responseLocation: 'http://idp.test/slo/done' },
        ],
      },
    },
    elasticsearch: logsOut({ redirect: 'http://idp.test/slo?SAMLRequest=' }),
  },
  {
    id: 'D4',
    symptom:
      'A valid LogoutResponse is refused, since its Destination is compared with the address for requests alone.',
    threads: 'spring-attic/spring-security-saml#156',
    line: {
      mint: { kind: 'LogoutResponse', change: { destination: { value: 'http://localhost:3000/saml/slo/done' } } },
    },
    elasticsearch: refusesAnswer(reasons.responseDestination),
  },
  {
    id: 'D5',
    symptom: 'An assertion is said to be missing, since the LogoutResponse was sent to the ACS.',
    threads: 'wso2/product-is#28060 Uninett/mod_auth_mellon#30 capriza/samling#16',
    line: { mint: { kind: 'LogoutResponse', change: { binding: 'post', address: 'acs' } } },
    elasticsearch: { call: 'authenticate', status: 401, reason: 'unable to authenticate user' },
  },
  {
    id: 'D6',
    symptom: 'An IdP refuses a logout message, since its Destination is the address for logins.',
    threads: 'wso2/carbon-apimgt#5571 node-saml/passport-saml#72 justinbleach/saml-client#67',
    line: { armFault: { party: 'partner', on: 'LogoutRequest', change: { destination: { value: '$IDP/sso' } } } },
    elasticsearch: 'It names the address to which it sends.',
  },
  {
    id: 'D7',
    symptom: 'A signed LogoutResponse is refused, since it names no Destination.',
    threads: 'simplesamlphp/simplesamlphp#1812 node-saml/passport-saml#87',
    line: { mint: { kind: 'LogoutResponse', change: { binding: 'post', destination: 'none' } } },
    elasticsearch: refusesAnswer(reasons.responseDestination),
  },
  {
    id: 'D8',
    symptom: 'A right Destination is refused, since the address at which the message arrives has its query.',
    threads: 'SAML-Toolkits/php-saml#319',
    line: { mint: { kind: 'LogoutRequest' } },
    elasticsearch: ends(1),
  },
  {
    id: 'D9',
    symptom: 'A request for another service provider ends sessions here, since it names no Destination.',
    threads: 'SAML-Toolkits/php-saml#657 codelibs/fess#3257',
    line: { mint: { kind: 'LogoutRequest', change: { destination: 'none' } } },
    elasticsearch: refuses(reasons.requestDestination),
  },
  {
    id: 'D10',
    symptom: 'A logout crashes, since the peer has no address for it.',
    threads: 'keycloak/keycloak#51371 jorani/jorani#404',
    line: { changeBehaviour: { singleLogout: [] } },
    elasticsearch: logsOut({ redirect: null }),
  },
  {
    id: 'D11',
    symptom: 'A page posts to itself for ever, since a message that cannot be read was answered to an empty address.',
    threads: 'zitadel/saml#66',
    line: { mint: { kind: 'LogoutRequest', change: { deflate: 'garbage' } } },
    elasticsearch: refuses(reasons.inflate),
  },
  {
    id: 'D12',
    symptom: 'The person is signed in again, since one address serves logins and logouts.',
    threads:
      'Sustainsys/Saml2#1165 molekilla/hapi-passport-saml#16 DonutsNL/samlsso#52 codegreencreative/laravel-samlidp#83',
    line: { changeBehaviour: { singleLogout: [{ binding: 'redirect', location: 'http://idp.test/sso' }] } },
    elasticsearch: logsOut({ redirect: 'http://idp.test/sso?SAMLRequest=' }),
  },
  {
    id: 'D13',
    symptom: 'A payload is said to be missing, since the address was opened without a message.',
    threads: 'nextcloud/user_saml#814',
    line: { mint: { kind: 'LogoutRequest', change: { parameters: ['sigAlg', 'signature'] } } },
    elasticsearch: refuses('Could not parse SAMLRequest from query string'),
  },
  {
    id: 'D14',
    symptom: 'Logouts are 404 after an upgrade, since the IdP still knows the old address.',
    threads: 'opensearch-project/security-dashboards-plugin#656',
    line: { mint: { kind: 'LogoutRequest', change: { address: oldAddress, destination: oldAddress } } },
    elasticsearch: refuses(reasons.requestDestination),
  },
  {
    id: 'D15',
    symptom: 'A logout fails, since the metadata lists two addresses for redirects.',
    threads: '',
    line: {
      changeBehaviour: {
        singleLogout: [
          { binding: 'redirect', location: 'http://idp.test/slo' },
          { binding: 'redirect', location: 'http://idp.test/other' },
        ],
      },
      mint: { kind: 'LogoutRequest' },
    },
    elasticsearch: refuses('Found multiple locations'),
  },
]
