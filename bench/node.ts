import { systemClock } from '#server/clock'
import { newId } from '#server/ids'
import {
  createElasticsearch,
  createInMemoryTokenStore,
  createSamlRealm,
  createTokenService,
  knownMetadata,
  type SamlRealm,
  signableMessages,
  type TokenService,
  type TokenStore,
} from '../sp-emulator/index.ts'
import { acsUrl, idpUrl, logoutUrl, makeLogoutQuery, nameId, type Parties, spUrl } from './parties.ts'

/** An emulated node in this process. */
export interface BenchNode {
  readonly realm: SamlRealm
  readonly tokens: TokenService
  /** A call with a JSON body, as a client with a password sends it. */
  requestTo(path: string, body: object): Request
  fetch(request: Request, env?: object): Promise<Response>
  /** Logs somebody in, and answers the query of the LogoutRequest that ends exactly this login: nobody logs out of one session a thousand times. */
  openSession(): Promise<string>
  /** Adds that many sessions of other people. */
  fill(count: number): Promise<void>
}

export const realmName = 'saml1'
/** Of a client with a password. */
export const callHeaders = {
  authorization: `Basic ${Buffer.from('elastic:changeme').toString('base64')}`,
  'content-type': 'application/json',
}

/** Its tokens are in this process unless a store is given. */
export function startBenchNode(
  { idp, sp, idpMetadata }: Parties,
  store: TokenStore = createInMemoryTokenStore(),
): BenchNode {
  const tokens = createTokenService({ store, clock: systemClock })
  const realm = makeRealm({ sp, idpMetadata })
  const users = [{ username: 'elastic', password: 'changeme', roles: ['superuser'] }]
  const node = createElasticsearch({ realms: [realm], tokens, users })
  return {
    realm,
    tokens,
    requestTo: (path, content) => {
      const body = JSON.stringify(content)
      const length = String(Buffer.byteLength(body))
      const init = { method: 'POST', headers: { ...callHeaders, 'content-length': length }, body }
      return new Request(`http://localhost:9200/_security/saml/${path}`, init)
    },
    fetch: async (request, env?: object) => node.fetch(request, env),
    openSession: async () => {
      const session = newId()
      await issue(tokens, { nameIdValue: nameId.value, session })
      return makeLogoutQuery(idp, { now: systemClock.now(), sessionIndex: session })
    },
    fill: async (count) => {
      let left = count
      const lane = async () => {
        while (left-- > 0) await issue(tokens, { nameIdValue: `_other${left}`, session: newId() })
      }
      // An engine is asked by many at once.
      await Promise.all(Array.from({ length: 64 }, lane))
    },
  }
}

function makeRealm({ sp, idpMetadata }: Pick<Parties, 'sp' | 'idpMetadata'>) {
  return createSamlRealm({
    config: {
      name: realmName,
      order: 1,
      idpEntityId: idpUrl,
      useSingleLogout: true,
      spEntityId: spUrl,
      acsUrl,
      logoutUrl,
      nameIdAllowCreate: false,
      populateUserMetadata: true,
      attributes: { principal: 'uid' },
      requestedAuthnContext: [],
      clockSkewMs: 180_000,
      signing: sp,
      signedMessages: new Set(signableMessages),
    },
    idpMetadata: knownMetadata(idpMetadata, idpUrl).current,
    clock: systemClock,
    newId,
  })
}

async function issue(tokens: TokenService, user: { nameIdValue: string; session: string }): Promise<void> {
  const { nameIdValue, session } = user
  const realm = { name: realmName, type: 'saml' }
  await tokens.issue({
    authentication: { username: nameIdValue, roles: [], fullName: null, email: null, metadata: {}, realm },
    client: { username: 'elastic', realm: 'reserved' },
    metadata: {
      saml_nameid_val: nameIdValue,
      saml_nameid_fmt: nameId.format,
      saml_nameid_qual: null,
      saml_nameid_sp_qual: null,
      saml_nameid_sp_id: null,
      saml_session: session,
      saml_realm: realmName,
    },
  })
}
