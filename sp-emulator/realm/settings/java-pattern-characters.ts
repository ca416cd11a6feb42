/** What of a Java pattern stands for one character: literals, escapes and classes, written as JavaScript's `v` flag reads them. */

const lineTerminators = '\\n\\r\\x85\\u2028\\u2029'
const whiteSpace = ' \\t\\n\\v\\f\\r'
const horizontal = ' \\t\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000'

/** Any character but a line terminator; Java counts U+0085 among them. */
export const dot = `[^${lineTerminators}]`

/** The end, or before the last line terminator, and never inside of one. */
export const endOfInput = `(?!(?<=\\r)\\n)(?=(?:\\r\\n|[${lineTerminators}])?$)`

const predefined: Readonly<Record<string, string>> = {
  d: '[0-9]',
  D: '[^0-9]',
  w: '[A-Za-z0-9_]',
  W: '[^A-Za-z0-9_]',
  s: `[${whiteSpace}]`,
  S: `[^${whiteSpace}]`,
  h: `[${horizontal}]`,
  H: `[^${horizontal}]`,
  v: `[${lineTerminators}\\v\\f]`,
  V: `[^${lineTerminators}\\v\\f]`,
}

const posix: Readonly<Record<string, string>> = {
  Lower: '[a-z]',
  Upper: '[A-Z]',
  Alpha: '[A-Za-z]',
  Digit: '[0-9]',
  Alnum: '[A-Za-z0-9]',
}

const controls: Readonly<Record<string, number>> = { t: 0x09, n: 0x0a, r: 0x0d, f: 0x0c, a: 0x07, e: 0x1b }

const generalCategory = /^(?:Is)?(L[ulmot]?|M[nce]?|N[dlo]?|P[cdseifo]?|S[mcko]?|Z[slp]?)$/

/** One character, or a set of them that is already written. */
export type Atom =
  | { readonly kind: 'character'; readonly codePoint: number }
  | { readonly kind: 'set'; readonly source: string }

/**
 * The escape at the beginning of the text, a backslash first, and how long it is; undefined for one that stands for no character or for one that
 * JavaScript cannot mean the same.
 */
export function readEscape(text: string): { readonly atom: Atom; readonly length: number } | undefined {
  const code = /^\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|x\{([0-9A-Fa-f]{1,6})\})/.exec(text)
  if (code !== null) return codePointEscape(code)
  const property = /^\\p(?:\{(\w+)\}|(\w))/.exec(text)
  if (property !== null) {
    const source = propertySet(property[1] ?? property[2] ?? '')
    return source === undefined ? undefined : { atom: { kind: 'set', source }, length: property[0].length }
  }
  const letter = text[1] ?? ''
  const source = predefined[letter]
  if (source !== undefined) return { atom: { kind: 'set', source }, length: 2 }
  const codePoint = controls[letter] ?? literalEscape(text)
  return codePoint === undefined ? undefined : character(codePoint, 1 + String.fromCodePoint(codePoint).length)
}

function codePointEscape([whole, octet, unit, braced]: RegExpExecArray) {
  const codePoint = Number.parseInt(octet ?? unit ?? braced ?? '', 16)
  return codePoint > 0x10ffff ? undefined : character(codePoint, whole.length)
}

const character = (codePoint: number, length: number) => ({ atom: { kind: 'character', codePoint } as const, length })

/** In Java, a backslash before anything but a letter or a digit takes it literally. */
function literalEscape(text: string): number | undefined {
  const codePoint = text.codePointAt(1)
  return codePoint === undefined || /[A-Za-z0-9]/.test(String.fromCodePoint(codePoint)) ? undefined : codePoint
}

function propertySet(name: string): string | undefined {
  const [, category] = generalCategory.exec(name) ?? []
  return category === undefined ? posix[name] : `[\\p{${category}}]`
}

export interface Case {
  /** Java's `(?i)`: letters of ASCII match in both cases, and no others do. */
  readonly ignored: boolean
}

/** The members of a class that match these characters, from the first to the last. */
export function rangeMembers(first: number, last: number, { ignored }: Case): string {
  const ranges = [[first, last] as const, ...(ignored ? otherCase(first, last) : [])]
  return ranges.map(([from, to]) => (from === to ? escaped(from) : `${escaped(from)}-${escaped(to)}`)).join('')
}

function otherCase(first: number, last: number): (readonly [number, number])[] {
  return [
    { from: 0x41, to: 0x5a, away: 0x20 },
    { from: 0x61, to: 0x7a, away: -0x20 },
  ]
    .map(({ from, to, away }) => [Math.max(first, from) + away, Math.min(last, to) + away] as const)
    .filter(([from, to]) => from <= to)
}

/** A pattern that matches the atom. */
export function writeAtom(atom: Atom, letterCase: Case): string {
  if (atom.kind === 'set') return atom.source
  return `[${rangeMembers(atom.codePoint, atom.codePoint, letterCase)}]`
}

const escaped = (codePoint: number) => `\\u{${codePoint.toString(16)}}`
