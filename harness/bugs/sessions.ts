import { completes, ends, logsOut, refuses } from './answers.ts'
import type { Bug } from './bug.ts'

const logoutAddress = 'http://localhost:3000/saml/slo'

/** Family G: order and state of sessions. */
export const sessions: readonly Bug[] = [
  {
    id: 'G1',
    symptom: 'The person stays signed in, since the own session ends only with an answer that never comes.',
    threads: 'SAML-Toolkits/ruby-saml#519 wso2/product-apim#7238',
    line: { armFault: { party: 'idp', on: 'LogoutResponse', change: { delivery: 'never' } } },
    elasticsearch: 'The tokens are dead before the LogoutRequest leaves.',
  },
  {
    id: 'G2',
    symptom: 'A logout fails for want of a name, since the own session ended first and the name with it.',
    threads: 'centreon/centreon#10728 owncloud-archive/apps#1971',
    because: 'The order is the application’s; Elasticsearch still knows the name when the tokens are dead.',
  },
  {
    id: 'G3',
    symptom: 'A copied cookie still opens the application after the logout.',
    threads: 'opensearch-project/security-dashboards-plugin#966 opensearch-project/security-dashboards-plugin#119',
    because: 'Nobody writes a message here: a browser puts a cookie back. The drivers of the scenarios can do that.',
  },
  {
    id: 'G4',
    symptom: 'A cookie that was deleted is set again by a late answer.',
    threads: 'nextcloud/server#35708',
    because: 'It takes an application that sets its cookie on every answer; sloop’s does not.',
  },
  {
    id: 'G5',
    symptom: 'A logout of the IdP has no effect, since it arrives without the cookie of the session.',
    threads:
      'nextcloud/user_saml#455 catalyst/moodle-auth_saml2#430 BookStackApp/BookStack#3978 spring-projects/spring-security#16090',
    line: { mint: { kind: 'LogoutRequest' } },
    elasticsearch: ends(1),
  },
  {
    id: 'G6',
    symptom: 'An error in place of the logged-out page, since the session is over or was none by SAML.',
    threads:
      'wazuh/wazuh-dashboard#193 IdentityPython/djangosaml2#402 latchset/mod_auth_mellon#86 Uninett/mod_auth_mellon#132',
    line: { setClock: { party: 'es', shiftMs: 1_260_000 } },
    elasticsearch: logsOut({ redirect: '?SAMLRequest=' }),
  },
  {
    id: 'G7',
    symptom: 'The person is signed in again at once, since the session of the IdP is alive.',
    threads: 'elastic/kibana#18128 elastic/kibana#23890 elastic/kibana#69506 sandstorm-io/sandstorm#2743',
    line: { changeBehaviour: { session: 'keep' } },
    elasticsearch: completes,
  },
  {
    id: 'G8',
    symptom: 'A logout never ends, since its RelayState leads back to the logout.',
    threads:
      'codegreencreative/laravel-samlidp#36 SAML-Toolkits/python-saml#57 onelogin/drupal-saml#20 wazuh/wazuh-dashboard-plugins#2536',
    line: { mint: { kind: 'LogoutRequest', change: { relayState: { value: logoutAddress } } } },
    elasticsearch: ends(1, { redirect: `&RelayState=${encodeURIComponent(logoutAddress)}&` }),
  },
  {
    id: 'G9',
    symptom: 'The next login leads to the logout, which was kept as the page that was wanted.',
    threads: 'nbgrp/onelogin-saml-bundle#68',
    line: { mint: { kind: 'Response', relayState: logoutAddress } },
    elasticsearch: { call: 'authenticate', status: 200 },
  },
  {
    id: 'G10',
    symptom: 'A logout crashes, since one side no longer knows the other.',
    threads: 'keycloak/keycloak#51123',
    line: { removeServiceProvider: { entityId: '$TO' } },
    elasticsearch: logsOut({ redirect: '?SAMLRequest=' }),
  },
  {
    id: 'G11',
    symptom: 'A LogoutResponse is an error, since the session ended elsewhere before.',
    threads: 'keycloak/keycloak#31075 keycloak/keycloak#45060',
    line: { armFault: { party: 'idp', on: 'LogoutResponse', change: { delivery: 'twice' } } },
    elasticsearch: 'It keeps no memory of LogoutResponses: the second is answered like the first.',
  },
  {
    id: 'G12',
    symptom: 'A LogoutRequest of one IdP is judged by the realm of another.',
    threads: 'Sustainsys/Saml2#749',
    line: { mint: { kind: 'LogoutRequest', change: { issuer: { value: 'http://other-idp.test/metadata' } } } },
    elasticsearch: refuses('SAML Issuer ['),
  },
  {
    id: 'G13',
    symptom: 'The second of two equal LogoutRequests is an error, since somebody clicked twice.',
    threads: 'Sustainsys/Saml2#1117',
    line: { armFault: { party: 'idp', on: 'LogoutRequest', change: { delivery: 'twice' } } },
    elasticsearch: 'It has no memory of requests: the second ends nothing and is answered by Success.',
  },
  {
    id: 'G14',
    symptom: 'Log out does nothing after an upgrade.',
    threads: 'nextcloud/user_saml#1087 nextcloud/user_saml#112',
    line: { world: {} },
    elasticsearch: completes,
  },
  {
    id: 'G15',
    symptom: 'A new session is ended by the late answer to the logout of the old one.',
    threads: '',
    line: { armFault: { party: 'idp', on: 'LogoutResponse', change: { delivery: { delayMs: 10_000 } } } },
    elasticsearch: 'It is not asked: an application like Kibana takes any LogoutResponse for the wish to log out.',
  },
  {
    id: 'G16',
    symptom: 'A logout through a bridge between two IdPs loses its state.',
    threads: 'simplesamlphp/simplesamlphp#2435',
    because: 'sloop has no IdP that is a service provider of another.',
  },
  {
    id: 'G17',
    symptom: 'One of several applications stays signed in, since nobody tells it.',
    threads: 'keycloak/keycloak#13832 keycloak/keycloak#4100',
    line: { startLogout: { user: 'alice', to: [] } },
    elasticsearch: { call: '_authenticate', status: 200 },
  },
  {
    id: 'G18',
    symptom: 'The cookie of an ended session opens it in another browser.',
    threads: 'simplesamlphp/simplesamlphp#2278',
    because: 'As G3: a browser puts a cookie back, and no message differs.',
  },
]
