import { randomBytes } from 'node:crypto'

export type NewToken = () => string

// As a 7.2 to 8.x node lays it out: a version number, the length of what follows (22) and 128 random bits in base64url (spec §7.1).
const prefix = Buffer.from([0xe3, 0xa4, 0xe8, 0x03, 0x16])
const entropyOctets = 16
const tokenOctets = prefix.length + 22
const base64 = /^[A-Za-z0-9+/]{36}$/

/** The token that carries these random octets: 36 characters of base64, access and refresh tokens alike. */
export function makeToken(entropy: Buffer): string {
  if (entropy.length !== entropyOctets) throw new TypeError(`a token needs ${entropyOctets} random octets`)
  return Buffer.concat([prefix, Buffer.from(entropy.toString('base64url'), 'latin1')]).toString('base64')
}

/** A token nobody can guess. */
export const newToken: NewToken = () => makeToken(randomBytes(entropyOctets))

/** Whether a node could have issued this text; garbage is refused by decoding, before any look-up (spec §7.4). */
export function isWellFormed(token: string): boolean {
  if (!base64.test(token)) return false
  const octets = Buffer.from(token, 'base64')
  return octets.length === tokenOctets && octets.subarray(0, prefix.length).equals(prefix)
}
