import { generateKeyPair, type KeyPairKeyObjectResult } from 'node:crypto'
import { promisify } from 'node:util'

/** The kinds of keys that are made here. */
export type KeyKind = 'RSA-2048' | 'RSA-3072' | 'RSA-4096' | 'P-256' | 'P-384'

const generate = promisify(generateKeyPair)

/** Makes a key that nobody else has. */
export function generateKeys(kind: KeyKind): Promise<KeyPairKeyObjectResult> {
  if (kind === 'P-256' || kind === 'P-384') return generate('ec', { namedCurve: kind })
  return generate('rsa', { modulusLength: Number(kind.slice('RSA-'.length)) })
}
