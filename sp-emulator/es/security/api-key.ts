import { createHash, timingSafeEqual } from 'node:crypto'
import type { Authentication } from '../../tokens/authentication.ts'
import { type Metadata, type Role, roleJson } from './role.ts'

export type NamedRoles = Readonly<Record<string, Role>>

/** A key that stands in for its owner, with no more rights than both had and were given (es:ApiKeyService). */
export interface ApiKey {
  readonly id: string
  readonly name: string
  /** SHA-256 of the secret half. */
  readonly secretHash: string
  readonly createdAt: number
  /** Undefined for a key that does not expire. */
  readonly expiresAt: number | undefined
  readonly invalidatedAt: number | undefined
  readonly owner: { readonly username: string; readonly realm: string; readonly realmType: string }
  readonly metadata: Metadata
  /** What was asked for; when empty, the key may do what its owner could. */
  readonly roles: NamedRoles
  /** What the owner could do when the key was made: the key never can do more. */
  readonly limitedBy: NamedRoles
}

export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

export const isExpired = ({ expiresAt }: ApiKey, now: number): boolean => expiresAt !== undefined && now >= expiresAt

/** Why these credentials log nobody in, in a node's words; undefined when they do. */
export function complaintAboutKey(
  key: ApiKey | undefined,
  { id, secret, now }: { id: string; secret: string; now: number },
): string | undefined {
  if (key === undefined) return `unable to find apikey with id ${id}`
  if (key.invalidatedAt !== undefined) return `api key [${id}] has been invalidated`
  if (!timingSafeEqual(Buffer.from(key.secretHash), Buffer.from(hashSecret(secret)))) {
    return `invalid credentials for API key [${id}]`
  }
  return isExpired(key, now) ? 'api key is expired' : undefined
}

/** Who a call with the key speaks for: its owner, but by a realm of keys, and without roles (spec §1.12). */
export function identityOfKey({ owner }: ApiKey): Authentication {
  const realm = { name: '_es_api_key', type: '_es_api_key' }
  return { username: owner.username, roles: [], fullName: null, email: null, metadata: {}, realm }
}

/** A key as the API shows it, in a node's order, without its secret. */
export function apiKeyJson(key: ApiKey, { withLimits }: { withLimits: boolean }): object {
  const { id, name, createdAt, expiresAt, invalidatedAt, owner, metadata, roles, limitedBy } = key
  return {
    id,
    name,
    type: 'rest',
    creation: createdAt,
    ...(expiresAt !== undefined && { expiration: expiresAt }),
    invalidated: invalidatedAt !== undefined,
    ...(invalidatedAt !== undefined && { invalidation: invalidatedAt }),
    username: owner.username,
    realm: owner.realm,
    realm_type: owner.realmType,
    metadata,
    role_descriptors: rolesJson(roles),
    ...(withLimits && { limited_by: [rolesJson(limitedBy)] }),
  }
}

function rolesJson(roles: NamedRoles): object {
  return Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, roleJson(role)]))
}
