import { readTimeValue } from '../../../../realm/settings/read-time-value.ts'
import { askerOf, createApiKey, findApiKeys, invalidateApiKeys, type NewApiKey } from '../../../actions/api-keys.ts'
import type { AuthorizedAction } from '../../../authorize.ts'
import type { Dialect } from '../../../dialect.ts'
import { ElasticsearchError, illegalArgument } from '../../../elasticsearch-error.ts'
import type { Caller } from '../../../node-context.ts'
import { ACTION, type ActionName } from '../../../privileges.ts'
import { apiKeyJson } from '../../../security/api-key.ts'
import { type ApiKeyQuery, isAboutOwnKeys, isActive } from '../../../security/api-key-query.ts'
import { field, type JsonObject } from '../../../security/json-fields.ts'
import { hasReservedKey } from '../../../security/names.ts'
import { parseRole } from '../../../security/parse-role.ts'
import { complaintsAboutRole } from '../../../security/role-complaints.ts'
import { ok } from '../../answer.ts'
import { objectParser } from '../../object-parser.ts'
import { type Method, type RestCall, type Route, route } from '../../route.ts'

const path = '/_security/api_key'
const isKnownTo = ({ hasApiKeys }: Dialect): boolean => hasApiKeys

const parseNewKey = objectParser({
  name: 'api_key_request',
  fields: { name: 'text', expiration: 'text', role_descriptors: 'object', metadata: 'object' },
})

const create = (method: Method): Route =>
  route({
    method,
    path,
    takesBody: true,
    parameters: ['refresh'],
    isKnownTo,
    read: readNewKey,
    validate: ({ name, roles, metadata }) => [
      ...complaintsAboutKeyName(name),
      ...(hasReservedKey(metadata) ? ['API key metadata keys may not start with [_]'] : []),
      ...Object.values(roles).flatMap(complaintsAboutRole),
    ],
    action: () => ({ name: ACTION.createApiKey, onOwnApiKeys: true }),
    run: (input, { caller, node }) => {
      const { key, secret } = createApiKey(input, caller, node)
      return ok({
        id: key.id,
        name: key.name,
        ...(key.expiresAt !== undefined && { expiration: key.expiresAt }),
        api_key: secret,
        encoded: Buffer.from(`${key.id}:${secret}`).toString('base64'),
      })
    },
  })

function readNewKey({ body, warn }: RestCall): NewApiKey {
  const { name, expiration, role_descriptors: descriptors = {}, metadata = {} } = parseNewKey(body, warn)
  if (name === undefined) throw illegalArgument('Required [name]')
  const roles = Object.entries(descriptors).map(
    ([role, json]) => [role, parseRole(role, asObject(role, json))] as const,
  )
  const lifetimeMs = expiration === undefined ? undefined : readLifetime(expiration)
  return { name, roles: Object.fromEntries(roles), lifetimeMs, metadata }
}

/** A node counts a key's life in whole seconds. */
function readLifetime(expiration: string): number {
  const reading = readTimeValue('expiration', expiration)
  if ('ms' in reading) return Math.trunc(reading.ms / 1_000) * 1_000
  throw new ElasticsearchError({
    status: 400,
    type: 'x_content_parse_exception',
    reason: 'Failed to build [api_key_request] after last required field arrived',
    causedBy: { type: 'illegal_argument_exception', reason: reading.refusal },
  })
}

const asObject = (role: string, json: unknown): JsonObject => field.object(role, json)

function complaintsAboutKeyName(name: string): readonly string[] {
  if (name === '') return ['api key name is required']
  return [
    ...(name.length > 256 ? ['api key name may not be more than 256 characters long'] : []),
    ...(name !== name.trim() ? ['api key name may not begin or end with whitespace'] : []),
    ...(name.startsWith('_') ? ['api key name may not begin with an underscore'] : []),
  ]
}

