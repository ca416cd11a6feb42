import type { NodeContext } from '../node-context.ts'
import { complaintsAboutName } from '../security/names.ts'
import type { UserChange } from '../security/parse-user.ts'
import { isReservedUser } from '../security/reserved-users.ts'
import { requestError, validationError } from '../security/security-errors.ts'

/** Creates a native user, or replaces all of one but a password that is not given (es:NativeUsersStore). Whether it is new. */
export function putUser(username: string, change: UserChange, { security }: NodeContext): boolean {
  const { password, roles = [], fullName = null, email = null, metadata = {}, enabled = true } = change
  const complaints = [
    ...complaintsAboutUsername(username),
    ...roles.flatMap((role) => complaintsAboutName('Role', role)),
  ]
  if (complaints.length > 0) throw requestError(complaints)
  const kept = password ?? security.users.get(username)?.password
  if (kept === undefined) throw validationError('password must be specified unless you are updating an existing user')
  return security.users.put(username, { username, password: kept, roles, fullName, email, metadata, enabled })
}

function complaintsAboutUsername(username: string): readonly string[] {
  if (isReservedUser(username)) return [`user [${username}] is reserved and only the password can be changed`]
  return complaintsAboutName('User', username)
}
