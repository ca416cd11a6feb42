import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { SamlError } from '../errors.ts'
import { messageLimits } from '../xml/read.ts'

// A message is a few kilobytes: what zlib sets up for megabytes costs more than the work itself, and chunks below 4 kB are cut from memory that Node has at hand.
const forMessages = { windowBits: 12, memLevel: 5, chunkSize: 1024 } as const
const ofMessages = { maxOutputLength: messageLimits.bytes, chunkSize: 2048, info: true } as const

/** Raw DEFLATE (RFC 1951), as the Redirect binding wants it (saml-bindings-2.0 §3.4.4.1). */
export function deflate(document: string): Buffer {
  return deflateRawSync(document, forMessages)
}

/**
 * Undoes raw DEFLATE and stops at the size limit of a message, so that a small input cannot become a large output. What stands behind the
 * end of the stream is refused, or ignored with `lenient`, as Elasticsearch does (spec §3.5).
 * @throws SamlError SAML_DEFLATE with `facts.truncated`, or SAML_TOO_LARGE.
 */
export function inflate(octets: Uint8Array, { lenient = false }: { lenient?: boolean } = {}): Buffer {
  const { buffer, engine } = inflateOrRefuse(octets)
  if (!lenient && engine.bytesWritten !== octets.byteLength) {
    throw new SamlError(
      'SAML_DEFLATE',
      `${octets.byteLength - engine.bytesWritten} bytes stand behind the end of the DEFLATE stream`,
    )
  }
  return buffer
}

function inflateOrRefuse(octets: Uint8Array): { buffer: Buffer; engine: { bytesWritten: number } } {
  try {
    const inflated = inflateRawSync(octets, ofMessages)
    // The typings of node:zlib do not know the `info` option.
    return inflated as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new SamlError(
        'SAML_TOO_LARGE',
        `the message inflates to more than ${messageLimits.bytes} bytes`,
        {},
        { cause },
      )
    }
    const truncated = code === 'Z_BUF_ERROR'
    throw new SamlError('SAML_DEFLATE', `the message is not raw DEFLATE: ${message}`, { truncated }, { cause })
  }
}
