import { metadataLimits } from '#saml/xml/read'
import { type Clock, systemClock } from '#server/clock'
import { fetchDocument, type HttpGetOptions } from '#server/http-get'
import { keepFresh, type Pause } from '#server/keep-fresh'
import { keepTrying } from '#server/keep-trying'
import type { Log } from '#server/logging'
import type { TrustedSp } from '../../idp/index.ts'
import { type IdpRole, readWithoutEntry, trustAll } from './run-idp.ts'

export interface Awaited {
  readonly url: string
  /** What the document there says; by default whom it describes. */
  readonly read?: (document: string | Uint8Array) => readonly TrustedSp[]
}

interface Following {
  readonly log: Log
  readonly signal: AbortSignal
  /** Whom to trust at an https address. */
  readonly trust?: HttpGetOptions['tls']
  readonly clock?: Clock
  readonly pause?: Pause
}

/**
 * Trusts the service providers behind an address, as soon as their metadata can be had there, and follows it until the signal comes: it is fetched again
 * when it asks for that, who has gone is forgotten, and what cannot be had or read leaves everybody as they were. Settles once they are trusted, or when given up.
 */
export async function followServiceProviders(
  { idp, readiness }: IdpRole,
  { url, read = (document) => readWithoutEntry(document, {}, clock) }: Awaited,
  { trust: tls, clock = systemClock, ...given }: Following,
): Promise<void> {
  let described: readonly TrustedSp[] = []
  const load = async () => {
    const found = read(await fetchDocument(url, { maxBytes: metadataLimits.bytes, ...(tls && { tls }) }))
    trustAll(idp, found)
    const names = new Set(found.map(entityIdOf))
    for (const gone of described.map(entityIdOf).filter((entityId) => !names.has(entityId))) idp.forget(gone)
    described = found
  }
  const what = `the metadata of the service provider from ${url}`
  const { log, signal } = given
  await keepTrying(() => readiness.attempt(load), { log, signal, what: `loading ${what}` })
  const freshMs = () => freshForMs(described, clock.now())
  void keepFresh(load, { ...given, what, freshMs, retryMs: () => Math.min(freshMs(), retryMs) })
}

const entityIdOf = ({ metadata }: TrustedSp): string => metadata.entityId

/** Nobody is asked more often, whatever he wishes, and nobody less often. */
const [leastMs, mostMs] = [10_000, 3_600_000]
const retryMs = 60_000

/** How long metadata is good for: until the first of its service providers wants it fetched again or ends, within bounds. */
export function freshForMs(described: readonly TrustedSp[], now: number): number {
  const wished = described.map(({ metadata: { cacheMs = mostMs, validUntil = Number.POSITIVE_INFINITY } }) =>
    Math.min(cacheMs, validUntil - now),
  )
  return Math.max(leastMs, Math.min(mostMs, ...wished))
}
