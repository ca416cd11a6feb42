import { createHash } from 'node:crypto'
import type { NameId } from '#saml/messages/name-id'
import { NAME_ID_FORMAT } from '#saml/names'
import type { NewId } from '#server/ids'
import type { User } from './users.ts'

/** The formats that can be asked for; the first is what a service provider gets that does not care. */
export const nameIdFormats = [
  NAME_ID_FORMAT.transient,
  NAME_ID_FORMAT.persistent,
  NAME_ID_FORMAT.emailAddress,
  NAME_ID_FORMAT.unspecified,
] as const

export const isNameIdFormat = (format: string): boolean => (nameIdFormats as readonly string[]).includes(format)

interface NameIdDraft {
  readonly format: string
  readonly user: User
  readonly idpEntityId: string
  readonly spEntityId: string
  readonly newId: NewId
}

/**
 * The identifier of a user for one login at one service provider: a new one each time when transient, always the same opaque one
 * when persistent (saml-core-2.0 §8.3.7, §8.3.8), the e-mail address, or the plain name under any other format. A persistent identifier is computed, so it is
 * there before anybody asks: AllowCreate forbids nothing.
 */
export function makeNameId({ format, user, idpEntityId, spEntityId, newId }: NameIdDraft): NameId {
  if (format === NAME_ID_FORMAT.emailAddress) return { value: user.email, format }
  if (format === NAME_ID_FORMAT.transient) return { value: newId(), format }
  if (format !== NAME_ID_FORMAT.persistent) return { value: user.name, format }
  const pair = JSON.stringify([idpEntityId, spEntityId, user.name])
  const value = createHash('sha256').update(pair).digest('base64url')
  return { value, format, nameQualifier: idpEntityId, spNameQualifier: spEntityId }
}
