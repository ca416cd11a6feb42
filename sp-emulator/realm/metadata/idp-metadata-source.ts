import { statSync } from 'node:fs'
import { SamlError } from '#saml/errors'
import { type IdpMetadata, parseIdpMetadata } from '#saml/metadata/idp-metadata'
import { metadataLimits } from '#saml/xml/read'
import { type Clock, systemClock } from '#server/clock'
import { fetchDocument, type HttpGetOptions } from '#server/http-get'
import { failureOf, keepFresh, type Pause } from '#server/keep-fresh'
import { keepTrying } from '#server/keep-trying'
import type { Log } from '#server/logging'
import { readOctets } from '#server/named-file'
import type { RefreshSchedule } from '../settings/metadata-settings.ts'
import { checkStillValid } from './still-valid.ts'
import { type WithdrawnKey, WithdrawnKeys } from './withdrawn-keys.ts'

/** Where a realm has its IdP's metadata from. */
export interface IdpMetadataSource {
  /** The metadata as it is now. @throws SamlError SAML_METADATA while there is none. */
  readonly current: () => IdpMetadata
  /** The signing keys that it named before and does not name now, the newest first. */
  readonly withdrawnKeys: () => readonly WithdrawnKey[]
  /** Settles once the metadata is there; never rejects. */
  readonly loaded: Promise<void>
  /** Gives up fetching. */
  readonly stop: () => void
  /** Why the last attempt to have it failed; undefined when it did not. */
  readonly lastFailure: () => string | undefined
}

const never = () => undefined

/**
 * Metadata that is at hand: of this entity, or of the only one in it.
 * @throws SamlError when it cannot be read or has not this entity.
 */
export function knownMetadata(document: string, entityId?: string): IdpMetadataSource {
  const metadata = parseIdpMetadata(document, entityId)
  return {
    current: () => metadata,
    withdrawnKeys: () => [],
    loaded: Promise.resolve(),
    stop: never,
    lastFailure: never,
  }
}

/**
 * Metadata of an IdP in this process: a change in it counts for the next message.
 * @throws SamlError when it cannot be read or has not this entity.
 */
export function liveMetadata(read: () => string, entityId: string, clock: Clock = systemClock): IdpMetadataSource {
  const withdrawn = new WithdrawnKeys(clock)
  let document = read()
  let metadata = withdrawn.note(parseIdpMetadata(document, entityId))
  const current = () => {
    const now = read()
    if (now === document) return metadata
    metadata = withdrawn.note(parseIdpMetadata(now, entityId))
    document = now
    return metadata
  }
  return { current, withdrawnKeys: withdrawn.list, loaded: Promise.resolve(), stop: never, lastFailure: never }
}

interface FetchOptions {
  readonly http?: HttpGetOptions
  readonly clock?: Clock
  /** How often what is there is fetched again; never, when left out. */
  readonly schedule?: RefreshSchedule | undefined
  /** The pause before another attempt while nothing is there. */
  readonly retryMs?: number
  readonly pause?: Pause
}

/**
 * Metadata behind an address: fetched again and again until it is there, since the IdP may start later than the realm, and then by the schedule. What was
 * there once stays until something better comes (spec §9), which what has expired is not.
 */
export function fetchedMetadata(
  url: string,
  entityId: string | undefined,
  log: Log,
  { http, clock, schedule, retryMs, pause }: FetchOptions = {},
): IdpMetadataSource {
  const { signal, stop } = stoppable()
  const withdrawn = new WithdrawnKeys(clock ?? systemClock)
  let metadata: IdpMetadata | undefined
  let failure: string | undefined
  const load = async () => {
    try {
      metadata = withdrawn.note(await fetchMetadata(url, entityId, { ...http, clock }))
      failure = undefined
    } catch (error) {
      failure = (error as Error).message
      throw error
    }
  }
  const what = `the metadata of the IdP from ${url}`
  const attempts = { log, what: `loading ${what}`, signal }
  const loaded = keepTrying(load, retryMs === undefined ? attempts : { ...attempts, pauseMs: retryMs })
  if (schedule !== undefined) {
    const { refreshMs, minimumRefreshMs } = schedule
    const times = { freshMs: () => refreshMs, retryMs: () => minimumRefreshMs }
    void loaded.then(() => keepFresh(load, { log, what, signal, pause, ...times }))
  }
  return {
    loaded,
    stop,
    withdrawnKeys: withdrawn.list,
    lastFailure: () => failure,
    current: () => {
      if (metadata !== undefined) return metadata
      throw new SamlError('SAML_METADATA', `the metadata of the IdP has not been loaded from [${url}]`, { url })
    },
  }
}

function stoppable() {
  const stopped = new AbortController()
  return { signal: stopped.signal, stop: () => stopped.abort() }
}

/**
 * Fetches metadata once, within bounds of time, size and redirects (`spec/security.md` T82).
 * @throws SamlError SAML_METADATA when there is no such document or it has expired, or what reading it throws.
 */
export async function fetchMetadata(
  url: string,
  entityId: string | undefined,
  { clock = systemClock, ...http }: HttpGetOptions & { readonly clock?: Clock | undefined } = {},
): Promise<IdpMetadata> {
  const document = await fetchDocument(url, http).catch((cause: Error) => {
    throw new SamlError('SAML_METADATA', cause.message, { url }, { cause })
  })
  return checkStillValid(parseIdpMetadata(document, entityId), clock.now())
}

/**
 * Metadata in a file, read again by the next message after the file has changed. A file that vanishes, becomes unreadable or is
 * replaced by one that has expired changes nothing (spec §9).
 * @throws Error when it cannot be read now; SamlError when it is no metadata, has not this entity or has expired.
 */
export function fileMetadata(
  file: string,
  entityId: string,
  { log, clock = systemClock }: { readonly log: Log; readonly clock?: Clock | undefined },
): IdpMetadataSource {
  const withdrawn = new WithdrawnKeys(clock)
  const read = () =>
    withdrawn.note(checkStillValid(parseIdpMetadata(readOctets(file, metadataLimits.bytes), entityId), clock.now()))
  let seen = stampOf(file)
  let metadata = read()
  return {
    withdrawnKeys: withdrawn.list,
    loaded: Promise.resolve(),
    stop: never,
    lastFailure: never,
    current: () => {
      const stamp = stampOf(file)
      if (stamp === undefined || stamp === seen) return metadata
      seen = stamp
      try {
        metadata = read()
      } catch (error) {
        log.warn(failureOf(error), `An error occurred while reloading file [${file}]`)
      }
      return metadata
    },
  }
}

function stampOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats && [stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join()
}
