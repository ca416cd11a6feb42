import type { Bug } from './bug.ts'

const notAsked = 'The browser decides before it is asked.'

/** Family H: the browser. */
export const browser: readonly Bug[] = [
  {
    id: 'H1',
    symptom:
      'Other applications stay signed in, since they are asked in frames and the browser keeps their cookies back.',
    threads: 'Sustainsys/Saml2#1452 privacysandbox/privacy-sandbox-dev-support#273 node-saml/passport-saml#419',
    line: {
      world: {
        idp: { propagation: 'frames' },
        partners: [{ name: 'wiki', sameSite: 'lax', temper: 'needsCookie' }],
      },
    },
    elasticsearch: 'It finds the tokens by the name in the message, so they end without a cookie.',
  },
  {
    id: 'H2',
    symptom: 'The request to a LogoutResponse is not found, since the cookie does not come along on the way back.',
    threads: 'flipboxfactory/saml-sp#207 spring-projects/spring-security#16090',
    line: {
      world: { applications: [{ name: 'app', profile: 'careful', sameSite: 'strict' }] },
      armFault: { party: 'idp', on: 'LogoutResponse', change: { binding: 'post' } },
    },
    elasticsearch: notAsked,
  },
  {
    id: 'H3',
    symptom: 'The state is lost in Firefox, which keeps storage apart by site.',
    threads: 'simplesamlphp/simplesamlphp#1445',
    because: 'It is the engine of the browser; sloop’s own stories run in Chromium.',
  },
  {
    id: 'H4',
    symptom: 'Some applications are never asked, since logins at the same time lost each other.',
    threads: 'simplesamlphp/simplesamlphp#1054',
    line: {
      world: {
        idp: { propagation: 'frames' },
        partners: [{ name: 'p1' }, { name: 'p2' }, { name: 'p3' }, { name: 'p4' }, { name: 'p5' }],
      },
    },
    elasticsearch: notAsked,
  },
  {
    id: 'H5',
    symptom: 'The browser blocks the posted answer, which the page’s form-action does not allow.',
    threads: '18F/identity-idp#3460',
    because: 'The policy is that of the IdP’s page; that of sloop allows the address to which it posts.',
  },
  {
    id: 'H6',
    symptom: 'The person is stuck and the rest stays signed in, since one service provider fails.',
    threads: 'keycloak/keycloak#22086 node-saml/passport-saml#430',
    line: { world: { idp: { onFailure: 'stop' }, partners: [{ name: 'wiki', temper: 'failing' }] } },
    elasticsearch: 'Its tokens stay alive where the chain did not come to it.',
  },
  {
    id: 'H7',
    symptom: 'Of many tabs that sign in at once all but one fail.',
    threads: 'elastic/kibana#220426',
    because: 'It is about logins in many tabs; no logout message differs.',
  },
  {
    id: 'H8',
    symptom: 'A message by POST finds no session, since the browser held the cookie back, and passes when tried again.',
    threads: 'elastic/kibana#246961',
    line: { world: { applications: [{ name: 'app', sameSite: 'strict' }] } },
    elasticsearch: notAsked,
  },
]
