import { illegalArgument } from '../elasticsearch-error.ts'
import { field, type JsonObject } from './json-fields.ts'
import type { Metadata } from './role.ts'
import { parseError, validationError } from './security-errors.ts'

/** A user's body; roles are missing when it did not name them. */
export interface UserChange {
  readonly password?: string
  readonly roles?: readonly string[]
  readonly fullName?: string | null
  readonly email?: string | null
  readonly metadata?: Metadata
  readonly enabled?: boolean
}

/** Reads a user's body, with a node's refusals (es:PutUserRequestBuilder). @throws ElasticsearchError 400 */
export function parseUser(username: string, json: JsonObject): UserChange {
  let change: UserChange = {}
  for (const [key, value] of Object.entries(json)) change = { ...change, ...readField(username, key, value) }
  return change
}

function readField(username: string, key: string, value: unknown): UserChange {
  switch (key) {
    case 'password':
      return { password: parsePassword(key, value) }
    case 'password_hash':
      throw noHashes()
    case 'roles':
      return { roles: typeof value === 'string' ? splitAtCommas(value) : field.texts(key, value) }
    case 'full_name':
      return { fullName: field.textOrNull(key, value) }
    case 'email':
      return { email: field.textOrNull(key, value) }
    case 'metadata':
      return { metadata: field.object(key, value) }
    case 'enabled':
      return { enabled: field.flag(key, value) }
    case 'username':
      if (field.text(key, value) === username) return {}
      throw illegalArgument(`[username] in source does not match the username provided [${username}]`)
    default:
      throw parseError(`failed to parse add user request. unexpected field [${key}]`)
  }
}

/** Reads the body of a change of password; undefined when it has none (es:ChangePasswordRequestBuilder). @throws ElasticsearchError 400 */
export function parsePasswordChange({ password, ...others }: JsonObject): string | undefined {
  const [unknown] = Object.keys(others)
  if (unknown === 'password_hash') throw noHashes()
  if (unknown !== undefined) throw parseError(`failed to parse change password request. unexpected field [${unknown}]`)
  return password === undefined ? undefined : parsePassword('password', password)
}

function parsePassword(key: string, value: unknown): string {
  const password = field.text(key, value)
  if (password.length < 6) throw validationError('passwords must be at least [6] characters long')
  return password
}

const noHashes = () =>
  illegalArgument('[password_hash] is not supported by this emulator, which keeps no hashes; send [password]')

export function splitAtCommas(text: string): readonly string[] {
  return text.split(',').filter((part) => part !== '')
}
