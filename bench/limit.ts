import { sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import type { Parties } from './parties.ts'

/** The cryptography of an invalidate and nothing else: one RSA-2048 verification and one signature. */
export interface Limit {
  onOneThread(): void
  /** As the emulator works with several in flight: it signs on the thread pool, so that it uses every core. */
  onThreadPool(): Promise<void>
  /** One participant of a logout, both sides: two signatures and, at the IdP, one verification. */
  ofOneParticipant(): void
}

const signOnThreadPool = promisify(sign)

export function createLimit({ idp, sp, logoutQuery }: Parties): Limit {
  const octets = Buffer.from(logoutQuery.slice(0, logoutQuery.indexOf('&Signature=')))
  const signature = Buffer.from(new URLSearchParams(logoutQuery).get('Signature') ?? '', 'base64')
  const key = idp.certificate.publicKey
  const verifyOne = () => {
    if (!verify('sha256', octets, key, signature)) throw new Error('the signature does not verify')
  }
  return {
    onOneThread: () => {
      verifyOne()
      sign('sha256', octets, sp.privateKey)
    },
    ofOneParticipant: () => {
      verifyOne()
      sign('sha256', octets, sp.privateKey)
      sign('sha256', octets, idp.privateKey)
    },
    onThreadPool: async () => {
      verifyOne()
      await signOnThreadPool('sha256', octets, sp.privateKey)
    },
  }
}
