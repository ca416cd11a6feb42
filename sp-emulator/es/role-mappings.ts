import { ConfigError } from '#server/config'
import { parseRoleMapping } from './rest/routes/security/role-mappings.ts'
import type { RoleMapping } from './security/role-mapping.ts'

/** Role mappings by name. */
export type RoleMappings = ReadonlyMap<string, RoleMapping>

/** Reads bodies as the API takes them, by name. @throws ConfigError that names the mapping and says what the API would */
export function readRoleMappings(bodies: Readonly<Record<string, unknown>>): RoleMappings {
  return new Map(Object.entries(bodies).map(([name, body]) => [name, readBody(name, body)]))
}

function readBody(name: string, body: unknown): RoleMapping {
  try {
    return parseRoleMapping(name, Buffer.from(JSON.stringify(body)))
  } catch (cause) {
    const { message } = cause as Error
    throw new ConfigError(`roleMappings.${name}: ${message}`, { cause })
  }
}
