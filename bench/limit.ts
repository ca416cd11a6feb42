import { sign, verify } from 'node:crypto'
import type { Parties } from './parties.ts'

/** The cryptography of an invalidate and nothing else: one RSA-2048 verification and one signature. */
export function createLimit({ idp, sp, logoutQuery }: Parties): () => void {
  const octets = Buffer.from(logoutQuery.slice(0, logoutQuery.indexOf('&Signature=')))
  const signature = Buffer.from(new URLSearchParams(logoutQuery).get('Signature') ?? '', 'base64')
  const key = idp.certificate.publicKey
  return () => {
    if (!verify('sha256', octets, key, signature)) throw new Error('the signature does not verify')
    sign('sha256', octets, sp.privateKey)
  }
}
