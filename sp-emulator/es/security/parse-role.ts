import { field, isObject, type JsonObject, tokenOf } from './json-fields.ts'
import { complaintsAboutName } from './names.ts'
import { type ApplicationPrivileges, emptyRole, type IndicesPrivileges, type Role } from './role.ts'
import { parseError, validationError } from './security-errors.ts'

/** Reads a role's body, with a node's refusals (es:RoleDescriptor). @throws ElasticsearchError 400 */
export function parseRole(name: string, json: JsonObject): Role {
  const [complaint] = complaintsAboutName('Role', name)
  if (complaint !== undefined) throw validationError(complaint)
  let role: Role = emptyRole
  for (const [key, value] of Object.entries(json)) role = { ...role, ...readField(name, key, value) }
  return role
}

function readField(role: string, key: string, value: unknown): Partial<Role> {
  switch (key) {
    case 'cluster':
      return { cluster: field.textsOrNull(key, value) }
    case 'run_as':
      return { runAs: field.textsOrNull(key, value) }
    case 'index':
    case 'indices':
      return { indices: parseIndices(role, key, value) }
    case 'application':
    case 'applications':
      return { applications: parseApplications(role, key, value) }
    case 'global':
      return { global: field.object(key, value) }
    case 'metadata':
      return { metadata: field.object(key, value) }
    case 'description':
      return { description: field.text(key, value) }
    case 'transient_metadata':
      field.object(key, value)
      return {}
    default:
      throw parseError(`failed to parse role [${role}]. unexpected field [${key}]`)
  }
}

/** @throws ElasticsearchError 400 parse_exception */
export function parseIndices(role: string, key: string, value: unknown): readonly IndicesPrivileges[] {
  return listOfObjects(value, { subject: `indices privileges for role [${role}]`, key }).map((item) =>
    parseIndex(`failed to parse indices privileges for role [${role}]`, item),
  )
}

function parseIndex(failed: string, item: JsonObject): IndicesPrivileges {
  let entry: Partial<IndicesPrivileges> = {}
  for (const [key, value] of Object.entries(item)) entry = { ...entry, ...readIndexField(failed, key, value) }
  const { names, privileges } = entry
  if (names === undefined) throw parseError(`${failed}. missing required [names] field`)
  if (privileges === undefined) throw parseError(`${failed}. missing required [privileges] field`)
  return { allowRestrictedIndices: false, ...entry, names, privileges }
}

function readIndexField(failed: string, key: string, value: unknown): Partial<IndicesPrivileges> {
  switch (key) {
    case 'names': {
      const names = typeof value === 'string' ? [value] : field.texts(key, value)
      if (names.length === 0) throw parseError(`${failed}. [${key}] cannot be an empty array`)
      return { names }
    }
    case 'privileges':
      return { privileges: field.texts(key, value) }
    case 'allow_restricted_indices':
      return { allowRestrictedIndices: field.flag(key, value) }
    case 'query':
      if (value === null || value === '') return {}
      return { query: isObject(value) ? JSON.stringify(value) : field.text(key, value) }
    case 'field_security':
      return { fieldSecurity: parseFieldSecurity(failed, field.object(key, value)) }
    default:
      throw parseError(`${failed}. unexpected field [${key}]`)
  }
}

function parseFieldSecurity(failed: string, json: JsonObject): NonNullable<IndicesPrivileges['fieldSecurity']> {
  const { grant, except, ...others } = json
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    throw parseError(`${failed}. "field_security" only accepts options grant and except, but got: ${unknown}`)
  }
  if (grant === undefined && except === undefined) throw parseError(`${failed}. "field_security" must not be empty.`)
  if (grant === undefined) throw parseError(`${failed}. field_security requires grant if except is given`)
  return {
    grant: field.texts('grant', grant),
    ...(except !== undefined && { except: field.texts('except', except) }),
  }
}

/** @throws ElasticsearchError 400 parse_exception */
export function parseApplications(role: string, key: string, value: unknown): readonly ApplicationPrivileges[] {
  const failed = `failed to parse application privileges for role [${role}]`
  return listOfObjects(value, { subject: `application privileges for role [${role}]`, key }).map((item) => {
    const { application, privileges, resources, ...others } = item
    const [unknown] = Object.keys(others)
    if (unknown !== undefined) throw parseError(`${failed}. unexpected field [${unknown}]`)
    if (application === undefined) throw parseError(`${failed}. missing required [application] field`)
    if (resources === undefined) throw parseError(`${failed}. missing required [resources] field`)
    if (privileges === undefined) throw parseError(`${failed}. missing required [privileges] field`)
    return {
      application: field.text('application', application),
      privileges: field.texts('privileges', privileges),
      resources: field.texts('resources', resources),
    }
  })
}

function listOfObjects(value: unknown, { subject, key }: { subject: string; key: string }): readonly JsonObject[] {
  const failed = `failed to parse ${subject}. expected field [${key}] value to be an array`
  if (!Array.isArray(value)) throw parseError(`${failed}, but found [${tokenOf(value)}] instead`)
  return value.map((item: unknown) => {
    if (isObject(item)) return item
    throw parseError(`${failed} of objects, but found an array element of type [${tokenOf(item)}]`)
  })
}
