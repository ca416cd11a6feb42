import { nearest } from './suggestions.ts'

/** What was asked for by name, and what there is. */
export interface Missing {
  /** As a word for people: `realm`. */
  readonly what: string
  /** As a stable word for programs: `noSuchRealm`. */
  readonly type: string
  readonly named: string
  readonly known: readonly string[]
  /** Where the name stood in what was given. */
  readonly path?: string
}

const mostNames = 8

/** Something is not there that a caller named. The sentence says which of those that are was most likely meant, else what they are. */
export class NoSuch extends Error {
  override readonly name = 'NoSuch'
  readonly type: string
  readonly path: string | undefined
  /** The nearest name, else some of those that there are. */
  readonly expected: string | readonly string[]
  readonly actual: string

  constructor({ what, type, named, known, path }: Missing) {
    const meant = nearest(named, known)
    const some = known.slice(0, mostNames)
    super(`there is no ${what} [${named.slice(0, 80)}], ${hint(meant, some, known.length - some.length)}`)
    this.type = type
    this.path = path
    this.expected = meant ?? some
    this.actual = named
  }
}

function hint(meant: string | undefined, some: readonly string[], others: number): string {
  if (meant !== undefined) return `did you mean ${meant}?`
  if (some.length === 0) return 'there are none'
  return `known are ${some.join(', ')}${others > 0 ? ` and ${others} others` : ''}`
}
