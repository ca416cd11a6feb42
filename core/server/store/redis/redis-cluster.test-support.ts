import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { vi } from 'vitest'
import { freePort, type RedisServer, startRedisServer } from './redis-server.test-support.ts'

/** A node of a cluster, which keeps its name, its folder and its slots when it is started again. */
export interface ClusterNode {
  readonly id: string
  readonly port: number
  readonly url: string
  readonly process: RedisServer['process']
  /** To this very node, whatever it owns. */
  ask(...words: string[]): Promise<unknown>
  stop(signal?: NodeJS.Signals): Promise<void>
  /** @param port where it is from now on; where it was, when absent */
  start(port?: number): Promise<void>
}

export interface RedisCluster {
  /** Of its first node. */
  readonly url: string
  /** Three masters, and behind them their replicas in the same order, if there are any. */
  readonly nodes: readonly ClusterNode[]
  stop(): Promise<void>
}

interface ClusterOptions {
  /** Whether each master has a replica. */
  readonly hasReplicas?: boolean
  /** After how long a node that says nothing is taken for gone. */
  readonly nodeTimeoutMs?: number
}

/** Nodes wait for the disk whenever they learn anything of each other. */
const inMemory = '/dev/shm'
const ranges = ['0-5460', '5461-10922', '10923-16383']

/** In its own words what a node knows of a cluster. */
interface Known {
  readonly id: string
  readonly address: string
  readonly masterId?: string
}

/**
 * Starts a cluster of Debian's `redis-server`; settled once every node says that all is well.
 * A master waits two seconds before it says so. A replica that takes over does not: so each master begins as the replica of one that never was.
 */
export async function startRedisCluster({
  hasReplicas = false,
  nodeTimeoutMs = 2_000,
}: ClusterOptions = {}): Promise<RedisCluster> {
  const folder = mkdtempSync(join(existsSync(inMemory) ? inMemory : tmpdir(), 'sloop-cluster-'))
  const count = hasReplicas ? 6 : 3
  const ports = await Promise.all(Array.from({ length: 2 * count + 1 }, () => freePort()))
  const nobody = ports[2 * count] ?? 0
  const lost = ranges.map((): Known => ({ id: newNodeId(), address: `127.0.0.1:${nobody}@${nobody}` }))
  const known = Array.from({ length: count }, (_, at): Known => {
    const master = lost[at % 3]?.id
    return {
      id: newNodeId(),
      address: `127.0.0.1:${ports[at]}@${ports[count + at]}`,
      ...(master !== undefined && { masterId: master }),
    }
  })
  const nodes = await Promise.all(
    known.map(async ({ id }, at) => {
      const own = join(folder, `${at}`)
      mkdirSync(own)
      writeFileSync(join(own, 'nodes.conf'), configOf(id, [...lost, ...known]))
      const words = ['--cluster-enabled', 'yes', '--cluster-node-timeout', `${nodeTimeoutMs}`]
      const bus = ['--cluster-port', `${ports[count + at]}`, '--repl-diskless-sync-delay', '0']
      return startNode(id, { port: ports[at] ?? 0, folder: own, words: [...words, ...bus] })
    }),
  )
  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop('SIGKILL')))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.all(nodes.slice(0, 3).map((node) => node.ask('CLUSTER', 'FAILOVER', 'TAKEOVER')))
    await allIsWell(nodes)
    await Promise.all(nodes.flatMap((node) => lost.map(({ id }) => node.ask('CLUSTER', 'FORGET', id))))
  } catch (error) {
    await stop()
    throw error
  }
  return { url: nodes[0]?.url ?? '', nodes, stop }
}

/** Settled once all of them say that every slot is served, that nobody is missing, and that each replica has what its master has. */
export async function allIsWell(nodes: readonly ClusterNode[]): Promise<void> {
  const lacking = async ({ ask, port }: ClusterNode): Promise<string> => {
    const said = (await Promise.all([ask('CLUSTER', 'INFO'), ask('INFO', 'replication')])).join('')
    const isWell = said.includes('cluster_state:ok') && !said.includes('master_link_status:down')
    return isWell ? '' : `${port}: ${said}`
  }
  const untilNoneLacks = async () => {
    const all = (await Promise.all(nodes.map(lacking))).join('')
    if (all !== '') throw new Error(all)
  }
  await vi.waitFor(untilNoneLacks, { timeout: 30_000, interval: 20 })
}

const newNodeId = (): string => randomBytes(20).toString('hex')

/** What a node finds in its folder when it starts. Each has an epoch of its own, so that no two claim slots in the same. */
function configOf(self: string, known: readonly Known[]): string {
  const lines = known.map(({ id, address, masterId }, at) => {
    const flags = `${id === self ? 'myself,' : ''}${masterId === undefined ? 'master' : 'slave'}`
    const slots = masterId === undefined ? ` ${ranges[at]}` : ''
    return `${id} ${address} ${flags} ${masterId ?? '-'} 0 0 ${at} connected${slots}`
  })
  const epoch = known.findIndex(({ id }) => id === self)
  return [...lines, `vars currentEpoch ${10 * epoch} lastVoteEpoch 0`, ''].join('\n')
}

interface NodeOptions {
  readonly port: number
  readonly folder: string
  readonly words: readonly string[]
}

async function startNode(id: string, { port: firstPort, folder, words }: NodeOptions): Promise<ClusterNode> {
  const startAt = (port: number) => startRedisServer({ port, folder, words })
  let server = await startAt(firstPort)
  let client: ReturnType<typeof connectTo> | undefined
  return {
    id,
    get port() {
      return server.port
    },
    get url() {
      return server.url
    },
    get process() {
      return server.process
    },
    ask: async (...words) => {
      client ??= connectTo(server.url)
      return (await client).sendCommand(words)
    },
    stop: async (signal) => {
      const open = await client?.catch(() => undefined)
      client = undefined
      if (open?.isOpen) open.destroy()
      if (server.process.exitCode === null && server.process.signalCode === null) await server.stop(signal)
    },
    start: async (port = server.port) => {
      server = await startAt(port)
    },
  }
}

async function connectTo(url: string) {
  const client = createClient({ url, socket: { connectTimeout: 30_000, reconnectStrategy: false } })
  client.on('error', () => undefined)
  return client.connect()
}
