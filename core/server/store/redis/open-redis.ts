import { setTimeout as pause } from 'node:timers/promises'
import { ConfigError } from '../../config-error.ts'
import type { Log } from '../../logging.ts'
import { type ClientLibrary, loadClientLibrary } from './client-library.ts'
import { openCluster } from './open-cluster.ts'
import { openSingle } from './open-single.ts'
import { mostMs, type Opened, type RedisConnection, speakTo } from './redis-connection.ts'
import { type Client, type RenewableClient, renewable } from './renewable-client.ts'

/** Answers of an engine that asking again does not change. */
const refusing = ['NOAUTH', 'WRONGPASS', 'NOPERM', 'ERR invalid DB', 'ERR DB index', 'ERR SELECT is not allowed']

const isRefusal = ({ message }: Error): boolean => refusing.some((words) => message.startsWith(words))

const slowestRetryMs = 500

export interface OpenRedisOptions {
  /** `redis://` or `rediss://`, with user, password, host, port and number of the database as the URL scheme of Redis has them. */
  readonly url: string
  readonly log: Log
  /** Ends waiting for an engine that is not there yet. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Opens a connection, and waits for an engine that is not there yet, which it says. One that is lost is opened again by itself.
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
  const engine = { redis, url, onAway, onOpen }
  try {
    const single = await openSingle(redis, { ...engine, slowestRetryMs, isInVain: isRefusal, signal })
    const isCluster = String(await single.send('', ['INFO', 'cluster'])).includes('cluster_enabled:1')
    const { send, renew, destroy } = await (isCluster
      ? keepCluster(engine, single, signal)
      : keepSingle(engine, single))
    return speakTo(send, { place, close: async () => destroy(), opened, renew })
  } catch (cause) {
    throw new ConfigError(`the store at ${place} cannot be used (${(cause as Error).message})`, { cause })
  }
}

interface Engine {
  readonly redis: ClientLibrary
  readonly url: string
  readonly onAway: (cause: Error) => void
  readonly onOpen: () => void
}

const keeping = { pauseMs: slowestRetryMs, graceMs: mostMs }

const keepSingle = ({ redis, ...engine }: Engine, first: Client): Promise<RenewableClient> =>
  renewable({
    ...keeping,
    first: async () => first,
    next: ({ signal }) => openSingle(redis, { ...engine, slowestRetryMs, isInVain: () => false, signal }),
    onFailed: engine.onAway,
    // It has said so itself.
    onNew: () => undefined,
  })

/** @param first to one of its nodes */
function keepCluster(
  { redis, url, onAway, onOpen }: Engine,
  first: Client,
  start: AbortSignal,
): Promise<RenewableClient> {
  first.destroy()
  let others: readonly string[] = []
  const next = async (making: { signal: AbortSignal; onLost: () => void }): Promise<Client> => {
    const client = await openCluster(redis, { url, others, ...making })
    others = client.urls
    return client
  }
  const waitForAll = async (making: { onLost: () => void }): Promise<Client> => {
    for (;;) {
      try {
        return await next({ ...making, signal: start })
      } catch (cause) {
        if (start.aborted || isRefusal(cause as Error)) throw cause
        onAway(cause as Error)
        await pause(slowestRetryMs, undefined, { signal: start })
      }
    }
  }
  return renewable({ ...keeping, first: waitForAll, next, onFailed: onAway, onNew: onOpen })
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

/** The address of an engine without user and password. @throws ConfigError */
export function placeOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '') {
    throw new ConfigError(`--store: expected a URL such as redis://localhost:6379, found [${withoutUser(url)}]`)
  }
  return `${parsed.protocol}//${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`
}

/** Also of what is no URL: whatever stands before an @ may be a password. */
const withoutUser = (url: string): string => url.slice(url.lastIndexOf('@') + 1)
