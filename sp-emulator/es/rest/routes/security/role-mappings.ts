import { ElasticsearchError, illegalArgument } from '../../../elasticsearch-error.ts'
import { ACTION } from '../../../privileges.ts'
import { hasReservedKey } from '../../../security/names.ts'
import { parseRules } from '../../../security/parse-rules.ts'
import { type RoleMapping, roleMappingJson } from '../../../security/role-mapping.ts'
import { ok } from '../../answer.ts'
import { objectParser } from '../../object-parser.ts'
import { type Method, type RestCall, type Route, route } from '../../route.ts'
import { answerFound, answerNamed } from './listing.ts'

const parse = objectParser({
  name: 'role-mapping',
  fields: {
    roles: 'texts',
    role_templates: 'any',
    rules: 'object',
    metadata: 'object',
    enabled: 'flag',
    doc_type: 'text',
    type: 'text',
  },
})

const put = (method: Method): Route =>
  route({
    method,
    path: '/_security/role_mapping/{name}',
    takesBody: true,
    parameters: ['refresh'],
    read: (call) => ({ name: call.pathParameter, mapping: readMapping(call) }),
    validate: ({ mapping: { roles, metadata } }) => [
      ...(roles.length === 0 ? ['role-mapping roles or role-templates are missing'] : []),
      ...(hasReservedKey(metadata) ? ['metadata keys may not start with [_]'] : []),
    ],
    action: () => ACTION.putRoleMapping,
    run: ({ name, mapping }, { node }) => {
      const created = node.security.roleMappings.put(name, mapping)
      return ok({ role_mapping: { created } })
    },
  })

function readMapping({ pathParameter: name, body, warn }: RestCall): RoleMapping {
  return parseRoleMapping(name, body, warn)
}

/** The mapping that a body is. @throws ElasticsearchError as the API answers */
export function parseRoleMapping(
  name: string,
  body: Buffer | undefined,
  warn: (text: string) => void = () => undefined,
): RoleMapping {
  const {
    roles,
    role_templates: templates,
    rules,
    metadata = {},
    enabled,
  } = asParsingException(() => parse(body, warn))
  if (templates !== undefined) throw noTemplates()
  if (roles === undefined) throw missing(name, 'roles')
  if (rules === undefined) throw missing(name, 'rules')
  if (enabled === undefined) throw missing(name, 'enabled')
  return { enabled, roles, rules: readRules(rules), metadata }
}

/** A node reports what its parser of mappings refuses as another kind of exception (es:ExpressionRoleMapping.parse). */
function asParsingException<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ElasticsearchError) || error.type !== 'x_content_parse_exception') throw error
    throw parsingException(error.message, { type: error.type, cause: error })
  }
}

function readRules(json: unknown) {
  try {
    return parseRules(json)
  } catch (error) {
    if (!(error instanceof ElasticsearchError) || error.type !== 'parse_exception') throw error
    const reason = '[role-mapping] failed to parse field [rules]'
    throw parsingException(reason, { type: error.type, causeReason: error.message, cause: error })
  }
}

const missing = (name: string, field: string): ElasticsearchError =>
  parsingException(`failed to parse role-mapping [${name}]. missing field [${field}]`, {
    type: 'illegal_state_exception',
  })

function parsingException(
  reason: string,
  { type, causeReason = reason, cause }: { type: string; causeReason?: string; cause?: unknown },
): ElasticsearchError {
  const causedBy = { type, reason: causeReason }
  return new ElasticsearchError({ status: 400, type: 'parsing_exception', reason, causedBy, cause })
}

const noTemplates = () =>
  illegalArgument('[role_templates] are not supported by this emulator, which has no script engine; send [roles]')

const get = (path: string): Route =>
  route({
    method: 'GET',
    path,
    takesBody: false,
    read: ({ pathParameter }) => pathParameter,
    action: () => ACTION.getRoleMappings,
    run: (names, { node }) => answerNamed(names, node.security.roleMappings.entries(), roleMappingJson),
  })

const remove = route({
  method: 'DELETE',
  path: '/_security/role_mapping/{name}',
  takesBody: false,
  parameters: ['refresh'],
  read: ({ pathParameter }) => pathParameter,
  action: () => ACTION.deleteRoleMapping,
  run: (name, { node }) => answerFound(node.security.roleMappings.delete(name)),
})

/** Who gets which roles when a realm other than the native one lets them in. */
export const roleMappingRoutes: readonly Route[] = [
  get('/_security/role_mapping'),
  get('/_security/role_mapping/{name}'),
  put('POST'),
  put('PUT'),
  remove,
]
