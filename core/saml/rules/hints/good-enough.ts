import type { KeyObject } from 'node:crypto'
import type { SignaturePolicy } from '../../signature/policy.ts'
import type { KnownKeys, Signer } from './signers.ts'

/** Why a signature that verifies as it came is refused all the same. */
export function whyNotGoodEnough({ algorithm, key }: Signer, policy: SignaturePolicy): string | undefined {
  if (algorithm.endsWith('-sha1') && !policy.acceptsWeakDigests) {
    return `it verifies: only ${algorithm} is too weak for the receiver, expected SHA-256 or more`
  }
  const bits = bitsOf(key)
  if (bits === undefined || bits >= policy.minimumRsaBits) return undefined
  return `it verifies: only the key is too short for the receiver, of ${bits} bits, expected ${policy.minimumRsaBits}`
}

/**
 * A signature by RSA is as long as the key: said of one that is as long as none, however it is read. Undefined when a trusted key is of another kind.
 */
export function ofAnotherLength(read: readonly number[], { keys }: KnownKeys): string | undefined {
  const lengths = lengthsOf(keys)
  const [length = 0] = read
  if (length === 0 || lengths.size === 0 || [0, ...read].some((each) => lengths.has(each))) return undefined
  const expected = [...lengths].join(' or ')
  return `the signature has ${length} octets, and one by a trusted key has ${expected}: it was cut, or another key made it`
}

/** Whether a key made a signature can be told of RSA alone; said of one that is as long as one of theirs, and that no key which is known opens. */
export function byNobodyKnown(read: readonly number[], { keys, otherKeys = [] }: KnownKeys): string | undefined {
  const all = [...keys, ...otherKeys].filter(({ key }) => bitsOf(key) !== undefined)
  const lengths = lengthsOf(all)
  if (!read.some((each) => lengths.has(each))) return undefined
  const whose =
    all.length === 1 ? 'the only key that is known here' : `any of the ${all.length} keys that are known here`
  return `the signature was not made with ${whose}: another key made it, or its value was altered`
}

const lengthsOf = (keys: KnownKeys['keys']) => new Set(keys.map(({ key }) => Math.ceil((bitsOf(key) ?? 0) / 8)))

function bitsOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): number | undefined {
  return asymmetricKeyType === 'rsa' ? asymmetricKeyDetails?.modulusLength : undefined
}
