import type { PrivilegesToCheck } from './has-privileges.ts'
import { field, type JsonObject } from './json-fields.ts'
import { parseApplications, parseIndices } from './parse-role.ts'
import { parseError } from './security-errors.ts'

/** Reads which privileges are asked about (es:RoleDescriptor.parsePrivilegesToCheck). @throws ElasticsearchError 400 parse_exception */
export function parsePrivileges(
  username: string,
  { cluster, index, application, applications, ...others }: JsonObject,
): PrivilegesToCheck {
  const failed = `failed to parse privileges check [${username}]`
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) throw parseError(`${failed}. unexpected field [${unknown}]`)
  const asked = application ?? applications
  if (cluster === undefined && index === undefined && asked === undefined) {
    throw parseError(`${failed}. All privilege fields [cluster,index,applications] are missing`)
  }
  const indices = index === undefined ? [] : parseIndices(username, 'index', index)
  for (const { fieldSecurity, query } of indices) {
    if (fieldSecurity !== undefined) throw unsupported('field_security')
    if (query !== undefined) throw unsupported('query')
  }
  return {
    cluster: cluster === undefined ? [] : field.textsOrNull('cluster', cluster),
    index: indices,
    application: asked === undefined ? [] : parseApplications(username, 'application', asked),
  }
}

const unsupported = (name: string) => parseError(`Field [${name}] is not supported in a has_privileges request`)
