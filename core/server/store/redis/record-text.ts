import { StoreUnavailable } from '../store-unavailable.ts'

/** How records are written; another number is another way. */
const version = '1'

export interface WrittenRecord<V> {
  readonly value: V
  /** By the party's clock, epoch milliseconds. */
  readonly expiresAt: number
}

/** A record as text: the version, when it expires, and the value as JSON. */
export function writeRecord({ value, expiresAt }: WrittenRecord<unknown>): string {
  return `${version} ${expiresAt} ${JSON.stringify(value)}`
}

/** @throws StoreUnavailable for a record of another version, which this program must not guess at. */
export function readRecord<V>(text: string, key: string): WrittenRecord<V> {
  const [first = '', second = ''] = text.split(' ', 2)
  if (first !== version) {
    const says = `the record [${key}] has the version [${first.slice(0, 20)}], expected ${version}: it was written by another release of sloop`
    throw new StoreUnavailable(says)
  }
  return { expiresAt: Number(second), value: JSON.parse(text.slice(first.length + second.length + 2)) as V }
}
