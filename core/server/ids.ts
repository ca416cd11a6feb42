import { randomBytes } from 'node:crypto'

export type NewId = () => string

const poolOctets = 4096
let pool = Buffer.alloc(0)

/** Random octets, no octet ever given twice; drawn in bulk, since each draw costs as much as 4 kB of them. */
function random(octets: number): Buffer {
  if (pool.length < octets) pool = randomBytes(poolOctets)
  const drawn = pool.subarray(0, octets)
  pool = pool.subarray(octets)
  return drawn
}

/** An identifier nobody can guess: an NCName (it starts with `_`) of 160 random bits (saml-core-2.0 §1.3.4). */
export const newId: NewId = () => `_${random(20).toString('hex')}`

/** A secret for a cookie or a one-time key: 256 random bits in base64url. */
export const newSecret = (): string => random(32).toString('base64url')
