import { isDeepStrictEqual } from 'node:util'
import { type ApplicationPrivileges, type IndicesPrivileges, indicesJson, type Role } from './role.ts'

/** What roles give together, as a node lists it to whom it concerns (es:RBACEngine.buildUserPrivilegesResponseObject). */
export function userPrivilegesJson(roles: readonly Role[]): object {
  return {
    cluster: sorted(roles.flatMap(({ cluster }) => cluster)),
    global: roles.flatMap(({ global = {} }) => Object.entries(global).map(([name, value]) => ({ [name]: value }))),
    indices: roles.flatMap(indicesOf).reduce(merge, []).map(listed),
    applications: roles.flatMap(({ applications }) => applications).reduce(mergeApplications, []),
    run_as: sorted(roles.flatMap(({ runAs }) => runAs)),
  }
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort()

/** A role that only says of its indices that it gives none gives none. */
function indicesOf({ indices }: Role): readonly IndicesPrivileges[] {
  return indices.length === 1 && indices[0]?.privileges[0] === 'none' ? [] : indices
}

/** What is over the same resources of an application becomes one. */
function mergeApplications(
  groups: readonly ApplicationPrivileges[],
  { application, privileges, resources }: ApplicationPrivileges,
): readonly ApplicationPrivileges[] {
  const next = { application, privileges: sorted(privileges), resources: sorted(resources) }
  const group = groups.find(
    (each) => each.application === application && isDeepStrictEqual(each.resources, next.resources),
  )
  if (group === undefined) return [...groups, next]
  return groups.with(groups.indexOf(group), { ...group, privileges: sorted([...group.privileges, ...privileges]) })
}

/** What is over the same names becomes one, unless only a part of their documents or fields is meant. */
function merge(groups: readonly IndicesPrivileges[], next: IndicesPrivileges): readonly IndicesPrivileges[] {
  const group = groups.find((each) => isDeepStrictEqual(scopeOf(each), scopeOf(next)))
  if (group === undefined) return [...groups, next]
  return groups.with(groups.indexOf(group), { ...group, privileges: [...group.privileges, ...next.privileges] })
}

function scopeOf({ names, privileges: _, ...others }: IndicesPrivileges): object {
  return { ...others, names: sorted(names) }
}

/** Here fields and queries stand in a list, since several may come together. */
function listed({ names, privileges, ...group }: IndicesPrivileges): object {
  const { fieldSecurity, query } = group
  return {
    ...indicesJson({ ...group, names: sorted(names), privileges: sorted(privileges) }),
    ...(fieldSecurity !== undefined && { field_security: [fieldSecurity] }),
    ...(query !== undefined && { query: [query] }),
  }
}
