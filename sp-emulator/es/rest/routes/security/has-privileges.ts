import { permissionOf } from '../../../authorize.ts'
import { illegalArgument } from '../../../elasticsearch-error.ts'
import { ACTION } from '../../../privileges.ts'
import { findClusterPrivilege, unknownClusterPrivilege } from '../../../security/cluster-privilege.ts'
import { checkPrivileges, type PrivilegesToCheck } from '../../../security/has-privileges.ts'
import { findIndexPrivilege, unknownIndexPrivilege } from '../../../security/index-privileges.ts'
import { parsePrivileges } from '../../../security/parse-privileges.ts'
import { ok } from '../../answer.ts'
import { readFields } from '../../object-parser.ts'
import { type Method, type Route, route } from '../../route.ts'

const hasPrivileges = (method: Method, path: string): Route =>
  route({
    method,
    path,
    takesBody: true,
    read: ({ pathParameter, body, caller }) => {
      const username = pathParameter === '' ? caller.authentication.username : pathParameter
      return { username, asked: parsePrivileges(username, readFields(body, 'privileges')) }
    },
    action: ({ username }, { caller }) => ({
      name: ACTION.hasPrivileges,
      isOpen: caller.authentication.username === username,
    }),
    run: ({ username, asked }, { caller, node }) => {
      if (caller.authentication.username !== username) {
        throw illegalArgument('users may only check the privileges of their own account')
      }
      refuseUnknown(asked)
      const held = checkPrivileges(permissionOf(caller, node.security.roles), asked)
      const { hasAll, cluster, index, application } = held
      return ok({ username, has_all_requested: hasAll, cluster, index, application })
    },
  })

function refuseUnknown({ cluster, index }: PrivilegesToCheck): void {
  const unknown = cluster.find((name) => findClusterPrivilege(name) === undefined)
  if (unknown !== undefined) throw illegalArgument(unknownClusterPrivilege(unknown))
  const names = index.flatMap(({ privileges }) => privileges)
  const unknownOverIndex = names.find((name) => findIndexPrivilege(name) === undefined)
  if (unknownOverIndex !== undefined) throw illegalArgument(unknownIndexPrivilege(unknownOverIndex))
}

const paths = ['/_security/user/_has_privileges', '/_security/user/{username}/_has_privileges']

/** What the caller may do, asked by the caller. */
export const hasPrivilegesRoutes: readonly Route[] = paths.flatMap((path) => [
  hasPrivileges('GET', path),
  hasPrivileges('POST', path),
])
