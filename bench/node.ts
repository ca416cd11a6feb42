import { systemClock } from '#server/clock'
import { newId } from '#server/ids'
import {
  createElasticsearch,
  createInMemoryTokenStore,
  createSamlRealm,
  createTokenService,
  knownMetadata,
  signableMessages,
  type TokenService,
} from '../sp-emulator/index.ts'
import { acsUrl, idpUrl, logoutUrl, nameId, type Parties, sessionIndex, spUrl } from './parties.ts'

/** An emulated node in this process, and its two calls that are measured. */
export interface BenchNode {
  /** Gives the one session that the LogoutRequest names; not measured. */
  login(): Promise<void>
  invalidate(): Promise<void>
  authenticate(): Promise<void>
  /** Adds that many sessions of other people. */
  fill(count: number): Promise<void>
}

const realmName = 'saml1'
const headers = {
  authorization: `Basic ${Buffer.from('elastic:changeme').toString('base64')}`,
  'content-type': 'application/json',
}

export function startBenchNode({ sp, idpMetadata, logoutQuery, response }: Parties): BenchNode {
  const tokens = createTokenService({ store: createInMemoryTokenStore(), clock: systemClock })
  const node = createElasticsearch({
    realms: [makeRealm({ sp, idpMetadata })],
    tokens,
    users: [{ username: 'elastic', password: 'changeme', roles: ['superuser'] }],
  })
  const call = async (path: string, body: string) => {
    const request = new Request(`http://localhost:9200/_security/saml/${path}`, { method: 'POST', headers, body })
    return (await (await node.fetch(request)).json()) as Record<string, unknown>
  }
  const invalidation = JSON.stringify({ realm: realmName, query_string: logoutQuery })
  const authentication = JSON.stringify({ realm: realmName, ids: [], content: response })
  return {
    login: () => issue(tokens, nameId.value),
    invalidate: async () => expectField(await call('invalidate', invalidation), 'invalidated', 1),
    authenticate: async () => expectField(await call('authenticate', authentication), 'username', 'alice'),
    fill: async (count) => {
      for (let each = 0; each < count; each++) await issue(tokens, `_other${each}`)
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

async function issue(tokens: TokenService, nameIdValue: string): Promise<void> {
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
      saml_session: sessionIndex,
      saml_realm: realmName,
    },
  })
}

/** A benchmark of refusals would look splendid. */
function expectField(answer: Record<string, unknown>, field: string, expected: unknown): void {
  if (answer[field] === expected) return
  throw new Error(`${field} is ${JSON.stringify(answer[field])}, expected ${expected}: ${JSON.stringify(answer)}`)
}
