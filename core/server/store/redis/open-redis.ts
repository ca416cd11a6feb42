import { setTimeout as pause } from 'node:timers/promises'
import { ConfigError } from '../../config-error.ts'
import type { Log } from '../../logging.ts'
import { inTime } from '../../timers.ts'
import { type ClientLibrary, loadClientLibrary } from './client-library.ts'
import { unanswered } from './connect-in-time.ts'
import { isRefusal } from './is-refusal.ts'
import { openCluster } from './open-cluster.ts'
import { openSingle } from './open-single.ts'
import { proven } from './proven.ts'
import { mostMs, type Opened, type RedisConnection, speakTo } from './redis-connection.ts'
import { keysOf } from './redis-store.ts'
import { type Client, type Making, renewable } from './renewable-client.ts'

const proofKey = `${keysOf('main')}proof`

const slowestRetryMs = 500

export interface OpenRedisOptions {
  /** `redis://` or `rediss://`, with user, password, host, port and number of the database as the URL scheme of Redis has them. */
  readonly url: string
  readonly log: Log
  /** Ends waiting for an engine that is not there yet. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Opens a connection, and waits for an engine that is not there, or takes no changes, yet, which it says. One that is lost, or of no use, is opened again by itself.
 * @throws ConfigError for a URL that cannot be meant, a package that is not there, and an engine that refuses us
 */
export async function openRedis({
  url,
  log,
  signal = new AbortController().signal,
}: OpenRedisOptions): Promise<RedisConnection> {
  const place = placeOf(url)
  const redis = await loadClientLibrary()
  const { opened, open } = countOpenings()
  let isTold = false
  const onAway = (cause: Error) => {
    if (isTold) return
    isTold = true
    log.warn({ store: place, cause: cause.message }, `the store at ${place} cannot be reached: waiting for it`)
  }
  const onOpen = () => {
    open()
    if (isTold) log.info({ store: place }, `the store at ${place} is there`)
    isTold = false
  }
  const waitFor = <T>(make: () => Promise<T>) => asSoonAsThere(make, { signal, onAway })
  try {
    const next = (await waitFor(() => isCluster(redis, url, signal))) ? clusterAt(redis, url) : singleAt(redis, url)
    const { send, renew, destroy } = await renewable({
      first: (making) => waitFor(async () => proven(await next({ ...making, signal }), proofKey)),
      next,
      pauseMs: slowestRetryMs,
      graceMs: mostMs,
      onFailed: onAway,
      onNew: onOpen,
    })
    return speakTo(send, { place, close: async () => destroy(), opened, renew })
  } catch (cause) {
    throw new ConfigError(`the store at ${place} cannot be used (${(cause as Error).message})`, { cause })
  }
}

interface Waiting {
  readonly signal: AbortSignal
  readonly onAway: (cause: Error) => void
}

/** @throws Error when waiting is in vain, or given up */
async function asSoonAsThere<T>(make: () => Promise<T>, { signal, onAway }: Waiting): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await make()
    } catch (cause) {
      if (signal.aborted || isRefusal(cause as Error)) throw cause
      onAway(cause as Error)
      await pause(Math.min(50 * 2 ** retries, slowestRetryMs), undefined, { signal })
    }
  }
}

type MakeClient = (making: Making) => Promise<Client>

const singleAt =
  (redis: ClientLibrary, url: string): MakeClient =>
  (making) =>
    openSingle(redis, { url, ...making })

function clusterAt(redis: ClientLibrary, url: string): MakeClient {
  let others: readonly string[] = []
  return async (making) => {
    const client = await openCluster(redis, { url, others, ...making })
    others = client.urls
    return client
  }
}

/** By what the engine says of itself. @throws Error as `openSingle`, and when it falls silent */
async function isCluster(redis: ClientLibrary, url: string, signal: AbortSignal): Promise<boolean> {
  const { send, destroy } = await openSingle(redis, { url, signal, onLost: () => undefined })
  try {
    return String(await inTime(mostMs, send('', ['INFO', 'cluster']), unanswered)).includes('cluster_enabled:1')
  } finally {
    destroy()
  }
}

function countOpenings(): { readonly opened: Opened; readonly open: () => void } {
  let connections = 0
  const told: (() => void)[] = []
  return {
    opened: {
      get connections() {
        return connections
      },
      whenBack: (tell) => void told.push(tell),
    },
    open: () => {
      connections += 1
      for (const tell of told) tell()
    },
  }
}

/** The address of an engine without user and password. @throws ConfigError for what can lead to none, however long it is waited for */
export function placeOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '') {
    throw new ConfigError(`--store: expected a URL such as redis://localhost:6379, found [${withoutUser(url)}]`)
  }
  const place = `${parsed.protocol}//${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`
  if (!/^(\/\d*)?$/.test(parsed.pathname)) {
    throw new ConfigError(
      `--store: expected the number of a database as the path, as in redis://localhost:6379/2, found [${place}]`,
    )
  }
  if ([parsed.username, parsed.password].map(decoded).includes(undefined)) {
    throw new ConfigError(`--store: the user or password for [${place}] has a % that begins no octet: write it as %25`)
  }
  return place
}

/** Undefined for what cannot be decoded. */
function decoded(text: string): string | undefined {
  try {
    // A call whose answer is not looked at is left out where the program is built.
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Also of what is no URL: whatever stands before an @ may be a password. */
const withoutUser = (url: string): string => url.slice(url.lastIndexOf('@') + 1)
