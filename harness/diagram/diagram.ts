import type { JournalEntry } from '../journal/entry-schema.ts'
import { type Exchange, exchangesIn } from '../journal/exchanges.ts'
import { callersIn, pathOf } from './callers.ts'
import { endsOf, type Lane, lanesOf, type Participant } from './lanes.ts'

/** Nobody has judged what was only sent. */
export type Verdict = 'accepted' | 'refused' | 'unjudged'

interface RowBase {
  /** Of the entry that tells of it first. */
  readonly seq: number
  readonly at: string
  readonly label: string
  readonly details: readonly string[]
}

/** Something went from one lane to another. */
export interface Arrow extends RowBase {
  readonly kind: 'message' | 'call'
  readonly from: number
  readonly to: number
  readonly verdict: Verdict
  /** Why it was refused. */
  readonly refusal?: { readonly code: string; readonly message: string } | undefined
  readonly faults: readonly string[]
}

/** Something happened in one lane. */
export interface Mark extends RowBase {
  readonly kind: 'ended' | 'fault' | 'reset'
  readonly at: string
  readonly lane: number
}

export type Row = Arrow | Mark

/** A sequence diagram: who takes part, and what happened, oldest first. */
export interface Diagram {
  readonly lanes: readonly Lane[]
  readonly rows: readonly Row[]
}

/**
 * What stands in a journal as a picture. A message between two of ours, which both tell of, is one arrow; so is a call. What a partner or the IdP made wrong on purpose is told at its arrow, and by a mark only where there is no arrow.
 */
export function makeDiagram(entries: readonly JournalEntry[], participants: readonly Participant[]): Diagram {
  const callers = callersIn(entries)
  const exchanges = exchangesIn(entries)
  const ends = new Map(exchanges.map(({ first }) => [first, { ...endsOf(first), ...knownCaller(first, callers) }]))
  const marks = entries.filter((entry) => entry.direction === null)
  const named = [...ends.values()].flatMap(({ from, to }) => [from, to])
  const lanes = lanesOf(participants, [...named, ...marks.map(ownerOf).filter((name) => name !== '')])
  const told = new Set(exchanges.flatMap(({ first }) => first.faults))
  const arrows = exchanges.map((exchange): Row => {
    const { from = '', to = '' } = ends.get(exchange.first) ?? {}
    return { ...arrowOf(exchange), from: lanes.indexOf(from), to: lanes.indexOf(to) }
  })
  const isTold = ({ what, faults }: JournalEntry) => what === 'fault' && faults.every((each) => told.has(each))
  const others = marks
    .filter((entry) => !isTold(entry))
    .map((entry): Row => ({ ...markOf(entry), lane: lanes.indexOf(ownerOf(entry)) }))
  return { lanes: lanes.all, rows: [...arrows, ...others].sort((one, other) => one.seq - other.seq) }
}

function knownCaller(entry: JournalEntry, callers: ReadonlyMap<JournalEntry, string>) {
  const from = callers.get(entry)
  return from === undefined ? {} : { from }
}

const ownerOf = ({ party, from }: JournalEntry): string => (party === '' ? (from ?? '') : party)

function arrowOf({ first, received }: Exchange): Omit<Arrow, 'from' | 'to'> {
  const judged = received ?? first
  const { seq, at, what, wire, faults } = first
  const isCall = what === 'call'
  return {
    ...{ kind: isCall ? 'call' : 'message', seq, at },
    label: isCall ? `${wire?.method ?? ''} ${pathOf(wire?.url)}`.trim() : what,
    details: isCall ? callDetails(judged) : messageDetails(first, judged),
    verdict: verdictOf(judged),
    refusal: judged.refusal ?? undefined,
    faults,
  }
}

function verdictOf({ accepted, direction, what }: JournalEntry): Verdict {
  if (accepted === null || (direction === 'sent' && what !== 'call')) return 'unjudged'
  return accepted ? 'accepted' : 'refused'
}

const callDetails = ({ httpStatus }: JournalEntry): readonly string[] =>
  httpStatus === null ? [] : [String(httpStatus)]

function messageDetails(first: JournalEntry, judged: JournalEntry): readonly string[] {
  const { binding, status, user, minted } = first
  const said = [binding, signatureOf(first, judged), status.join(' / '), user ?? judged.user, minted ? 'minted' : null]
  return saidIn(said)
}

/** What its receiver found, else what its writer did. */
function signatureOf(first: JournalEntry, judged: JournalEntry): string | null {
  const signature = judged.signature ?? first.signature
  if (signature === null) return null
  const { state, algorithm } = signature
  if (state === 'none') return 'unsigned'
  if (state === 'invalid') return 'bad signature'
  return algorithm === null && state === 'notChecked' ? null : 'signed'
}

function markOf({ seq, at, what, user, count, tokens, endedBy, faults }: JournalEntry): Omit<Mark, 'lane'> {
  if (what === 'reset') return { kind: 'reset', seq, at, label: 'reset', details: ['everything as after the start'] }
  if (what === 'fault') return { kind: 'fault', seq, at, label: `fault ${faults.join(', ')}`, details: [] }
  const label = what === 'tokensEnded' ? tokensEnded(count, tokens) : 'session ended'
  const said = [user, endedBy && `by ${endedBy}`]
  return { kind: 'ended', seq, at, label, details: saidIn(said) }
}

/** What ended only half of a pair says which half. */
function tokensEnded(count: number | null, [kind, another]: JournalEntry['tokens']): string {
  if (count === null) return 'tokens ended'
  if (kind !== undefined && another === undefined) return `${count} ${kind} ${count === 1 ? 'token' : 'tokens'} ended`
  return `${count} ${count === 1 ? 'pair' : 'pairs'} of tokens ended`
}

const saidIn = (words: readonly (string | null)[]): string[] =>
  words.filter((each): each is string => each !== null && each !== '')
