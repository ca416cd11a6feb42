import { type Atom, type Case, rangeMembers, readEscape } from './java-pattern-characters.ts'

/**
 * The character class at the beginning of the text, `[` first, as JavaScript writes it, and how long it was; undefined for one that is not closed or that
 * JavaScript cannot mean the same: unions and intersections of classes.
 */
export function readClass(
  text: string,
  letterCase: Case,
): { readonly source: string; readonly length: number } | undefined {
  const negated = text[1] === '^'
  const start = negated ? 2 : 1
  if (text[start] === ']') return undefined
  let members = ''
  let at = start
  while (text[at] !== ']') {
    const member = readMember(text.slice(at), letterCase)
    if (member === undefined) return undefined
    members += member.source
    at += member.length
  }
  return { source: `[${negated ? '^' : ''}${members}]`, length: at + 1 }
}

interface Member {
  readonly source: string
  readonly length: number
}

function readMember(text: string, letterCase: Case): Member | undefined {
  const first = readAtom(text)
  if (first === undefined) return undefined
  const rest = text.slice(first.length)
  const isRange = rest.startsWith('-') && rest[1] !== ']'
  if (first.atom.kind === 'set') return isRange ? undefined : { source: first.atom.source, length: first.length }
  const from = first.atom.codePoint
  if (!isRange) return { source: rangeMembers(from, from, letterCase), length: first.length }
  const last = readAtom(rest.slice(1))
  if (last?.atom.kind !== 'character' || last.atom.codePoint < from) return undefined
  return { source: rangeMembers(from, last.atom.codePoint, letterCase), length: first.length + 1 + last.length }
}

function readAtom(text: string): { readonly atom: Atom; readonly length: number } | undefined {
  if (text.startsWith('\\')) return readEscape(text)
  if (text.startsWith('[') || text.startsWith('&&')) return undefined
  const codePoint = text.codePointAt(0)
  if (codePoint === undefined) return undefined
  return { atom: { kind: 'character', codePoint }, length: String.fromCodePoint(codePoint).length }
}
