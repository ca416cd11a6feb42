/** How something travelled, as it was: an address with its query, or an address and what was posted there. Without cookies and header fields. */
export interface Wire {
  readonly method: string
  readonly url: string
  readonly body?: string | undefined
}

/** Why it was refused, in the words of who refused. */
export interface SeenRefusal {
  readonly code: string
  readonly message: string
  readonly expected?: unknown
  readonly actual?: unknown
}

/** One half of a pair of tokens. */
export type TokenKind = 'access' | 'refresh'

/** What a party has to know about to write it down. */
export type What =
  | 'AuthnRequest'
  | 'Response'
  | 'LogoutRequest'
  | 'LogoutResponse'
  | 'call'
  | 'sessionEnded'
  | 'tokensEnded'
  | 'fault'
  | 'reset'

/**
 * What a party sent, received or did, as it hands it over: only what it has in hand. Nothing is decoded or read for the sake of the record; what is missing is
 * filled in when somebody looks. Secrets (tokens, passwords, cookies) never stand in it (`spec/contract.md` §2.7).
 */
export interface Seen {
  readonly what: What
  readonly direction?: 'sent' | 'received'
  /** Entity ids of messages, names of parties for all else. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly binding?: 'redirect' | 'post' | 'soap' | undefined
  readonly id?: string | undefined
  readonly inResponseTo?: string | undefined
  readonly user?: string | undefined
  /** The value of the name identifier. */
  readonly nameId?: string | undefined
  readonly sessionIndexes?: readonly string[] | undefined
  /** The last segments of the status codes, the top level first: `Success`. */
  readonly status?: readonly string[] | undefined
  readonly wire?: Wire | undefined
  /** The XML, if it is in hand. */
  readonly document?: string | Uint8Array | undefined
  readonly signature?: {
    readonly state: 'valid' | 'invalid' | 'none' | 'notChecked'
    readonly algorithm?: string | undefined
  }
  /** Only of what was received. */
  readonly accepted?: boolean | undefined
  readonly refusal?: SeenRefusal | undefined
  /** Written on demand: who asked for it delivers it, or not. */
  readonly minted?: boolean | undefined
  /** What was let pass although a rule forbids it, by the words that allow it. */
  readonly tolerated?: readonly string[] | undefined
  /** Ids of the faults that acted on it. */
  readonly faults?: readonly string[] | undefined
  /** What of a fault could not be made on it: it went out right. */
  readonly notMade?: readonly { readonly fault: string; readonly key: string; readonly why: string }[] | undefined
  /** Of a call: the status of its answer. */
  readonly httpStatus?: number | undefined
  /** Of what ended: by what, and how many pairs or sessions. */
  readonly endedBy?: string | undefined
  readonly count?: number | undefined
  /** Of ended pairs: which halves of them ended just then. */
  readonly tokens?: readonly TokenKind[] | undefined
}

/** What one party saw, with its place in the one order of all, and the time. */
export interface KeptSeen extends Seen {
  readonly seq: number
  /** Real time, epoch milliseconds. */
  readonly at: number
  readonly party: string
  /** The time of the party, epoch milliseconds. */
  readonly clock: number
}
