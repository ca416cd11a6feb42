import { SamlError } from '#saml/errors'

/** A raw query string as a node reads it (spec §3.2, §3.3). */
export interface ReceivedQuery {
  readonly raw: string
  readonly parameters: ReadonlyMap<string, string>
  /** What a signature must cover: the raw string without its `&Signature=…` end, as US-ASCII. */
  readonly signedOctets: Buffer
}

const reserved: ReadonlySet<string> = new Set(['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature'])

/** Names that a REST layer keeps for marks of its own, with its words about them: until 8.15, and from 8.16 on (es:RestUtils). */
const markers: readonly (readonly [name: string, refusal: string])[] = [
  ['pathRestricted', 'is reserved and may not set'],
  ['serverlessRequest', 'is reserved and may not be set'],
  ['operatorRequest', 'is reserved and may not be set'],
]

/**
 * Splits a raw query as a node's REST layer does: up to the first `#`, on `&` and `;`, names and values decoded as UTF-8 with `+` for a blank.
 * A protocol parameter that comes twice, is spelled with escapes, or both messages at once are refused: a documented
 * deviation (spec §3.2), since it is not settled what a node would do. So are the markers of every version, in any case of letters.
 * @throws SamlError SAML_QUERY_MALFORMED in the JDK's words, SAML_QUERY_AMBIGUOUS.
 */
export function readQuery(raw: string): ReceivedQuery {
  const parameters = new Map<string, string>()
  const [beforeFragment = ''] = raw.split('#', 1)
  for (const part of beforeFragment.split(/[&;]/)) {
    if (part === '') continue
    const { rawName, rawValue } = splitPair(part)
    const name = decode(rawName)
    refuseMarker(name)
    if (reserved.has(name)) checkReserved(name, rawName, parameters)
    parameters.set(name, decode(rawValue))
  }
  if (parameters.has('SAMLRequest') && parameters.has('SAMLResponse')) {
    throw ambiguous('parameters [SAMLRequest] and [SAMLResponse] may not be sent together', 1, 2)
  }
  return { raw, parameters, signedOctets: toAscii(withoutSignature(raw)) }
}

const lineTerminators = ['\n', '\r', '\u0085', '\u2028', '\u2029']

// As Java's `replaceFirst("&Signature=.*$", "")`: the dot stops at any line terminator, the dollar also matches before a last one. So
// it is looked for in the last line only, and what ends that line stays.
function withoutSignature(raw: string): string {
  const [end = ''] = /(?:\r\n|[\n\r\u0085\u2028\u2029])?$/.exec(raw.slice(-2)) ?? []
  const lines = raw.slice(0, raw.length - end.length)
  const lastLine = Math.max(...lineTerminators.map((terminator) => lines.lastIndexOf(terminator))) + 1
  const signature = lines.indexOf('&Signature=', lastLine)
  return signature < 0 ? raw : lines.slice(0, signature) + end
}

// `=x` is a parameter named x without a value, as the REST layer has it.
function splitPair(part: string): { rawName: string; rawValue: string } {
  const equals = part.indexOf('=')
  if (equals < 0) return { rawName: part, rawValue: '' }
  if (equals === 0) return { rawName: part.slice(1), rawValue: '' }
  return { rawName: part.slice(0, equals), rawValue: part.slice(equals + 1) }
}

function refuseMarker(sent: string): void {
  const marker = markers.find(([name]) => name.toLowerCase() === sent.toLowerCase())
  if (marker === undefined) return
  const [name, refusal] = marker
  const shown = name === 'pathRestricted' ? name : sent
  throw malformed(`parameter [${shown}] ${refusal}`, { expected: 'a name that is not reserved', actual: sent })
}

function checkReserved(name: string, rawName: string, seen: ReadonlyMap<string, string>): void {
  if (rawName !== name) throw ambiguous(`parameter [${name}] may not be spelled with escapes`, name, rawName)
  if (seen.has(name)) throw ambiguous(`parameter [${name}] may be sent only once`, 1, 2)
}

function ambiguous(reason: string, expected: unknown, actual: unknown): SamlError {
  return new SamlError('SAML_QUERY_AMBIGUOUS', reason, { expected, actual })
}

function toAscii(text: string): Buffer {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is US-ASCII
  return Buffer.from(text.replace(/[^\x00-\x7F]/gu, '?'), 'latin1')
}

// Whole runs of escapes, since several octets may make one character; then whatever else begins with a percent sign.
const escapes = /((?:%%|%[0-9A-Fa-f]{2})+)|%.{0,2}/gs

/** As the REST layer decodes: `+` is a blank, `%%` a percent sign, octets that are no UTF-8 become U+FFFD. */
function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return decodeLeniently(spaced, text)
  }
}

/** What the standard decoder refuses: a doubled percent sign, octets that are no UTF-8, an escape that is none. */
function decodeLeniently(spaced: string, text: string): string {
  return spaced.replace(escapes, (escaped: string, run: string | undefined, index: number) => {
    if (run === undefined) {
      const actual = text.slice(index, index + escaped.length)
      throw malformed(describeEscape(text, actual, index), { expected: 'an escape such as %2B', actual })
    }
    return Buffer.from(run.replaceAll('%%', '%25').replaceAll('%', ''), 'hex').toString('utf8')
  })
}

function describeEscape(text: string, escaped: string, index: number): string {
  if (escaped.length === 1) return `unterminated escape sequence at end of string: ${text}`
  if (escaped.length === 2) return `partial escape sequence at end of string: ${text}`
  return `invalid escape sequence \`${escaped}' at index ${index} of: ${text}`
}

function malformed(reason: string, facts: { expected: string; actual: string }): SamlError {
  return new SamlError('SAML_QUERY_MALFORMED', reason, facts)
}

/** Form encoding with an ASCII charset, as a node writes a redirect: a character beyond ASCII becomes `%3F` (spec §3.13). */
export function formEncode(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is US-ASCII
  return new URLSearchParams([['', value.replace(/[^\x00-\x7F]/gu, '?')]]).toString().slice('='.length)
}
