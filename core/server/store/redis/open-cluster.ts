import type { ClientLibrary } from './client-library.ts'
import { connectInTime, endClient, quietly } from './connect-in-time.ts'
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
  // What is asked who is there is not kept: one that says nothing leaves time for the next.
  const rootNodes = [...new Set([url, ...others])].map((each) => ({ url: each, socket: { socketTimeout: mostMs / 2 } }))
  const cluster = createCluster({ rootNodes, defaults: defaultsOf(url) })
  let why: Error | undefined
  cluster.on('error', (error: Error) => {
    why = error
  })
  cluster.on('node-error', onLost)
  let isEnded = false
  const end = () => {
    isEnded = true
    for (const { client } of cluster.masters) if (client !== undefined) endClient(client)
    quietly(() => cluster.destroy())
  }
  // Who is there may be answered, and connected to, only after that.
  cluster.on('node-connect', () => void (isEnded && end()))
  try {
    await connectInTime({ connect: () => cluster.connect(), end }, signal)
  } catch (cause) {
    throw why ?? cause
  }
  // Array.from also sees what an array lacks.
  if (!Array.from(cluster.slots).every(Boolean)) {
    end()
    throw new Error('the cluster has slots that no node serves')
  }
  return {
    urls: cluster.masters.map(({ host, port }) => urlAt(url, { host, port })),
    destroy: end,
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
