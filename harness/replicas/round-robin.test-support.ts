import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

/** A balancer without sticky sessions: each request goes to the next replica, and on to another where that one takes no connection. */
export interface RoundRobin {
  readonly port: number
  /** Ports of those that said that they are ready. Whoever says that it is no more is left. */
  readonly ready: Set<number>
  close(): void
}

/** What a balancer saw, and what it asks. */
export interface Seen {
  /** An answer went back, with this status; 0 where the replica went away before it was whole. */
  readonly onAnswer: (status: number, asked: string) => void
  /** How often it asks each replica whether it is ready still; never when absent. */
  readonly asksEveryMs?: number
}

/** As the sockets of the roles have it. */
const maxHeaderSize = 64 * 1024
/** Shorter than a replica keeps a connection that nobody uses, so that none is used while it is being closed there. */
const longestIdleMs = 1_000

export async function startRoundRobin({ onAnswer, asksEveryMs }: Seen): Promise<RoundRobin> {
  const ready = new Set<number>()
  const agent = new Agent({ keepAlive: true, timeout: longestIdleMs })
  let turn = 0
  const server = createServer({ maxHeaderSize }, async (asked, answer) => {
    const body = await buffer(asked)
    const ports = [...ready]
    const first = turn++
    for (let tried = 0; tried < ports.length; tried += 1) {
      const port = ports[(first + tried) % ports.length] ?? 0
      const status = await passOn({ asked, answer, body }, { port, agent })
      if (status === 'refused') continue
      return onAnswer(status, `${asked.method} ${asked.headers.host}${asked.url}`)
    }
    answer.writeHead(502).end()
    onAnswer(502, `${asked.method} ${asked.headers.host}${asked.url}`)
  })
  // What breaks on a connection that is used again, a browser sends again and tells nobody.
  server.maxRequestsPerSocket = 1
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const asking = new AbortController()
  if (asksEveryMs !== undefined) void leaveWhoIsNotReady(ready, { everyMs: asksEveryMs, agent, signal: asking.signal })
  const close = () => {
    asking.abort()
    agent.destroy()
    server.closeAllConnections()
    server.close()
  }
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0, ready, close }
}

interface Asking {
  readonly everyMs: number
  readonly agent: Agent
  readonly signal: AbortSignal
}

async function leaveWhoIsNotReady(ready: Set<number>, { everyMs, agent, signal }: Asking): Promise<void> {
  while (!signal.aborted) {
    const asked = [...ready].map(async (port) => {
      if ((await readinessOf(port, agent)) === 503) ready.delete(port)
    })
    await Promise.all(asked)
    await pause(everyMs, undefined, { signal }).catch(() => undefined)
  }
}

/** The status; undefined of one that does not answer, which the next request finds out. */
function readinessOf(port: number, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asked = get({ host: '127.0.0.1', port, path: '/_sloop/ready', agent, timeout: longestIdleMs }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.once('timeout', () => asked.destroy())
    asked.once('close', () => resolve(undefined))
    asked.once('error', () => undefined)
  })
}

interface Passed {
  readonly asked: IncomingMessage
  readonly answer: ServerResponse
  readonly body: Buffer
}

/** The status of the answer. Where the replica goes away in between, whoever asked sees a connection that broke. */
function passOn({ asked, answer, body }: Passed, to: { port: number; agent: Agent }): Promise<number | 'refused'> {
  return new Promise((resolve) => {
    const broken = () => {
      asked.socket.destroy()
      resolve(0)
    }
    const { method, url: path, headers } = asked
    const passed = request({ host: '127.0.0.1', ...to, method, path, headers }, (got) => {
      const { connection: _own, ...back } = got.headers
      answer.writeHead(got.statusCode ?? 0, back)
      got.pipe(answer)
      got.once('error', broken)
      got.once('end', () => resolve(got.statusCode ?? 0))
    })
    passed.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNREFUSED' ? resolve('refused') : broken(),
    )
    passed.end(body)
  })
}
