import { randomBytes } from 'node:crypto'
import { homeRealmOf } from '../../tokens/authentication.ts'
import { permissionOf } from '../authorize.ts'
import { illegalArgument } from '../elasticsearch-error.ts'
import type { Caller, NodeContext } from '../node-context.ts'
import { type ApiKey, hashSecret, type NamedRoles } from '../security/api-key.ts'
import { type ApiKeyQuery, type Asker, fitsQuery } from '../security/api-key-query.ts'
import type { Metadata, Role } from '../security/role.ts'

export interface NewApiKey {
  readonly name: string
  readonly roles: NamedRoles
  readonly lifetimeMs: number | undefined
  readonly metadata: Metadata
}

/** Makes a key for the caller. Its secret is told once and not kept. */
export function createApiKey(
  { name, roles, lifetimeMs, metadata }: NewApiKey,
  caller: Caller,
  { security, clock }: NodeContext,
): { key: ApiKey; secret: string } {
  if (caller.apiKey !== undefined && grantsAnything(roles)) {
    throw illegalArgument(
      'creating derived api keys requires an explicit role descriptor that is empty (has no privileges)',
    )
  }
  const secret = randomBytes(16).toString('base64url')
  const createdAt = clock.now()
  const { username, realm } = askerOf(caller)
  const key: ApiKey = {
    id: randomBytes(15).toString('base64url'),
    name,
    secretHash: hashSecret(secret),
    createdAt,
    expiresAt: lifetimeMs === undefined ? undefined : createdAt + lifetimeMs,
    invalidatedAt: undefined,
    owner: { username, realm, realmType: caller.apiKey?.owner.realmType ?? homeRealmOf(caller.authentication).type },
    metadata,
    roles,
    limitedBy: limitsOf(caller, security.roles),
  }
  security.apiKeys.put(key.id, key)
  return { key, secret }
}

/** No descriptor at all means everything that the owner may. */
function grantsAnything(roles: NamedRoles): boolean {
  const given = Object.values(roles)
  return (
    given.length === 0 ||
    given.some(({ cluster, indices, applications, runAs, global }) =>
      [cluster, indices, applications, runAs, Object.keys(global ?? {})].some((privileges) => privileges.length > 0),
    )
  )
}

function limitsOf(caller: Caller, roles: NodeContext['security']['roles']): NamedRoles {
  if (caller.apiKey !== undefined) {
    const limits: readonly Role[] = permissionOf(caller, roles).flat()
    return Object.fromEntries(limits.map((role, index) => [`limit-${index}`, role]))
  }
  const held = caller.authentication.roles.map((name) => [name, roles.get(name)] as const)
  return Object.fromEntries(held.flatMap(([name, role]) => (role === undefined ? [] : [[name, role]])))
}

/** The caller as the owner of keys: behind a key stands its owner. */
export function askerOf({ authentication, apiKey }: Caller): Asker {
  if (apiKey !== undefined) return { username: apiKey.owner.username, realm: apiKey.owner.realm, apiKeyId: apiKey.id }
  return { username: authentication.username, realm: homeRealmOf(authentication).name, apiKeyId: undefined }
}

export function findApiKeys(
  query: ApiKeyQuery,
  caller: Caller,
  { security }: Pick<NodeContext, 'security'>,
): readonly ApiKey[] {
  const asker = askerOf(caller)
  return security.apiKeys
    .entries()
    .map(([, key]) => key)
    .filter((key) => fitsQuery(key, query, asker))
}

interface InvalidatedKeys {
  readonly now: readonly string[]
  readonly before: readonly string[]
}

/** Ends the keys of the query that have not ended yet. Of several that end a key at once, one has ended it; to the others it had ended before. */
export async function invalidateApiKeys(
  query: ApiKeyQuery,
  caller: Caller,
  { security, clock }: NodeContext,
): Promise<InvalidatedKeys> {
  const keys = findApiKeys(query, caller, { security }).filter(({ invalidatedAt }) => invalidatedAt === undefined)
  const areOurs = await Promise.all(keys.map(({ id }) => security.claimInvalidation(id)))
  for (const { id } of keys) {
    // As it is by now.
    const key = security.apiKeys.get(id)
    if (key !== undefined && key.invalidatedAt === undefined) {
      security.apiKeys.put(id, { ...key, invalidatedAt: clock.now() })
    }
  }
  const ids = keys.map(({ id }) => id)
  return { now: ids.filter((_id, at) => areOurs[at]), before: ids.filter((_id, at) => !areOurs[at]) }
}
