import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SamlError } from '#saml/errors'
import { readQuery } from './query-string.ts'

/** Property: the splitter agrees with one that goes from character to character and takes no short cut. */

const reserved = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg', 'Signature']

type Reading = { parameters: Record<string, string>; signed: string } | { refused: string }

class Refused extends Error {}

function readSlowly(raw: string): Reading {
  try {
    return { parameters: Object.fromEntries(parametersOf(raw)), signed: signedPart(raw) }
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message }
    throw error
  }
}

function parametersOf(raw: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const piece of piecesOf(raw)) {
    const { name: writtenName, value } = halvesOf(piece)
    const name = decodeSlowly(writtenName)
    if (name.toLowerCase() === 'pathrestricted') throw new Refused('SAML_QUERY_MALFORMED')
    const isReserved = reserved.includes(name)
    if (isReserved && (writtenName !== name || found.has(name))) throw new Refused('SAML_QUERY_AMBIGUOUS')
    found.set(name, decodeSlowly(value))
  }
  if (found.has('SAMLRequest') && found.has('SAMLResponse')) throw new Refused('SAML_QUERY_AMBIGUOUS')
  return found
}

function piecesOf(raw: string): readonly string[] {
  const pieces = ['']
  for (const character of raw.split('')) {
    if (character === '#') break
    if (character === '&' || character === ';') pieces.push('')
    else pieces.push((pieces.pop() ?? '') + character)
  }
  return pieces.filter((piece) => piece !== '')
}

function halvesOf(piece: string): { name: string; value: string } {
  const [first = '', ...others] = piece.split('=')
  if (first === '') return { name: others.join('='), value: '' }
  return { name: first, value: others.join('=') }
}

function decodeSlowly(text: string): string {
  let decoded = ''
  let octets: number[] = []
  const flush = () => {
    decoded += Buffer.from(octets).toString('utf8')
    octets = []
  }
  for (let at = 0; at < text.length; ) {
    const two = text.slice(at + 1, at + 3)
    if (text[at] !== '%') {
      flush()
      decoded += text[at] === '+' ? ' ' : text[at]
      at += 1
    } else if (two.startsWith('%')) {
      octets.push(0x25)
      at += 2
    } else {
      if (two.length < 2 || [...two].some((digit) => !'0123456789abcdefABCDEF'.includes(digit))) {
        throw new Refused('SAML_QUERY_MALFORMED')
      }
      octets.push(Number.parseInt(two, 16))
      at += 3
    }
  }
  flush()
  return decoded
}

const lineEnds = ['\n', '\r', '\u0085', '\u2028', '\u2029']

function signedPart(raw: string): string {
  for (let at = 0; at < raw.length; at++) {
    if (!raw.startsWith('&Signature=', at)) continue
    const lastEnd = ['\r\n', ...lineEnds].find((end) => raw.endsWith(end)) ?? ''
    const rest = raw.slice(at, raw.length - lastEnd.length)
    if (!lineEnds.some((end) => rest.includes(end))) return inAscii(raw.slice(0, at) + lastEnd)
  }
  return inAscii(raw)
}

const inAscii = (text: string) => [...text].map((character) => (character > '\u007F' ? '?' : character)).join('')

function readQuickly(raw: string): Reading {
  try {
    const { parameters, signedOctets } = readQuery(raw)
    return { parameters: Object.fromEntries(parameters), signed: signedOctets.toString('latin1') }
  } catch (error) {
    if (error instanceof SamlError) return { refused: error.code }
    throw error
  }
}

const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...reserved,
      'SAMLRequ%65st',
      'Sig%41lg',
      'signature',
      '__proto__',
      'x',
      'pathRestricted',
    ),
  },
  { weight: 4, arbitrary: fc.constantFrom('&', '=', ';', '#', '&Signature=', '&SigAlg=') },
  { weight: 3, arbitrary: fc.constantFrom('%', '%%', '%4', '%41', '%c3%A9', '%C3', '%zz', '%26', '%3D', '+', '%2B') },
  { weight: 1, arbitrary: fc.constantFrom('\n', '\r\n', '\u0085', '\u2028', '\u2029', 'é', '😀', '\uD83D') },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
)
const query = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''))

test('the query splitter agrees with a slow and obvious one', () => {
  fc.assert(
    fc.property(query, (raw) => {
      expect(readQuickly(raw)).toEqual(readSlowly(raw))
    }),
    { numRuns: 5_000 },
  )
})
