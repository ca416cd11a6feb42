import { completes, reasons, refuses } from './answers.ts'
import type { Bug } from './bug.ts'

/** Family E: bindings, verbs, guards against forgery. */
export const bindings: readonly Bug[] = [
  {
    id: 'E1',
    symptom: 'A logout ends half-way on a 404, since the IdP answers by POST and the application takes GET.',
    threads: 'elastic/elasticsearch#43264 elastic/kibana#61218 wazuh/wazuh-dashboard#1466',
    line: { mint: { kind: 'LogoutResponse', change: { binding: 'post' } } },
    elasticsearch: completes,
  },
  {
    id: 'E2',
    symptom: 'A logout of Okta is 405, since it posts to an address that takes GET alone.',
    threads: 'scaler-tech/laravel-saml2#30',
    line: { mint: { kind: 'LogoutRequest', change: { binding: 'post' } } },
    elasticsearch: refuses(reasons.inflate),
  },
  {
    id: 'E3',
    symptom: 'An application stays signed in, since the IdP asks by SOAP, without a browser and its cookies.',
    threads: 'wso2/product-is#9985 wso2/product-is#5148',
    line: { mint: { kind: 'LogoutRequest', change: { binding: 'soap' } } },
    elasticsearch: refuses('Could not parse SAMLRequest from query string'),
  },
  {
    id: 'E4',
    symptom: 'The person is out at the IdP and sees an error, since a signed LogoutResponse came by POST.',
    threads: 'metabase/metabase#41457',
    line: { mint: { kind: 'LogoutResponse', change: { binding: 'post', signature: 'embedded' } } },
    elasticsearch: completes,
  },
  {
    id: 'E5',
    symptom: 'A logout by POST finds nobody, since the browser keeps the cookie back across sites.',
    threads: 'Sustainsys/Saml2#1149',
    line: {
      world: { applications: [{ name: 'app', sameSite: 'lax' }] },
      armFault: { party: 'idp', on: 'LogoutRequest', change: { binding: 'post' } },
    },
    elasticsearch: 'It is not asked: an application like Kibana takes logout messages by GET alone.',
  },
  {
    id: 'E6',
    symptom: 'A logout of the IdP is refused and the session stays, since it brings no token against forgery.',
    threads: 'nextcloud/user_saml#45 nextcloud/user_saml#334',
    because: 'The guard is the application’s own; any message that sloop mints or sends meets it.',
  },
  {
    id: 'E7',
    symptom: 'A logout fails on CORS, since the page fetches the address in place of going there.',
    threads: 'opensearch-project/security-dashboards-plugin#446',
    because: 'Whether a page fetches or navigates is decided by its script; sloop’s pages navigate.',
  },
  {
    id: 'E8',
    symptom: 'A LogoutResponse by POST is matched to no request, since it brings no RelayState.',
    threads: 'spring-projects/spring-security#8731',
    line: {
      mint: { kind: 'LogoutResponse', relayState: 'token', change: { binding: 'post', relayState: 'none' } },
    },
    elasticsearch: completes,
  },
]
