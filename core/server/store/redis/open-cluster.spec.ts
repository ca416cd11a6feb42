import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { loadClientLibrary } from './client-library.ts'
import { openCluster } from './open-cluster.ts'
import { type RedisCluster, startRedisCluster } from './redis-cluster.test-support.ts'

let cluster: RedisCluster
beforeAll(async () => {
  cluster = await startRedisCluster({ nodeTimeoutMs: 60_000 })
}, 60_000)
afterAll(() => cluster.stop())

const longestMs = 60_000
const patiently = { timeout: 10_000, interval: 50 }

async function open(url: string, others: readonly string[] = [], onLost = () => {}) {
  const never = new AbortController().signal
  const client = await openCluster(await loadClientLibrary(), { url, others, onLost, signal: never })
  onTestFinished(client.destroy)
  return client
}

/** How many connections the second and the third node have, with that by which they are asked. */
const clients = () =>
  Promise.all(
    cluster.nodes.slice(1).map(
      async ({ ask }) =>
        String(await ask('CLIENT', 'LIST', 'TYPE', 'normal'))
          .trim()
          .split('\n').length,
    ),
  )

/** What takes connections, and what stands there. */
async function served(onSocket: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  let taken = 0
  const server: Server = createServer((socket) => {
    taken += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    onSocket(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  const { port } = server.address() as { port: number }
  return { url: `redis://127.0.0.1:${port}`, standing: () => sockets.size, taken: () => taken }
}

const silent = () => served((socket) => socket.resume())

/** Each piece of an answer comes in two, each of them late. */
const slowNode = (port: number) =>
  served((socket) => {
    const behind = connect(port, '127.0.0.1')
    behind.on('error', () => undefined)
    socket.once('close', () => behind.destroy())
    socket.pipe(behind)
    let at = performance.now()
    behind.on('data', (piece) => {
      for (const part of [piece.subarray(0, 1), piece.subarray(1)]) {
        at = Math.max(at, performance.now()) + 700
        setTimeout(() => socket.write(part), at - performance.now())
      }
    })
  })

test(
  'a node that takes connections and says nothing is refused in time, and none of them stays',
  async () => {
    const { url, standing, taken } = await silent()
    await expect(Promise.all([open(url), open(url), open(url)])).rejects.toThrow()
    expect(taken()).toBe(3)
    await expect.poll(standing, patiently).toBe(0)
  },
  longestMs,
)

test(
  'a node that says nothing leaves time to ask another who is there',
  async () => {
    const { url } = await silent()
    const other = cluster.nodes.map((node) => node.url)
    // Whoever is asked first is chosen by lot.
    const opened = await Promise.all(Array.from({ length: 6 }, () => open(url, other.slice(0, 1))))
    expect(opened.map(({ urls }) => [...urls].sort())).toEqual(opened.map(() => [...other].sort()))
  },
  longestMs,
)

test(
  'an attempt that was given up opens nothing any more once the node answers',
  async () => {
    const before = await clients()
    const [node] = cluster.nodes
    const { url, standing } = await slowNode(node?.port ?? 0)
    await expect(open(url)).rejects.toThrow('nobody answered within 2 s')
    expect(standing()).toBe(1)
    await expect.poll(standing, patiently).toBe(0)
    await expect.poll(clients, patiently).toEqual(before)
  },
  longestMs,
)

test(
  'connections that are open and not used stay',
  async () => {
    let lost = 0
    const { send } = await open(cluster.url, [], () => {
      lost += 1
    })
    const before = await clients()
    // Longer than a node has to say who is there.
    await pause(2_500)
    expect(await Promise.all(['a', 'b', 'c'].map((key) => send(key, ['GET', key])))).toEqual([null, null, null])
    expect([lost, await clients()]).toEqual([0, before])
  },
  longestMs,
)

test(
  'where one node takes no connection, none to the others stays',
  async () => {
    const [first, second] = cluster.nodes
    if (first === undefined || second === undefined) throw new Error('there are three')
    await first.stop('SIGKILL')
    const before = await clients()
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await expect(open(second.url)).rejects.toThrow('ECONNREFUSED')
    }
    await expect.poll(clients, patiently).toEqual(before)
  },
  longestMs,
)
