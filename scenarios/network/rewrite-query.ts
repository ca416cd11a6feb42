/** A raw query, each character one octet, as Node gives what came over the wire. */
type Query = string
type Rewrite = (text: string) => string

/**
 * Other spellings of one query. Whoever reads parameters finds the same in it, apart from `withoutEmpty` and `plusToSpace`; whoever verifies a signature over its
 * octets (saml-bindings-2.0 §3.4.4.1) may not. A name counts as it is written.
 */
export const queryRewritings = {
  reordered: 'The parameters stand in the opposite order, those of one name together, as they stood among themselves.',
  escapedAnew:
    'Names and values are unescaped and escaped again, in upper case and no more than RFC 3986 §3.4 asks for: `/` and `:` become bare, a blank `%20`.',
  lowerHex: 'Escapes are in lower case: `%2B` becomes `%2b`.',
  upperHex: 'Escapes are in upper case: `%2b` becomes `%2B`.',
  withoutEmpty: 'Parameters without a value are left out: `RelayState=`, and `RelayState` alone.',
  plusForPercent20: '`%20` becomes `+`.',
  percent20ForPlus: '`+` becomes `%20`.',
  plusToSpace:
    '`%2B` loses its escape: whoever reads `+` as a blank finds one where a plus was. One signature of 200 has none.',
} as const

export type QueryRewriting = keyof typeof queryRewritings

const ofParts: Readonly<Record<Exclude<QueryRewriting, 'reordered' | 'withoutEmpty'>, Rewrite>> = {
  escapedAnew,
  lowerHex: (text) => text.replace(/%[0-9a-f]{2}/gi, (escaped) => escaped.toLowerCase()),
  upperHex: (text) => text.replace(/%[0-9a-f]{2}/gi, (escaped) => escaped.toUpperCase()),
  plusForPercent20: (text) => text.replaceAll('%20', '+'),
  percent20ForPlus: (text) => text.replaceAll('+', '%20'),
  plusToSpace: (text) => text.replace(/%2b/gi, '+'),
}

/** The query in another spelling, of one parameter alone where `of` names it; the same text where there is nothing to rewrite. */
export function rewriteQuery(query: Query, how: QueryRewriting, of?: string): Query {
  const pairs = query.split('&').map((text) => ({ text, name: text.split('=', 1)[0] ?? '' }))
  if (how === 'reordered') return reordered(pairs)
  const isMeant = ({ name }: Pair) => of === undefined || name === of
  if (how === 'withoutEmpty') {
    const kept = pairs.filter((pair) => !isMeant(pair) || hasValue(pair))
    return kept.map(({ text }) => text).join('&')
  }
  return pairs.map((pair) => (isMeant(pair) ? inParts(pair.text, ofParts[how]) : pair.text)).join('&')
}

interface Pair {
  readonly text: string
  readonly name: string
}

/** As a program writes it that keeps parameters in a map. */
function reordered(pairs: readonly Pair[]): Query {
  const names = [...new Set(pairs.map(({ name }) => name))].reverse()
  return names.flatMap((wanted) => pairs.filter(({ name }) => name === wanted).map(({ text }) => text)).join('&')
}

const hasValue = ({ text, name }: Pair): boolean => text.length > name.length + 1

/** The `=` between a name and its value stays. */
function inParts(pair: string, rewrite: Rewrite): string {
  const end = pair.indexOf('=')
  return end === -1 ? rewrite(pair) : `${rewrite(pair.slice(0, end))}=${rewrite(pair.slice(end + 1))}`
}

/** What a query may have bare, without what separates names and values and without `+`. */
const bare = /[A-Za-z0-9\-._~!$'()*,;:@/?]/

function escapedAnew(text: string): string {
  const octets = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_escape, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Array.from(octets, (octet) => (bare.test(octet) ? octet : `%${hexOf(octet)}`)).join('')
}

const hexOf = (octet: string): string => octet.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')
