import { homeRealmOf } from '../../../../tokens/authentication.ts'
import { changePassword, deleteUser, setEnabled } from '../../../actions/change-user.ts'
import { putUser } from '../../../actions/put-user.ts'
import { ACTION } from '../../../privileges.ts'
import { hasReservedKey } from '../../../security/names.ts'
import { parsePasswordChange, parseUser } from '../../../security/parse-user.ts'
import { userJson } from '../../../security/user.ts'
import { ok } from '../../answer.ts'
import { readFields } from '../../object-parser.ts'
import { type Method, type RestCall, type Route, route } from '../../route.ts'
import { answerFound, answerNamed } from './listing.ts'

const put = (method: Method): Route =>
  route({
    method,
    path: '/_security/user/{username}',
    takesBody: true,
    parameters: ['refresh'],
    read: ({ pathParameter: username, body }) => ({
      username,
      change: parseUser(username, readFields(body, 'user')),
    }),
    validate: ({ change: { roles, metadata = {} } }) => [
      ...(roles === undefined ? ['roles are missing'] : []),
      ...(hasReservedKey(metadata) ? ['metadata keys may not start with [_]'] : []),
    ],
    action: () => ACTION.putUser,
    run: ({ username, change }, { node }) => ok({ created: putUser(username, change, node) }),
  })

const get = (path: string): Route =>
  route({
    method: 'GET',
    path,
    takesBody: false,
    parameters: ['with_profile_uid'],
    read: ({ pathParameter }) => pathParameter,
    action: () => ACTION.getUsers,
    run: (names, { node }) => answerNamed(names, node.security.users.entries(), userJson),
  })

const remove = route({
  method: 'DELETE',
  path: '/_security/user/{username}',
  takesBody: false,
  parameters: ['refresh'],
  read: ({ pathParameter }) => pathParameter,
  action: () => ACTION.deleteUser,
  run: (username, { node }) => answerFound(deleteUser(username, node)),
})

const password = (method: Method, path: string): Route =>
  route({
    method,
    path,
    takesBody: true,
    parameters: ['refresh'],
    read: ({ pathParameter, body, caller }) => ({
      username: pathParameter === '' ? caller.authentication.username : pathParameter,
      password: parsePasswordChange(readFields(body, 'change_password')),
    }),
    validate: (input) => (input.password === undefined ? ['password is missing'] : []),
    action: ({ username }, { caller }) => ({ name: ACTION.changePassword, isOpen: ownsPassword(username, caller) }),
    run: (input, { node }) => {
      changePassword(input.username, input.password ?? '', node)
      return ok({})
    },
  })

/**
 * Whoever came with a password, and not with a token or a key, may change the password of the user that they are or run as, where the node keeps it
 * (es:RBACEngine.checkChangePasswordAction).
 */
function ownsPassword(username: string, { authentication, type }: RestCall['caller']): boolean {
  const { type: realm } = homeRealmOf(authentication)
  return type === 'realm' && authentication.username === username && (realm === 'native' || realm === 'reserved')
}

const enable = (method: Method, { enabled }: { enabled: boolean }): Route =>
  route({
    method,
    path: `/_security/user/{username}/${enabled ? '_enable' : '_disable'}`,
    takesBody: false,
    parameters: ['refresh'],
    read: ({ pathParameter }) => pathParameter,
    action: () => ACTION.setEnabled,
    run: (username, { caller, node }) => {
      setEnabled({ username, enabled }, caller, node)
      return ok({})
    },
  })

const writing: readonly Method[] = ['POST', 'PUT']

/** Users of the cluster itself. */
export const userRoutes: readonly Route[] = [
  get('/_security/user'),
  get('/_security/user/{username}'),
  ...writing.map(put),
  remove,
  ...writing.map((method) => password(method, '/_security/user/_password')),
  ...writing.map((method) => password(method, '/_security/user/{username}/_password')),
  ...writing.map((method) => enable(method, { enabled: true })),
  ...writing.map((method) => enable(method, { enabled: false })),
]
