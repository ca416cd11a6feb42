import { ends, reasons, refuses, refusesAnswer } from './answers.ts'
import type { Bug } from './bug.ts'

const realm = {
  name: 'saml1',
  entityId: 'urn:my-app',
  acs: 'http://localhost:3000/saml/acs',
  logout: 'http://localhost:3000/saml/slo',
}
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const writesAsGiven = 'It writes the name with the qualifiers that the login gave.'

/** Family C: who is being logged out. */
export const principals: readonly Bug[] = [
  {
    id: 'C1',
    symptom:
      'A LogoutRequest without a SessionIndex is answered by 500, since the receiver takes the element for granted.',
    threads: 'wso2/product-is#3581',
    line: { mint: { kind: 'LogoutRequest', change: { sessionIndex: 'none' } } },
    elasticsearch: ends(0),
  },
  {
    id: 'C2',
    symptom: 'An IdP finds no session, since the service provider dropped the SessionIndex at login and sends none.',
    threads: 'IdentityPython/pysaml2#263 metabase/metabase#82441 metabase/metabase#77837 SAML-Toolkits/python-saml#38',
    line: { armFault: { party: 'partner', on: 'LogoutRequest', change: { sessionIndex: 'none' } } },
    elasticsearch: 'It writes exactly one SessionIndex, an empty one where the login had none.',
  },
  {
    id: 'C3',
    symptom: 'A second login mixes up the indexes, and the logout asks for one that is no longer known.',
    threads: 'wso2/product-is#4839',
    line: { mint: { kind: 'LogoutRequest', change: { sessionIndex: 'wrong' } } },
    elasticsearch: ends(0),
  },
  {
    id: 'C4',
    symptom: 'Of several sessions that a LogoutRequest names, one ends.',
    threads: 'auth0/node-samlp#117 SAML-Toolkits/ruby-saml#384',
    line: { mint: { kind: 'LogoutRequest', change: { sessionIndex: { list: ['_other', '$SESSION_INDEX'] } } } },
    elasticsearch: ends(0),
  },
  {
    id: 'C5',
    symptom: 'The wrong one of two sessions of a person ends, since it is looked up by the NameID alone.',
    threads: 'latchset/mod_auth_mellon#140 Uninett/mod_auth_mellon#192',
    line: {
      world: { realms: [{ ...realm, settings: { nameid_format: persistent } }] },
      signIn: { user: 'alice' },
      mint: { kind: 'LogoutRequest' },
    },
    elasticsearch: ends(1),
  },
  {
    id: 'C6',
    symptom: 'An IdP refuses the name of a LogoutRequest, which is the IdP’s own entity id.',
    threads: 'imsweb/django-saml-sp#25 derricksmith/phpsaml#65 SAML-Toolkits/java-saml#127 centreon/centreon#10728',
    line: {
      armFault: {
        party: 'partner',
        on: 'LogoutRequest',
        change: {
          nameId: {
            value: { value: '$IDP/metadata' },
            format: { value: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity' },
          },
        },
      },
    },
    elasticsearch: writesAsGiven,
  },
  {
    id: 'C7',
    symptom: 'A strict IdP refuses a name that comes back without its NameQualifier.',
    threads: 'nextcloud/user_saml#129',
    line: { armFault: { party: 'partner', on: 'LogoutRequest', change: { nameId: { nameQualifier: 'omit' } } } },
    elasticsearch: writesAsGiven,
  },
  {
    id: 'C8',
    symptom: 'An IdP finds no participant by a name to which the service provider added an SPNameQualifier.',
    threads: 'SAML-Toolkits/php-saml#80 SAML-Toolkits/python-saml#53',
    line: {
      armFault: { party: 'partner', on: 'LogoutRequest', change: { nameId: { spNameQualifier: { value: 'urn:sp' } } } },
    },
    elasticsearch: writesAsGiven,
  },
  {
    id: 'C9',
    symptom: 'A name that had a Format at login has none at logout, and is not found.',
    threads: 'spring-attic/spring-security-saml#458 node-saml/passport-saml#176 FusionAuth/fusionauth-issues#1386',
    line: { mint: { kind: 'LogoutRequest', change: { nameId: { format: 'omit' } } } },
    elasticsearch: ends(0),
  },
  {
    id: 'C10',
    symptom: 'Somebody else is logged out, since the Format of the name was not compared.',
    threads: 'nginxinc/nginx-saml#31',
    line: { mint: { kind: 'LogoutRequest', change: { nameId: { format: 'alter' } } } },
    elasticsearch: ends(0),
  },
  {
    id: 'C11',
    symptom: 'Nobody is logged out, since the name is encrypted and the receiver does not decrypt it.',
    threads:
      'IdentityPython/pysaml2#536 IdentityPython/pysaml2#1039 Sustainsys/Saml2#814 Sustainsys/Saml2#746 node-saml/passport-saml#196 SAML-Toolkits/ruby-saml#668',
    line: {
      world: { realms: [{ ...realm, encryption: true }] },
      mint: { kind: 'LogoutRequest', change: { nameId: 'encrypted' } },
    },
    elasticsearch: ends(1),
  },
  {
    id: 'C12',
    symptom: 'A LogoutRequest without a NameID is answered by an exception.',
    threads: 'keycloak/keycloak#23528',
    line: { mint: { kind: 'LogoutRequest', change: { nameId: 'none' } } },
    elasticsearch: refuses(reasons.parse),
  },
  {
    id: 'C13',
    symptom: 'A service provider never starts a logout, since its login had no SessionIndex.',
    threads: 'Sustainsys/Saml2#900',
    line: { mint: { kind: 'Response', change: { sessionIndex: 'none' } } },
    elasticsearch: { call: 'authenticate', status: 200 },
  },
  {
    id: 'C14',
    symptom: 'The LogoutRequest names who was signed in before, since a timed-out user was followed by another.',
    threads: 'wso2/product-is#6881',
    line: { mint: { kind: 'LogoutRequest', change: { nameId: { value: { value: 'previous-user' } } } } },
    elasticsearch: ends(0),
  },
  {
    id: 'C15',
    symptom: 'An IdP refuses a logout, since it no longer counts the service provider among the participants.',
    threads: 'azure-ad-b2c/saml-sp#8 node-saml/passport-saml#192',
    line: { endSession: { id: '$SESSION' } },
    elasticsearch: refusesAnswer(reasons.status),
  },
  {
    id: 'C16',
    symptom: 'A logout is said to have succeeded and the person is still signed in.',
    threads: 'node-saml/passport-saml#419 node-saml/passport-saml#619',
    line: { mint: { kind: 'LogoutRequest', change: { nameId: { value: 'alter' } } } },
    elasticsearch: ends(0, { redirect: '?SAMLResponse=' }),
  },
  {
    id: 'C17',
    symptom: 'Nobody is logged out, since a value that is absent equals only one that is absent.',
    threads: '',
    line: { mint: { kind: 'LogoutRequest', change: { nameId: { nameQualifier: { value: 'added' } } } } },
    elasticsearch: ends(0),
  },
  {
    id: 'C18',
    symptom: 'No logout starts, since the application lost the name or the index of the login.',
    threads:
      'Sustainsys/Saml2#1224 Sustainsys/Saml2#1192 Sustainsys/Saml2#1456 Sustainsys/Saml2#1293 ITfoxtec/ITfoxtec.Identity.Saml2#139',
    because: 'Elasticsearch keeps both with the tokens, so an application of it has nothing to lose.',
  },
  {
    id: 'C19',
    symptom: 'A LogoutRequest names nobody when the login was passive.',
    threads: 'simplesamlphp/simplesamlphp#415',
    because: 'A passive login at sloop’s IdP is kept like any other; the request without a name is that of C12.',
  },
]
