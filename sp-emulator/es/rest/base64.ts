import { illegalArgument } from '../elasticsearch-error.ts'

/** The octets behind strict base64, with the JDK's words for what is none (spec §1.7). @throws ElasticsearchError 400 */
export function decodeBase64(text: string): Buffer {
  const fault = findFault(text)
  if (fault !== undefined) throw illegalArgument(fault)
  return Buffer.from(text, 'base64')
}

/** In the order in which `java.util.Base64` notices; padding may be absent, but not wrong. */
function findFault(text: string): string | undefined {
  if (text.length === 1) return 'Input byte[] should at least have 2 bytes for base64 bytes'
  const end = text.search(/[^A-Za-z0-9+/]/)
  const isPadded = text[end] === '='
  if (end !== -1 && !isPadded) return `Illegal base64 character ${javaByte(text.charCodeAt(end)).toString(16)}`
  const lastUnit = (isPadded ? end : text.length) % 4
  if (isPadded && (lastUnit === 0 || (lastUnit === 2 && text[end + 1] !== '='))) {
    return 'Input byte array has wrong 4-byte ending unit'
  }
  if (lastUnit === 1) return 'Last unit does not have enough valid bits'
  const next = end + (lastUnit === 2 ? 2 : 1)
  return isPadded && next < text.length ? `Input byte array has incorrect ending byte at ${next}` : undefined
}

/** Java reads the text as ISO 8859-1, has a question mark for what is outside, and its bytes have a sign. */
function javaByte(code: number): number {
  if (code > 0xff) return 0x3f
  return code > 0x7f ? code - 0x100 : code
}
