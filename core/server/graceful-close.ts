import type { Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Watches a server from its beginning, and answers how to close it without cutting an answer short: it stops listening, each connection ends with the
 * answer under way on it, and what is left once no answer was finished for `graceMs` is cut.
 */
export function gracefulClose(server: Server, graceMs: number): () => Promise<void> {
  const connections = new Set<Socket>()
  const underWay = new Set<ServerResponse>()
  let force: NodeJS.Timeout | undefined

  function watch(connection: Socket): void {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  }
  server.on('connection', watch)
  // The same again where it speaks TLS, with the octets inside.
  server.on('secureConnection', watch)
  server.on('request', (_request, answer) => {
    underWay.add(answer)
    if (!server.listening) answer.shouldKeepAlive = false
    answer.once('close', () => {
      underWay.delete(answer)
      force?.refresh()
    })
  })
  return () =>
    new Promise((resolve) => {
      force = setTimeout(() => connections.forEach(cut), graceMs)
      server.close(() => {
        clearTimeout(force)
        resolve()
      })
      for (const answer of underWay) answer.shouldKeepAlive = false
      // Browsers open connections that they may never use, and Node takes them for busy.
      for (const connection of connections) if (connection.bytesRead === 0) cut(connection)
    })
}

const cut = (connection: Socket): void => void connection.destroy()
