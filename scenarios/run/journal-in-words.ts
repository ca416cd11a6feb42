import type { Lab } from '../../harness/index.ts'

type World = Pick<Awaited<ReturnType<Lab['world']>>, 'parties' | 'realms'>
type Entries = Awaited<ReturnType<Lab['journal']['read']>>['entries']

/** What can be told of an entry, whatever it is in: an entry of the journal has more. */
export type ToldEntry = Pick<
  Entries[number],
  | 'party'
  | 'direction'
  | 'what'
  | 'from'
  | 'to'
  | 'binding'
  | 'accepted'
  | 'refusal'
  | 'status'
  | 'httpStatus'
  | 'faults'
> & { readonly wire: { readonly method: string; readonly url: string } | null }

/** What happened, a line each, in words that are the same wherever a story is told: names in the place of entity ids, no ports, ids or times. */
export function journalInWords(entries: readonly ToldEntry[], { parties, realms }: World): readonly string[] {
  const ids = [...realms, ...parties].flatMap(({ entityId, name }): [string, string][] =>
    entityId === null ? [] : [[entityId, name]],
  )
  const names = new Map(ids)
  const nameOf = (id: string) => (names.get(id) ?? id).replace(/:\d+/g, '')
  return entries.map((entry) => inWords(entry, nameOf))
}

function inWords(entry: ToldEntry, nameOf: (id: string) => string): string {
  const { party, direction, what, from, to, binding, accepted, refusal, status, httpStatus, faults, wire } = entry
  const words = [
    ...[party, direction, what, binding && `by ${binding}`],
    ...[from && `from ${nameOf(from)}`, to && `to ${nameOf(to)}`],
    what === 'call' && wire && `${wire.method} ${pathOf(wire.url)}`,
    ...[accepted === true && 'accepted', accepted === false && 'refused', refusal?.code, httpStatus],
    ...[...status.map(lastPart), ...faults.map((fault) => `with ${fault}`)],
  ]
  return words.filter(Boolean).join(' ')
}

const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]*/, '').replace(/\?.*/, '')

const lastPart = (status: string): string => status.slice(status.lastIndexOf(':') + 1)

/** Where two tellings of a story part first; undefined where they are one. */
export function whereTheyPart(one: readonly string[], other: readonly string[]): string | undefined {
  const at = Array.from({ length: Math.max(one.length, other.length) }, (_, index) => index).find(
    (index) => one[index] !== other[index],
  )
  if (at === undefined) return undefined
  return `line ${at + 1} is [${one[at] ?? 'none'}] in one, and [${other[at] ?? 'none'}] in the other`
}
