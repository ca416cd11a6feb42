import type { KeptSeen } from '../../journal/seen.ts'
import { StoreUnavailable } from '../store-unavailable.ts'

/** How entries are written; another number is another way. */
const version = '1'

/** An entry but for its number, which the engine gives. */
export type UnnumberedEntry = Omit<KeptSeen, 'seq'>

/** An entry as text: the version, and the entry as JSON. Octets of a document stand there in base64. */
export function writeEntry(entry: UnnumberedEntry): string {
  const { document } = entry
  if (!(document instanceof Uint8Array)) return `${version} ${JSON.stringify(entry)}`
  return `${version} ${JSON.stringify({ ...entry, document: undefined, octets: Buffer.from(document).toString('base64') })}`
}

/** @throws StoreUnavailable for an entry of another version, which this program must not guess at. */
export function readEntry(text: string, seq: number): KeptSeen {
  const [first = ''] = text.split(' ', 1)
  if (first !== version) {
    const says = `the entry ${seq} of the journal has the version [${first.slice(0, 20)}], expected ${version}: it was written by another release of sloop`
    throw new StoreUnavailable(says)
  }
  const { octets, ...entry } = JSON.parse(text.slice(first.length + 1)) as UnnumberedEntry & { octets?: string }
  const document = octets === undefined ? entry.document : Buffer.from(octets, 'base64')
  return { seq, ...entry, ...(document !== undefined && { document }) }
}
