import { type Case, dot, endOfInput, readEscape, writeAtom } from './java-pattern-characters.ts'
import { readClass } from './java-pattern-class.ts'

interface Group {
  readonly looksAround: boolean
  holdsTheFirst: boolean
}

interface Translation {
  readonly letterCase: Case
  readonly dotMatchesAll: boolean
  readonly open: Group[]
  captures: number
  /** The group that ended just now; what repeats it comes next. */
  closed: Group | undefined
}

interface Piece {
  readonly source: string
  readonly length: number
  readonly closed?: Group | undefined
}

type Reader = (rest: string, translation: Translation) => Piece | undefined

const readers: readonly Reader[] = [
  readQuote,
  readAnchor,
  readGroup,
  readGroupEnd,
  readQuantifier,
  readSet,
  readLiteral,
]

/**
 * A regular expression that finds what the Java pattern finds, and the same in its first group (spec §6.3).
 * @throws Error that says from where on JavaScript cannot mean the same, or that there is no group.
 */
export function compileJavaPattern(pattern: string): RegExp {
  const [flags = '', letters = ''] = /^\(\?([is]+)\)/.exec(pattern) ?? []
  const translation: Translation = {
    letterCase: { ignored: letters.includes('i') },
    dotMatchesAll: letters.includes('s'),
    open: [],
    captures: 0,
    closed: undefined,
  }
  const source = translate(pattern.slice(flags.length), translation)
  if (translation.captures === 0) throw new Error('has no group to take the value from')
  try {
    return new RegExp(source, 'v')
  } catch (cause) {
    throw new Error('is no regular expression', { cause })
  }
}

function translate(pattern: string, translation: Translation): string {
  let source = ''
  let rest = pattern
  while (rest !== '') {
    const piece = readPiece(rest, translation)
    if (piece === undefined) throw new Error(`cannot be read as Java reads it from [${rest}] on`)
    source += piece.source
    rest = rest.slice(piece.length)
    translation.closed = piece.closed
  }
  return source
}

function readPiece(rest: string, translation: Translation): Piece | undefined {
  for (const read of readers) {
    const piece = read(rest, translation)
    if (piece !== undefined) return piece
  }
  return undefined
}

function readQuote(rest: string, { letterCase }: Translation): Piece | undefined {
  const [whole, text = ''] = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest) ?? []
  if (whole === undefined) return undefined
  const atoms = [...text].map((each) => ({ kind: 'character', codePoint: each.codePointAt(0) ?? 0 }) as const)
  return { source: atoms.map((atom) => writeAtom(atom, letterCase)).join(''), length: whole.length }
}

const anchors: Readonly<Record<string, string>> = {
  '^': '^',
  '\\A': '^',
  $: endOfInput,
  '\\Z': endOfInput,
  '\\z': '$',
  '\\b': '\\b',
  '\\B': '\\B',
  '|': '|',
}

function readAnchor(rest: string): Piece | undefined {
  const [token = ''] = /^(?:[$^|]|\\[AZzbB])/.exec(rest) ?? []
  const source = anchors[token]
  return source === undefined ? undefined : { source, length: token.length }
}

function readGroup(rest: string, translation: Translation): Piece | undefined {
  const [token] = /^\((?:\?(?:[:=!]|<[=!]|<[A-Za-z][A-Za-z0-9]*>)|(?!\?))/.exec(rest) ?? []
  if (token === undefined) return undefined
  const captures = token === '(' || token.endsWith('>')
  const looksAround = /[=!]$/.test(token)
  if (captures) translation.captures += 1
  const isFirst = captures && translation.captures === 1
  // In what looks around, the two languages do not agree on what a group has matched in the end.
  if (isFirst && translation.open.some((group) => group.looksAround)) return undefined
  translation.open.push({ looksAround, holdsTheFirst: isFirst })
  return { source: token, length: token.length }
}

function readGroupEnd(rest: string, { open }: Translation): Piece | undefined {
  if (!rest.startsWith(')')) return undefined
  const closed = open.pop()
  const around = open.at(-1)
  if (closed?.holdsTheFirst && around !== undefined) around.holdsTheFirst = true
  return closed === undefined ? undefined : { source: ')', length: 1, closed }
}

function readQuantifier(rest: string, { closed }: Translation): Piece | undefined {
  const [token, quantifier] = /^([*+?]|\{\d+(?:,\d*)?\})\??(?!\+)/.exec(rest) ?? []
  if (token === undefined) return undefined
  // JavaScript forgets at each repetition what a group has matched, Java does not.
  if (closed?.holdsTheFirst && quantifier !== '?') return undefined
  return { source: token, length: token.length }
}

function readSet(rest: string, { letterCase, dotMatchesAll }: Translation): Piece | undefined {
  if (rest.startsWith('.')) return { source: dotMatchesAll ? '[\\s\\S]' : dot, length: 1 }
  return rest.startsWith('[') ? readClass(rest, letterCase) : undefined
}

function readLiteral(rest: string, { letterCase }: Translation): Piece | undefined {
  if (rest.startsWith('\\')) {
    const found = readEscape(rest)
    return found && { source: writeAtom(found.atom, letterCase), length: found.length }
  }
  const codePoint = rest.codePointAt(0)
  if (codePoint === undefined || /^[*+?{[()]/.test(rest)) return undefined
  return {
    source: writeAtom({ kind: 'character', codePoint }, letterCase),
    length: String.fromCodePoint(codePoint).length,
  }
}
