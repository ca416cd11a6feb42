import { type ApiKey, isExpired } from './api-key.ts'

/** Which keys a call is about. */
export interface ApiKeyQuery {
  readonly ids?: readonly string[] | undefined
  readonly name?: string | undefined
  readonly username?: string | undefined
  readonly realmName?: string | undefined
  readonly owner: boolean
}

/** Who asks: a user, or a key of theirs. */
export interface Asker {
  readonly username: string
  readonly realm: string
  readonly apiKeyId: string | undefined
}

/** Whether the key is one of those asked for; a name may end in a star. */
export function fitsQuery(key: ApiKey, { ids, name, username, realmName, owner }: ApiKeyQuery, asker: Asker): boolean {
  return (
    (ids === undefined || ids.includes(key.id)) &&
    (name === undefined || fitsName(key.name, name)) &&
    (username === undefined || key.owner.username === username) &&
    (realmName === undefined || key.owner.realm === realmName) &&
    (!owner || (key.owner.username === asker.username && key.owner.realm === asker.realm))
  )
}

function fitsName(name: string, asked: string): boolean {
  return asked.endsWith('*') ? name.startsWith(asked.slice(0, -1)) : name === asked
}

/** Whether the keys of a query can only be the asker's own, so that `manage_own_api_key` is enough (es:ManageOwnApiKeyClusterPrivilege). */
export function isAboutOwnKeys(query: ApiKeyQuery, { username, realm, apiKeyId }: Asker): boolean {
  if (apiKeyId !== undefined && query.ids?.length === 1 && query.ids[0] === apiKeyId) return true
  return query.owner || (query.username === username && query.realmName === realm)
}

/** Whether the key can still be used. */
export const isActive = (key: ApiKey, now: number): boolean => key.invalidatedAt === undefined && !isExpired(key, now)
