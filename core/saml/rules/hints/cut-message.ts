import { constants, inflateRawSync } from 'node:zlib'
import { messageLimits } from '../../xml/read.ts'

/** Where servers, columns and logs end a text. */
const limits = [
  255, 256, 512, 1_000, 1_024, 2_000, 2_048, 2_083, 4_000, 4_096, 8_000, 8_192, 16_384, 32_768, 65_535, 65_536,
]

interface Carried {
  readonly value: string
  readonly carrier: 'query' | 'form'
  /** Of all that carried the message, a query or a body, in octets. */
  readonly carriedLength?: number | undefined
}

/** That a message is the beginning of one: what there is of it can be read, and it ends before its root element does. */
export function whereCut({ value, carrier, carriedLength }: Carried): string | undefined {
  const beginning = beginningOf(Buffer.from(value, 'base64'), carrier)
  if (beginning === undefined) return undefined
  const name = /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?<([A-Za-z_][\w.-]*(?::[\w.-]+)?)[\s>]/.exec(beginning)?.[1]
  if (name === undefined || beginning.trimEnd().endsWith(`</${name}>`) || beginning.includes('</html>'))
    return undefined
  const limit = [value.length, carriedLength].find((length) => length !== undefined && limits.includes(length))
  const where = limit === undefined ? '' : `; ${limit} characters are a limit of many programs`
  return `it was cut after ${value.length} characters: the document begins as <${name.slice(0, 64)}> and does not end${where}`
}

function beginningOf(octets: Buffer, carrier: Carried['carrier']): string | undefined {
  if (carrier === 'form') return octets.toString()
  try {
    const finishFlush = constants.Z_SYNC_FLUSH
    return inflateRawSync(octets, { finishFlush, maxOutputLength: messageLimits.bytes }).toString()
  } catch {
    return undefined
  }
}
