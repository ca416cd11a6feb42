import { permissionOf } from '../../../authorize.ts'
import { illegalArgument } from '../../../elasticsearch-error.ts'
import { ACTION } from '../../../privileges.ts'
import { userPrivilegesJson } from '../../../security/user-privileges.ts'
import { ok } from '../../answer.ts'
import { route } from '../../route.ts'

/** All that the caller may do; every authenticated caller may ask (es:RestGetUserPrivilegesAction). */
export const userPrivileges = route({
  method: 'GET',
  path: '/_security/user/_privileges',
  takesBody: false,
  read: () => undefined,
  action: () => ({ name: ACTION.userPrivileges, isOpen: true }),
  run: (_input, { caller, node }) => {
    const [roles = [], ...limits] = permissionOf(caller, node.security.roles)
    if (limits.length > 0) {
      throw illegalArgument(
        'Cannot retrieve privileges for API keys with assigned role descriptors. ' +
          'Please use the Get API key information API https://ela.st/es-api-get-api-key',
      )
    }
    return ok(userPrivilegesJson(roles))
  },
})
