import { ConfigError } from '../../config-error.ts'
import { loadOnce } from '../../load-once.ts'
import type { Log } from '../../logging.ts'
import { type Opened, type RedisConnection, speakTo } from './redis-connection.ts'

const loadClient = loadOnce(async () => {
  try {
    return await import('redis')
  } catch (cause) {
    throw new ConfigError('--store needs the package [redis], which is not installed: npm install redis', { cause })
  }
})

/** Answers of an engine that asking again does not change. */
const refusing = ['NOAUTH', 'WRONGPASS', 'NOPERM', 'ERR invalid DB', 'ERR DB index', 'ERR SELECT is not allowed']

const isRefusal = ({ message }: Error): boolean => refusing.some((words) => message.startsWith(words))

const connectTimeoutMs = 2_000
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
export async function openRedis({ url, log, signal }: OpenRedisOptions): Promise<RedisConnection> {
  const place = placeOf(url)
  const { createClient, createCluster } = await loadClient()
  let isTold = false
  const tell = (cause: Error) => {
    if (isTold) return
    isTold = true
    log.warn({ store: place, cause: cause.message }, `the store at ${place} cannot be reached: waiting for it`)
  }
  /** Why the start is in vain. Once it has succeeded nothing is: whoever changed the password changes it again. */
  let refusal: Error | undefined
  let isStarted = false
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: connectTimeoutMs,
      reconnectStrategy: (retries, cause) => {
        if (!isStarted && isRefusal(cause)) refusal = cause
        if (!isStarted && refusal !== undefined) return refusal
        tell(cause)
        return isStarted ? slowestRetryMs : Math.min(50 * 2 ** retries, slowestRetryMs)
      },
    },
  })
  client.on('error', (error: Error) => {
    if (isRefusal(error)) refusal = error
  })
  const { opened, open } = countOpenings()
  client.on('ready', () => {
    open()
    if (isTold) log.info({ store: place }, `the store at ${place} is there`)
    isTold = false
  })
  const giveUp = () => {
    refusal = new Error('the start was given up')
    if (client.isOpen) client.destroy()
  }
  signal?.addEventListener('abort', giveUp, { once: true })
  try {
    signal?.throwIfAborted()
    await client.connect()
    isStarted = true
    if (!String(await client.sendCommand(['INFO', 'cluster'])).includes('cluster_enabled:1')) {
      const close = async () => void (client.isOpen && client.destroy())
      return speakTo((_key, words) => client.sendCommand([...words]), { place, close, opened })
    }
    client.destroy()
    const cluster = createCluster({ rootNodes: [{ url }], defaults: defaultsOf(url) })
    cluster.on('error', () => undefined)
    cluster.on('node-ready', open)
    await cluster.connect()
    const close = async () => void (cluster.isOpen && cluster.destroy())
    return speakTo((key, words) => cluster.sendCommand(key, false, [...words]), { place, close, opened })
  } catch (cause) {
    const { message } = refusal ?? (cause as Error)
    throw new ConfigError(`the store at ${place} cannot be used (${message})`, { cause })
  } finally {
    signal?.removeEventListener('abort', giveUp)
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

/** What holds for every node of a cluster that is found by this one. */
function defaultsOf(url: string) {
  const { protocol, username, password } = new URL(url)
  return {
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    disableOfflineQueue: true,
    socket: { connectTimeout: connectTimeoutMs, ...(protocol === 'rediss:' && { tls: true as const }) },
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