const get = route({
  method: 'GET',
  path,
  takesBody: false,
  parameters: ['id', 'name', 'username', 'realm_name', 'owner', 'with_limited_by', 'active_only'],
  isKnownTo,
  read: ({ parameters }) => ({
    query: readQuery(parameters),
    withLimits: isSet(parameters.get('with_limited_by')),
    activeOnly: isSet(parameters.get('active_only')),
  }),
  validate: ({ query }) => complaintsAboutQuery(query, { verb: 'retrieving', keyId: 'api key id' }),
  action: ({ query }, { caller }) => onKeys(ACTION.getApiKeys, query, caller),
  run: ({ query, withLimits, activeOnly }, { caller, node }) => {
    const keys = findApiKeys(query, caller, node).filter((key) => !activeOnly || isActive(key, node.clock.now()))
    const body = { api_keys: keys.map((key) => apiKeyJson(key, { withLimits })) }
    return query.ids !== undefined && keys.length === 0 ? { status: 404, body } : ok(body)
  },
})

function readQuery(parameters: URLSearchParams): ApiKeyQuery {
  const id = textOf(parameters.get('id'))
  return {
    ids: id === undefined ? undefined : [id],
    name: textOf(parameters.get('name')),
    username: textOf(parameters.get('username')),
    realmName: textOf(parameters.get('realm_name')),
    owner: isSet(parameters.get('owner')),
  }
}

const isSet = (value: string | null): boolean => value !== null && value !== 'false'
const textOf = (value: string | null | undefined): string | undefined =>
  value === null || value === undefined || value.trim() === '' ? undefined : value

function onKeys(name: ActionName, query: ApiKeyQuery, caller: Caller): AuthorizedAction {
  return { name, onOwnApiKeys: isAboutOwnKeys(query, askerOf(caller)) }
}

const parseInvalidation = objectParser({
  name: 'invalidate_api_key',
  fields: { realm_name: 'text', username: 'text', name: 'text', owner: 'flag', ids: 'texts' },
})

const invalidate = route({
  method: 'DELETE',
  path,
  takesBody: true,
  isKnownTo,
  read: ({ body, warn }): ApiKeyQuery => {
    const { realm_name: realmName, username, name, owner = false, ids } = parseInvalidation(body, warn)
    return { ids, name: textOf(name), username: textOf(username), realmName: textOf(realmName), owner }
  },
  validate: (query) => {
    if (query.ids?.length === 0) return ['Field [ids] cannot be an empty array']
    const { ids, name, username, realmName, owner } = query
    const isAboutNothing = [ids, name, username, realmName].every((value) => value === undefined) && !owner
    return [
      ...(isAboutNothing
        ? ['One of [api key id(s), api key name, username, realm name] must be specified if [owner] flag is false']
        : []),
      ...complaintsAboutQuery(query, { verb: 'invalidating', keyId: 'api key id(s)' }),
    ]
  },
  action: (query, { caller }) => onKeys(ACTION.invalidateApiKeys, query, caller),
  run: async (query, { caller, node }) => {
    const { now, before } = await invalidateApiKeys(query, caller, node)
    return ok({ invalidated_api_keys: now, previously_invalidated_api_keys: before, error_count: 0 })
  },
})

function complaintsAboutQuery(
  { ids, name, username, realmName, owner }: ApiKeyQuery,
  { verb, keyId }: { verb: string; keyId: string },
): readonly string[] {
  const namesKeys = ids !== undefined || name !== undefined
  const namesOwner = username !== undefined || realmName !== undefined
  return [
    ...(namesKeys && namesOwner
      ? [`username or realm name must not be specified when the ${keyId} or api key name are specified`]
      : []),
    ...(owner && namesOwner ? [`neither username nor realm-name may be specified when ${verb} owned API keys`] : []),
    ...(ids !== undefined && name !== undefined ? [`only one of [${keyId}, api key name] can be specified`] : []),
  ]
}

/** Keys that stand in for their owners. */
export const apiKeyRoutes: readonly Route[] = [get, create('POST'), create('PUT'), invalidate]
