import type { ClientLibrary } from './client-library.ts'
import { inTime } from './in-time.ts'
import { mostMs } from './redis-connection.ts'
import type { Client } from './renewable-client.ts'

interface ClusterOptions {
  /** Of one node, with user and password. */
  readonly url: string
  /** Of others that can be asked who is there. */
  readonly others: readonly string[]
  /** A node was lost, or a command went where nobody is. */
  readonly onLost: () => void
  readonly signal: AbortSignal
}

export interface ClusterClient extends Client {
  /** Of its masters. */
  readonly urls: readonly string[]
}

/**
 * Opens connections to all masters of a cluster. One that is lost stays so: whoever is told makes another client, which asks anew who the masters are.
 * @throws Error where a slot has no master, or one that takes no connection
 */
export async function openCluster(
  { createCluster, ErrorReply }: ClientLibrary,
  { url, others, onLost, signal }: ClusterOptions,
): Promise<ClusterClient> {
  const rootNodes = [url, ...others].map((each) => ({ url: each }))
  const cluster = createCluster({ rootNodes, defaults: defaultsOf(url) })
  const destroy = () => {
    if (cluster.isOpen) cluster.destroy()
  }
  let why: Error | undefined
  cluster.on('error', (error: Error) => {
    why = error
  })
  cluster.on('node-error', onLost)
  signal.addEventListener('abort', destroy, { once: true })
  try {
    signal.throwIfAborted()
    const late = () => {
      throw new Error(`nobody answered within ${mostMs / 1_000} s`)
    }
    await inTime(mostMs, cluster.connect(), late)
    // Array.from also sees what an array lacks.
    if (!Array.from(cluster.slots).every(Boolean)) throw new Error('the cluster has slots that no node serves')
  } catch (cause) {
    destroy()
    throw why ?? cause
  } finally {
    signal.removeEventListener('abort', destroy)
  }
  return {
    urls: cluster.masters.map(({ host, port }) => urlAt(url, { host, port })),
    destroy,
    send: async (key, words) => {
      try {
        return await cluster.sendCommand(key, false, [...words])
      } catch (cause) {
        if (!(cause instanceof ErrorReply)) onLost()
        throw cause
      }
    },
  }
}

/** Another node of the cluster of which this is one. */
function urlAt(url: string, { host, port }: { host: string; port: number }): string {
  const there = new URL(url)
  there.hostname = host.includes(':') ? `[${host}]` : host
  there.port = `${port}`
  return there.href
}

/** What holds for every node of a cluster that is found by this one. */
function defaultsOf(url: string) {
  const { protocol, username, password } = new URL(url)
  return {
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    disableOfflineQueue: true,
    socket: {
      connectTimeout: mostMs,
      reconnectStrategy: false as const,
      ...(protocol === 'rediss:' && { tls: true as const }),
    },
  }
}
