import { illegalArgument } from '../elasticsearch-error.ts'
import type { Caller, NodeContext } from '../node-context.ts'
import { isReservedUser } from '../security/reserved-users.ts'
import { validationError } from '../security/security-errors.ts'

/** Gives a native or reserved user another password. */
export function changePassword(username: string, password: string, { security: { users } }: NodeContext): void {
  const user = users.get(username)
  if (user === undefined) throw validationError('user must exist in order to change password')
  users.put(username, { ...user, password })
}

/** Lets a user log in, or no longer; nobody does that to themselves. */
export function setEnabled(
  { username, enabled }: { username: string; enabled: boolean },
  caller: Caller,
  { security: { users } }: NodeContext,
): void {
  if (caller.authentication.username === username) {
    throw illegalArgument('users may not update the enabled status of their own account')
  }
  const user = users.get(username)
  if (user === undefined) throw validationError(`only existing users can be ${enabled ? 'enabled' : 'disabled'}`)
  users.put(username, { ...user, enabled })
}

/** Whether there was such a user to delete. */
export function deleteUser(username: string, { security: { users } }: NodeContext): boolean {
  if (isReservedUser(username)) throw illegalArgument(`user [${username}] is reserved and cannot be deleted`)
  return users.delete(username)
}
