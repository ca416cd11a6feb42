import { randomBytes } from 'node:crypto'

export type NewId = () => string

/** An identifier nobody can guess: an NCName (it starts with `_`) of 160 random bits (saml-core-2.0 §1.3.4). */
export const newId: NewId = () => `_${randomBytes(20).toString('hex')}`

/** A secret for a cookie or a one-time key: 256 random bits in base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
