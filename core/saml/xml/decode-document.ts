import { SamlError } from '../errors.ts'

/** What a document begins with, with a byte order mark or without (XML 1.0 appendix F), and the encoding that this tells. */
const beginnings: readonly (readonly [encoding: string, octets: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0x3c, 0x00]],
  ['utf-16be', [0x00, 0x3c]],
]

/**
 * The text of a document in whatever encoding its first octets or its XML declaration tell, else in UTF-8. For metadata, which is kept in files by all kinds of
 * programs; a message is UTF-8.
 * @throws SamlError SAML_ENCODING when the encoding is not known here, or the octets are not in it.
 */
export function decodeDocument(octets: Uint8Array): string {
  const encoding = encodingOf(octets)
  const decoder = decoderFor(encoding)
  try {
    return decoder.decode(octets)
  } catch (cause) {
    throw new SamlError('SAML_ENCODING', `the document is not ${encoding.toUpperCase()}`, {}, { cause })
  }
}

function encodingOf(octets: Uint8Array): string {
  const beginning = beginnings.find(([, begin]) => begin.every((octet, index) => octets[index] === octet))
  if (beginning !== undefined) return beginning[0]
  const head = Buffer.from(octets.subarray(0, 256)).toString('latin1')
  const [, declared = 'utf-8'] = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(head) ?? []
  return declared
}

function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch (cause) {
    throw new SamlError('SAML_ENCODING', `the document declares an unknown encoding [${encoding}]`, {}, { cause })
  }
}
