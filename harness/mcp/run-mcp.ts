import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { listen } from '#server/serve'
import { serveMcp } from './mcp-over-http.ts'
import { createMcpServer, type McpServerOptions } from './mcp-server.ts'
import { makeTools } from './tools.ts'

interface McpOptions extends Omit<McpServerOptions, 'tools'> {
  /** Aborted when this is to end. */
  readonly stop: AbortSignal
}

/** Serves the client at the other end of standard input, until that ends and everything asked is answered, or until told to stop. */
export async function runMcpOverStdio({ stop, call, ...options }: McpOptions): Promise<void> {
  const tools = makeTools()
  const underWay = new Set<Promise<unknown>>()
  const counted: McpOptions['call'] = (asked) => {
    const answer = call(asked)
    underWay.add(answer)
    return answer.finally(() => underWay.delete(answer))
  }
  const ended = once(process.stdin, 'end', { signal: stop }).catch(() => undefined)
  const server = createMcpServer({ ...options, call: counted, tools })
  await server.connect(new StdioServerTransport())
  await ended
  // What came last is read in this turn, and its answer is written in the one after.
  await turn()
  if (!stop.aborted) await Promise.allSettled([tools, ...underWay])
  await turn()
  await server.close()
}

interface McpHttpOptions extends McpOptions {
  readonly port: number
  readonly token?: string | undefined
  /** Told where it is, once it answers. */
  readonly ready: (url: string) => void
}

/** Serves any number of clients at the loopback address, until told to stop. @throws ConfigError when the port cannot be had */
export async function runMcpOverHttp({ port, stop, ready, ...options }: McpHttpOptions): Promise<void> {
  const listener = await listen({ host: '127.0.0.1', port })
  const tools = makeTools()
  listener.mount(serveMcp({ ...options, tools }))
  ready(`${listener.origin('127.0.0.1')}/mcp`)
  if (!stop.aborted) await once(stop, 'abort')
  await listener.close()
  // What is still being loaded must not come after the end.
  await Promise.allSettled([tools])
}
