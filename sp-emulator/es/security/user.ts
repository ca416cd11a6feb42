import type { Authentication } from '../../tokens/authentication.ts'
import type { Metadata } from './role.ts'

/** A user of the cluster itself, native or reserved. */
export interface User {
  readonly username: string
  /** Undefined for a reserved user who was never given one: nobody can log in as them. */
  readonly password: string | undefined
  readonly roles: readonly string[]
  readonly fullName: string | null
  readonly email: string | null
  readonly metadata: Metadata
  readonly enabled: boolean
}

/** A user that a node starts with: the one that an application calls with, never the one who sits at the browser. */
export interface ServiceUser {
  readonly username: string
  readonly password: string
  readonly roles: readonly string[]
}

/** A user as the API shows it, in a node's order. */
export function userJson({ username, roles, fullName, email, metadata, enabled }: User): object {
  return { username, roles, full_name: fullName, email, metadata, enabled }
}

/** The identity of a user who proved who they are, or who was looked up for another realm. */
export function identityOf(user: User, realm: Authentication['realm']): Authentication {
  const { username, roles, fullName, email, metadata } = user
  return { username, roles, fullName, email, metadata, realm }
}
