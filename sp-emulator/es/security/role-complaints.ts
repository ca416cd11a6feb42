import { findClusterPrivilege, unknownClusterPrivilege } from './cluster-privilege.ts'
import { findIndexPrivilege, unknownIndexPrivilege } from './index-privileges.ts'
import { hasReservedKey } from './names.ts'
import type { Role } from './role.ts'

/** What is wrong with a role that somebody wants to store (es:RoleDescriptorRequestValidator). */
export function complaintsAboutRole({ cluster, indices, metadata, description = '' }: Role): readonly string[] {
  const indexNames = indices.flatMap(({ privileges }) => privileges)
  return [
    ...cluster.filter((name) => findClusterPrivilege(name) === undefined).map(unknownClusterPrivilege),
    ...indexNames.filter((name) => findIndexPrivilege(name) === undefined).map(unknownIndexPrivilege),
    ...(hasReservedKey(metadata) ? ['role descriptor metadata keys may not start with [_]'] : []),
    ...(description.length > 1000 ? ['Role description must be less than 1000 characters.'] : []),
  ]
}
