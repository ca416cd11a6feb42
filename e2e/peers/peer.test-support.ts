import type { Place } from './place.test-support.ts'

/** A service provider of another maker, with the configuration that Debian installs. */
export interface PeerKind {
  readonly name: string
  readonly host: string
  /** Where its metadata is, behind its address. */
  readonly metadataPath: string
  /** Tells it of its addresses, its keys and its IdP, and starts it. */
  readonly start: (how: PeerStart) => Promise<Peer>
}

export interface PeerStart {
  /** Has `tls.key` and `tls.crt` for its https. */
  readonly place: Place
  readonly host: string
  readonly port: number
  /** `https://<host>:<port>` */
  readonly url: string
  readonly idp: { readonly entityId: string; readonly metadata: string }
}

export interface Peer {
  /** Nobody sees it without a session; it says "Signed in as". */
  readonly page: string
  /** Where a person goes to log out. */
  readonly logout: string
  stop(): Promise<void>
}
