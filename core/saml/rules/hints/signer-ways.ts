import { findSignatureAlgorithm } from '../../algorithms.ts'
import type { Signer } from './signers.ts'
import type { Way } from './way.ts'

/** What is other than the message says, or than the receiver trusts, about who signed and with what. */
export function signerWays({ label, algorithm }: Signer, says: string | undefined): readonly Way[] {
  const named = says === undefined ? undefined : findSignatureAlgorithm(says)
  const ways: Way[] = []
  if (named === undefined || `${named.keyType === 'ec' ? 'ecdsa' : 'rsa'}-${named.digest}` !== algorithm) {
    const written = says === undefined ? 'nothing' : (named?.uri.split('#')[1] ?? `[${says.slice(0, 128)}]`)
    ways.push({ how: `as ${algorithm}`, why: `the message says ${written}` })
  }
  if (label !== undefined) ways.push({ how: `with ${label}`, why: 'that is none of the keys that are trusted here' })
  return ways
}
