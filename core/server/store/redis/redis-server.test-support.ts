import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real engine of this machine, with nothing in it. */
export interface RedisServer {
  readonly port: number
  readonly url: string
  readonly process: ChildProcess
  /** Ends it, and waits until it has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

interface ServerOptions {
  readonly port?: number
  /** Further words of its command line: `--requirepass`, `secret`. */
  readonly words?: readonly string[]
  /** Where it keeps what it writes down; a folder of its own, which goes with it, when absent. */
  readonly folder?: string
}

/** Starts Debian's `redis-server` on a free port; settled once it answers. */
export async function startRedisServer({ port, words = [], folder }: ServerOptions = {}): Promise<RedisServer> {
  const chosen = port ?? (await freePort())
  const own = folder === undefined ? mkdtempSync(join(tmpdir(), 'sloop-redis-')) : undefined
  const usual = ['--port', `${chosen}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder ?? own ?? '']
  const child = spawn('redis-server', [...usual, ...words], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error('redis-server ended before it was ready')))
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Ready to accept connections')) resolve()
    })
  })
  return {
    port: chosen,
    url: `redis://127.0.0.1:${chosen}`,
    process: child,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      await ended
      if (own !== undefined) rmSync(own, { recursive: true, force: true })
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}
