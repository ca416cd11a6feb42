import type { JournalEntry } from './entry-schema.ts'
import { exchangesIn } from './exchanges.ts'

/**
 * A sequence diagram of Mermaid: who takes part, an arrow for each message and call, crossed out where it was refused, and notes for refusals, faults and what ended. Text of peers is written in codes that no
 * renderer takes for its own words or for markup.
 */
export function toMermaid(entries: readonly JournalEntry[]): string {
  const lanes = new Map<string, string>()
  const lane = (name: string): string => {
    const known = lanes.get(name) ?? `p${lanes.size + 1}`
    lanes.set(name, known)
    return known
  }
  const arrows = new Map(exchangesIn(entries).map((exchange) => [exchange.first, exchange]))
  const drawn = entries.flatMap((entry) => {
    const exchange = arrows.get(entry)
    if (exchange !== undefined) return arrow(entry, exchange.received ?? entry, lane)
    return entry.direction === null ? [note(entry, lane)] : []
  })
  const participants = [...lanes].map(([name, id]) => `participant ${id} as ${escaped(name)}`)
  return ['sequenceDiagram', ...[...participants, ...drawn].map((line) => `  ${line}`), ''].join('\n')
}

type Lane = (name: string) => string

function arrow(entry: JournalEntry, judged: JournalEntry, lane: Lane): string[] {
  const { direction, party } = entry
  const from = lane(entry.from ?? (direction === 'sent' ? party : 'somebody'))
  const to = lane(entry.to ?? (direction === 'received' ? party : 'somebody'))
  const isRefused = judged.accepted === false
  const line = `${from}${isRefused ? '-x' : '->>'}${to}: ${escaped(labelOf(entry))}`
  const { refusal } = judged
  const refused =
    refusal === null ? [] : [`Note over ${to}: ${escaped(`refused, ${refusal.code}: ${refusal.message}`)}`]
  const faults = entry.faults.length === 0 ? [] : [`Note over ${from}: ${escaped(`fault ${entry.faults.join(', ')}`)}`]
  return [line, ...faults, ...refused]
}

function labelOf({ seq, what, binding, user, status, wire, httpStatus }: JournalEntry): string {
  if (what === 'call') return [seq, wire?.method ?? '', pathOf(wire?.url ?? ''), httpStatus ?? ''].join(' ').trim()
  const said = [binding === null ? '' : `by ${binding}`, user ?? '', status.join(' ')].filter((text) => text !== '')
  return [seq, what, ...said].join(' ')
}

const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/?]*/, '').split('?', 1)[0] ?? ''

function note(entry: JournalEntry, lane: Lane): string {
  const { seq, what, user, endedBy, count, tokens, faults, party } = entry
  const by = endedBy === null ? '' : `by ${endedBy}`
  const words = [seq, what, ...faults, user ?? '', count ?? '', tokens.join(' '), by].filter((word) => word !== '')
  return `Note over ${lane(party === '' ? (entry.from ?? 'sloop') : party)}: ${escaped(words.join(' '))}`
}

const longestText = 120

/** Letters, digits and what means nothing to Mermaid stand as they are, all else as the number of the character. */
function escaped(text: string): string {
  const shown = text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text
  const written = shown.replace(/[^\p{L}\p{N} _./,…]/gu, (character) =>
    /[\p{Cc}\p{Cs}]/u.test(character) ? ' ' : `#${character.codePointAt(0)};`,
  )
  return written.trim() === '' ? '#32;' : written
}
