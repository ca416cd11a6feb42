import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { type DigestAlgorithm, RSA_SHA256, type SignatureAlgorithm } from '../algorithms.ts'

/** Signs on the thread pool, where xml-crypto's own class would hold up the event loop. */
export class RsaSha256OnThreadPool {
  getSignature(signedInfo: unknown, key: unknown, done?: (error: Error | null, signature?: string) => void): string {
    sign('sha256', Buffer.from(String(signedInfo)), key as KeyObject, (error, signature) => {
      done?.(error, error === null ? signature.toString('base64') : undefined)
    })
    return ''
  }

  verifySignature(): boolean {
    throw new TypeError('this algorithm only signs')
  }

  getAlgorithmName(): string {
    return RSA_SHA256
  }
}

/** One signature algorithm as xml-crypto wants it, which has fewer of its own than we accept. */
export function verifying({ uri, digest }: SignatureAlgorithm) {
  return class {
    getSignature(): string {
      throw new TypeError('this algorithm only verifies')
    }

    // ECDSA in XML is the two numbers side by side, not DER as in a query (xmldsig-core1 §6.4.3). RSA does not look at the option.
    verifySignature(signedInfo: string, key: unknown, value: string): boolean {
      const encodedKey = { key: key as KeyObject, dsaEncoding: 'ieee-p1363' } as const
      return verify(digest, Buffer.from(signedInfo), encodedKey, Buffer.from(value, 'base64'))
    }

    getAlgorithmName(): string {
      return uri
    }
  }
}

/** One digest algorithm as xml-crypto wants it. */
export function digesting({ uri, digest }: DigestAlgorithm) {
  return class {
    getHash(canonical: string): string {
      return createHash(digest).update(canonical).digest('base64')
    }

    getAlgorithmName(): string {
      return uri
    }
  }
}
