import { SamlError } from '../errors.ts'

/**
 * Decodes standard base64 and refuses what Node's own decoder lets pass: another alphabet, wrong padding, stray bits.
 * With `lenient`, ASCII white space anywhere and a missing padding are accepted, as Elasticsearch does (spec §3.5).
 * @throws SamlError SAML_BASE64 in the words of the JDK, which reach clients of Elasticsearch.
 */
export function decodeBase64(text: string, { lenient = false }: { lenient?: boolean } = {}): Buffer {
  const octets = Buffer.from(text, 'base64')
  // Nearly every text is this; only of another is there something to be told.
  if (octets.toString('base64') === text) return octets
  const compact = lenient ? text.replace(/[\t\n\v\f\r ]+/g, '') : text
  const digits = /^[A-Za-z0-9+/]*/.exec(compact)?.[0] ?? ''
  checkEnding(digits, compact.slice(digits.length), lenient)
  const lastUnit = digits.slice(-(digits.length % 4 || 4))
  if (Buffer.from(lastUnit, 'base64').toString('base64').slice(0, lastUnit.length) !== lastUnit) {
    throw refusal('Input byte array has stray bits in its last unit')
  }
  return Buffer.from(digits, 'base64')
}

function checkEnding(digits: string, tail: string, lenient: boolean): void {
  if (digits.length + tail.length === 1) throw refusal('Input byte[] should at least have 2 bytes for base64 bytes')
  const rest = digits.length % 4
  const padding = rest === 0 ? '' : '='.repeat(4 - rest)
  if (tail !== '' && !tail.startsWith('=')) throw refusal(`Illegal base64 character ${jdkOctet(tail)}`)
  if (rest === 1) throw refusal('Last unit does not have enough valid bits')
  const mayEndHere = tail === '' && (lenient || rest === 0)
  if (mayEndHere) return
  if (rest === 0 || !tail.startsWith(padding)) throw refusal('Input byte array has wrong 4-byte ending unit')
  if (tail !== padding) {
    throw refusal(`Input byte array has incorrect ending byte at ${digits.length + padding.length}`)
  }
}

// The JDK looks at Latin-1 octets, a question mark for what is not in it, and prints them as signed.
function jdkOctet(text: string): string {
  const code = text.charCodeAt(0)
  const octet = code > 0xff ? 0x3f : code
  return (octet > 0x7f ? octet - 0x100 : octet).toString(16)
}

function refusal(reason: string): SamlError {
  return new SamlError('SAML_BASE64', reason)
}
