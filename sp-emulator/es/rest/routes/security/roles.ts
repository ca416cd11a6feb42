import { illegalArgument } from '../../../elasticsearch-error.ts'
import { ACTION } from '../../../privileges.ts'
import { parseRole } from '../../../security/parse-role.ts'
import { roleJson } from '../../../security/role.ts'
import { complaintsAboutRole } from '../../../security/role-complaints.ts'
import { isReservedRole } from '../../../security/role-store.ts'
import { ok } from '../../answer.ts'
import { readFields } from '../../object-parser.ts'
import { type Method, type Route, route } from '../../route.ts'
import { answerFound, answerNamed } from './listing.ts'

const putRole = (method: Method): Route =>
  route({
    method,
    path: '/_security/role/{name}',
    takesBody: true,
    parameters: ['refresh'],
    read: ({ pathParameter: name, body }) => ({ name, role: parseRole(name, readFields(body, 'role')) }),
    validate: ({ name, role }) => [
      ...(isReservedRole(name) ? [`Role [${name}] is reserved and may not be used.`] : []),
      ...complaintsAboutRole(role),
    ],
    action: () => ACTION.putRole,
    run: ({ name, role }, { node }) => ok({ role: { created: node.security.roles.put(name, role) } }),
  })

const getRoles = (path: string): Route =>
  route({
    method: 'GET',
    path,
    takesBody: false,
    read: ({ pathParameter }) => pathParameter,
    action: () => ACTION.getRoles,
    run: (names, { node }) => answerNamed(names, node.security.roles.entries(), roleJson),
  })

const deleteRole = route({
  method: 'DELETE',
  path: '/_security/role/{name}',
  takesBody: false,
  parameters: ['refresh'],
  read: ({ pathParameter }) => pathParameter,
  action: () => ACTION.deleteRole,
  run: (name, { node }) => {
    if (isReservedRole(name)) throw illegalArgument(`role [${name}] is reserved and cannot be deleted`)
    return answerFound(node.security.roles.delete(name))
  },
})

/** What users may do, by the names of roles. */
export const roleRoutes: readonly Route[] = [
  getRoles('/_security/role'),
  getRoles('/_security/role/{name}'),
  putRole('POST'),
  putRole('PUT'),
  deleteRole,
]
