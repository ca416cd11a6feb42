import type { JournalEntry } from '../journal/entry-schema.ts'
import { queryOf } from '../journal/wire-document.ts'

/** The octets that the signature of a redirect is over: the parameters as they stand in the address (saml-bindings-2.0 §3.4.4.1). Undefined of what has no such signature. */
export function signedOctets({ wire, binding }: JournalEntry): string | undefined {
  if (wire === null || binding !== 'redirect' || !queryOf({ ...wire, body: undefined }).has('Signature'))
    return undefined
  const query = wire.url.slice(wire.url.indexOf('?') + 1)
  const pairs = query.split('&')
  const signed = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg'].flatMap(
    (name) => pairs.find((pair) => pair.startsWith(`${name}=`)) ?? [],
  )
  return signed.join('&')
}

/** What another entry has to do with an entry. */
export interface Neighbours {
  /** The same message, as its other side tells of it. */
  readonly same: readonly number[]
  /** The request that it answers, and what answers it. */
  readonly request: readonly number[]
  readonly answers: readonly number[]
  readonly previous: number | undefined
  readonly next: number | undefined
}

/** Finds them among the entries of a journal. */
export function neighboursOf(entry: JournalEntry, entries: readonly JournalEntry[]): Neighbours {
  const seqs = (isMeant: (other: JournalEntry) => boolean) =>
    entries.filter((other) => other.seq !== entry.seq && isMeant(other)).map(({ seq }) => seq)
  const index = entries.findIndex(({ seq }) => seq === entry.seq)
  return {
    same: entry.id === null ? [] : seqs(({ id, what }) => id === entry.id && what === entry.what),
    request: entry.inResponseTo === null ? [] : seqs(({ id }) => id === entry.inResponseTo),
    answers: entry.id === null ? [] : seqs(({ inResponseTo }) => inResponseTo === entry.id),
    previous: entries[index - 1]?.seq,
    next: entries[index + 1]?.seq,
  }
}
