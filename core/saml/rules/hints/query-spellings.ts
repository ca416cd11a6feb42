import { type EscapeName, escaped, type SpaceName } from '../../bindings/escaped.ts'
import type { QueryPart } from './query-parts.ts'
import { asItCame, type Variant, type Way } from './way.ts'

type Spell = (part: QueryPart) => string

const again = 'somebody between decoded and encoded the query again'
const blank: Way = { how: '', why: 'blanks were written otherwise when it was signed' }

const changing =
  (change: (rawValue: string) => string): Spell =>
  ({ name, raw, rawValue }) =>
    raw === name ? raw : `${name}=${change(rawValue)}`
const escaping =
  (style: EscapeName, space?: SpaceName): Spell =>
  ({ name, value }) =>
    `${name}=${escaped(value, style, space)}`

const escapes = /%[0-9A-Fa-f]{2}/g
const upper = (text: string) => text.replace(escapes, (written) => written.toUpperCase())
const lower = (text: string) => text.replace(escapes, (written) => written.toLowerCase())
const plus = (text: string) => text.replaceAll('%20', '+')
const percent20 = (text: string) => text.replaceAll('+', '%20')

const cases = [
  [upper, { how: 'with upper-case escapes', why: again }],
  [lower, { how: 'with lower-case escapes', why: again }],
] as const
const spaces = [
  [plus, { ...blank, how: 'with + for a blank' }],
  [percent20, { ...blank, how: 'with %20 for a blank' }],
] as const

/** The values as other programs escape them: what differs beside the case is the blank, and what of `!'()*~` stays. */
const programs: readonly (readonly [EscapeName, string])[] = [
  ['js', "with the escapes of JavaScript's encodeURIComponent"],
  ['java', "with the escapes of Java's URLEncoder"],
  ['dotnet', "with the escapes of .NET's UrlEncode"],
  ['php', "with the escapes of PHP's urlencode"],
  ['upper', 'with all escapes that RFC 3986 wants, in upper case'],
  ['lower', 'with all escapes that RFC 3986 wants, in lower case'],
]

const unescaped: Way = {
  how: 'over the values without their escapes',
  why: 'the sender signed them before it escaped them, or they were escaped again after that',
}
const twice: Way = {
  how: 'over values that are escaped twice',
  why: 'one escaping was undone on the way, or the sender signed what it had escaped once more',
}
const rawRelayState: Way = {
  how: 'with RelayState unescaped',
  why: 'the sender signed it before it escaped it',
}
const escapedRelayState: Way = { how: 'with RelayState escaped', why: 'it was signed so, and sent otherwise' }

const onlyRelayState =
  (spell: Spell): Spell =>
  (part) =>
    part.name === 'RelayState' ? spell(part) : part.raw

/** In what spellings the values of a query may have been signed, the likeliest first, as it came before all. */
export const spellings: readonly Variant<Spell>[] = [
  asItCame<Spell>(({ raw }) => raw),
  ...cases.map(([change, way]) => ({ it: changing(change), ways: [way] })),
  ...spaces.map(([change, way]) => ({ it: changing(change), ways: [way] })),
  ...cases.flatMap(([change, way]) =>
    spaces.map(([space, its]) => ({ it: changing((text) => space(change(text))), ways: [way, its] })),
  ),
  { it: onlyRelayState(escaping('none')), ways: [rawRelayState] },
  { it: onlyRelayState(escaping('upper')), ways: [escapedRelayState] },
  ...programs.map(([style, how]) => ({ it: escaping(style), ways: [{ how, why: again }] })),
  { it: escaping('none'), ways: [unescaped] },
  { it: escaping('double'), ways: [twice] },
]
