import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { ContentCipher } from './algorithms.ts'

const BLOCK_BYTES = 16
const TAG_BYTES = 16
const IV_BYTES = { cbc: 16, gcm: 12 } as const

/** Encrypts with a fresh IV; the answer is IV, ciphertext and, of an authenticated cipher, tag (xmlenc-core1 §5.2). */
export function encryptContent({ cipher, mode }: ContentCipher, key: Buffer, plaintext: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES[mode])
  if (cipher.endsWith('gcm')) {
    const gcm = createCipheriv(cipher as 'aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
    return Buffer.concat([iv, gcm.update(plaintext), gcm.final(), gcm.getAuthTag()])
  }
  const cbc = createCipheriv(cipher, key, iv).setAutoPadding(false)
  return Buffer.concat([iv, cbc.update(plaintext), cbc.update(padding(plaintext.length)), cbc.final()])
}

/** What came out of decrypting. Of CBC the plaintext is there also when its padding is wrong, so that reading it costs the same. */
export interface DecryptedContent {
  readonly plaintext: Buffer
  readonly isSound: boolean
}

/**
 * Decrypts what `encryptContent` or anybody else made in that form.
 * @throws Error when the octets or the key have an impossible length, or the tag does not fit. Its reason is for nobody.
 */
export function decryptContent({ cipher, mode }: ContentCipher, key: Buffer, octets: Buffer): DecryptedContent {
  const iv = octets.subarray(0, IV_BYTES[mode])
  if (mode === 'cbc') {
    const cbc = createDecipheriv(cipher, key, iv).setAutoPadding(false)
    return withoutPadding(Buffer.concat([cbc.update(octets.subarray(iv.length)), cbc.final()]))
  }
  // The tag is what stands in the last 16 octets: a shorter one is never taken for one (`spec/security.md` A58).
  const end = octets.length - TAG_BYTES
  const gcm = createDecipheriv(cipher as 'aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
  gcm.setAuthTag(octets.subarray(end))
  const plaintext = Buffer.concat([gcm.update(octets.subarray(iv.length, end)), gcm.final()])
  return { plaintext, isSound: true }
}

/** Arbitrary octets, the last of which counts them all (xmlenc-core1 §5.2.1). */
function padding(length: number): Buffer {
  const count = BLOCK_BYTES - (length % BLOCK_BYTES)
  const octets = randomBytes(count)
  octets[count - 1] = count
  return octets
}

function withoutPadding(padded: Buffer): DecryptedContent {
  const count = padded.at(-1) ?? 0
  const isSound = count >= 1 && count <= BLOCK_BYTES
  return { plaintext: padded.subarray(0, padded.length - (isSound ? count : 0)), isSound }
}
