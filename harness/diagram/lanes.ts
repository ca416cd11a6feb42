import type { JournalEntry } from '../journal/entry-schema.ts'

/** Who takes part in a lab, as far as a picture of it must know. */
export interface Participant {
  readonly name: string
  readonly role: 'idp' | 'es' | 'app' | 'partner'
  /** By which messages name it. */
  readonly entityIds: readonly string[]
}

/** A column of the picture. */
export interface Lane {
  readonly name: string
  readonly role: Participant['role'] | 'stranger'
  /** What stands in messages in place of the name, where that is something else. */
  readonly title?: string | undefined
}

/** The columns, and in which of them somebody stands whom an entry names. */
export interface Lanes {
  readonly all: readonly Lane[]
  readonly indexOf: (name: string) => number
}

/** As many as can be told apart on a screen; who comes later shares the last. */
export const mostLanes = 12

/** Who calls Elasticsearch and is none of ours. */
const caller = 'a client'

const order: Readonly<Record<Lane['role'], number>> = { es: 0, app: 1, idp: 2, partner: 3, stranger: 4 }

/** Applications stand between Elasticsearch, which they call, and the IdP, and partners at its other side, so that hardly an arrow passes anybody by. Strangers come last, in the order in which they turn up. */
export function lanesOf(participants: readonly Participant[], names: Iterable<string>): Lanes {
  const ours = [...participants].sort((one, other) => order[one.role] - order[other.role])
  const indices = new Map<string, number>()
  const all: Lane[] = []
  for (const { name, role, entityIds } of ours.slice(0, mostLanes)) {
    for (const each of [name, ...entityIds]) if (!indices.has(each)) indices.set(each, all.length)
    all.push({ name, role, title: entityIds[0] })
  }
  const strangers = [...new Set(names)].filter((name) => !indices.has(name))
  const room = mostLanes - all.length
  const areTooMany = strangers.length > room
  for (const [index, title] of strangers.entries()) {
    const isOut = areTooMany && index >= room - 1
    indices.set(title, Math.min(all.length, mostLanes - 1))
    if (!isOut) all.push({ name: shortName(title), role: 'stranger', title })
  }
  if (areTooMany && all.length < mostLanes) all.push({ name: 'others', role: 'stranger' })
  return { all, indexOf: (name) => indices.get(name) ?? all.length - 1 }
}

/** Of an entity id that is an address the host is enough. */
function shortName(entityId: string): string {
  if (!URL.canParse(entityId)) return entityId
  return new URL(entityId).host || entityId
}

/** From whom to whom something went; who wrote or read it, where that is all that is known. */
export function endsOf({ from, to, direction, party }: JournalEntry): { readonly from: string; readonly to: string } {
  return {
    from: from ?? (direction === 'sent' ? party : caller),
    to: to ?? (direction === 'received' ? party : caller),
  }
}
