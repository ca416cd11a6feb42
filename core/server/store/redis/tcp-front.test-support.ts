import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** An address that leads to whoever it is told, as a name or a service does: what is connected stays where it is. */
export interface TcpFront {
  readonly port: number
  leadTo(port: number): void
  close(): void
}

export async function startTcpFront(first: number): Promise<TcpFront> {
  let to = first
  const sockets = new Set<Socket>()
  const server = createServer((from) => {
    const behind = connect(to, '127.0.0.1')
    for (const [socket, other] of [
      [from, behind],
      [behind, from],
    ] as const) {
      sockets.add(socket)
      socket.once('error', () => undefined)
      socket.once('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    port,
    leadTo: (port) => {
      to = port
    },
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
