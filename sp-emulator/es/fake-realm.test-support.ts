import type { AcceptedLogoutRequest, SamlLogin, SamlRealm } from '../realm/saml-realm.ts'
import type { TokenMetadata } from '../tokens/token-pair.ts'

/** What a login as this user in this session leaves with its tokens. */
export function metadataOf(nameId: string, session: string | null, realm = 'saml1'): TokenMetadata {
  return {
    saml_nameid_val: nameId,
    saml_nameid_fmt: null,
    saml_nameid_qual: null,
    saml_nameid_sp_qual: null,
    saml_nameid_sp_id: null,
    saml_session: session,
    saml_realm: realm,
  }
}

/** The login that the fake realm makes of a Response: the octets are `<user> <session>`. */
function loginOf(xml: Buffer, realm: string): SamlLogin {
  const [username = '', session = null] = xml.toString().split(' ')
  const metadata = {
    saml_nameid: username,
    'saml(urn:oid:0.9.2342.19200300.100.1.1)': [username],
    saml_uid: [username],
  }
  const principal = { username, dn: null, groups: [`${username}s`], fullName: null, email: null, metadata }
  return { principal, tokenMetadata: metadataOf(username, session, realm), inResponseTo: undefined }
}

/** The LogoutRequest that the fake realm reads from a query of the form `<user> <session>`. */
function requestOf(queryString: string, realm: string): AcceptedLogoutRequest {
  const [username = '', session = null] = queryString.split(' ')
  const tokenMetadata = username === 'nobody' ? undefined : metadataOf(username, session, realm)
  return { id: '_request', relayState: undefined, tokenMetadata }
}

/** A realm without SAML: it accepts what it is given, unless told otherwise. */
export function fakeRealm(changes: Partial<SamlRealm> = {}): SamlRealm {
  const name = changes.name ?? 'saml1'
  let made = 0
  const nextId = () => `_${++made}`
  return {
    name,
    order: 1,
    entityId: `https://${name}.test`,
    idpEntityId: 'https://idp.test',
    logoutUrl: `https://${name}.test/logout`,
    acsUrl: `https://${name}.test/acs`,
    excludedRoles: [],
    authorizationRealms: [],
    prepare: async ({ relayState }) => {
      const id = nextId()
      return { id, redirect: `https://idp.test/sso?SAMLRequest=${id}&RelayState=${relayState}` }
    },
    authenticate: async (xml) => loginOf(xml, name),
    stateLogin: ({ username, sessionIndex = '' }) => loginOf(Buffer.from(`${username} ${sessionIndex}`), name),
    acceptLogoutRequest: (queryString) => requestOf(queryString, name),
    answerLogoutRequest: async () => `https://idp.test/slo?SAMLResponse=${nextId()}`,
    requestLogout: async () => {
      const id = nextId()
      return { id, redirect: `https://idp.test/slo?SAMLRequest=${id}` }
    },
    checkLogoutResponse: () => undefined,
    explain: () => {
      throw new TypeError('a realm without SAML explains none')
    },
    spMetadata: () => `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="${name}"/>`,
    ...changes,
  }
}
