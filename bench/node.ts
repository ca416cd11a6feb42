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
import { acsUrl, idpUrl, logoutUrl, makeLogoutQuery, nameId, type Parties, spUrl } from './parties.ts'

/** An emulated node in this process, and its two calls that are measured. */
export interface BenchNode {
  /**
   * Gives a new session, and the request that ends it to the next `invalidate`: nobody logs out of one session a thousand times. Looks at what the last one
   * was answered. Not measured.
   */
  login(): Promise<void>
  /** From a request in hand to its answer in hand. */
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

export function startBenchNode({ idp, sp, idpMetadata, response }: Parties): BenchNode {
  const tokens = createTokenService({ store: createInMemoryTokenStore(), clock: systemClock })
  const node = createElasticsearch({
    realms: [makeRealm({ sp, idpMetadata })],
    tokens,
    users: [{ username: 'elastic', password: 'changeme', roles: ['superuser'] }],
  })
  const requestTo = (path: string, body: string) =>
    new Request(`http://localhost:9200/_security/saml/${path}`, { method: 'POST', headers, body })
  const call = async (path: string, body: string) => {
    return (await (await node.fetch(requestTo(path, body))).json()) as Record<string, unknown>
  }
  let invalidation = requestTo('invalidate', '{}')
  let answer: Response | undefined
  const authentication = JSON.stringify({ realm: realmName, ids: [], content: response })
  return {
    login: async () => {
      if (answer !== undefined) expectField((await answer.json()) as Record<string, unknown>, 'invalidated', 1)
      answer = undefined
      const session = newId()
      const query = await makeLogoutQuery(idp, { now: systemClock.now(), sessionIndex: session })
      invalidation = requestTo('invalidate', JSON.stringify({ realm: realmName, query_string: query }))
      await issue(tokens, { nameIdValue: nameId.value, session })
    },
    invalidate: async () => {
      answer = await node.fetch(invalidation)
    },
    authenticate: async () => expectField(await call('authenticate', authentication), 'username', 'alice'),
    fill: async (count) => {
      for (let each = 0; each < count; each++) await issue(tokens, { nameIdValue: `_other${each}`, session: newId() })
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

/** A benchmark of refusals would look splendid. */
function expectField(answer: Record<string, unknown>, field: string, expected: unknown): void {
  if (answer[field] === expected) return
  throw new Error(`${field} is ${JSON.stringify(answer[field])}, expected ${expected}: ${JSON.stringify(answer)}`)
}
