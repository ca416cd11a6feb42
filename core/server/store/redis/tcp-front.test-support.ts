import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** An address that leads to whoever it is told, as a name or a service does: what is connected stays where it is. */
export interface TcpFront {
  readonly port: number
  /** How many have connected. */
  readonly taken: number
  leadTo(port: number): void
  /** Ends what is connected. */
  cut(): void
  close(): void
}

export async function startTcpFront(first: number): Promise<TcpFront> {
  let to = first
  let taken = 0
  const sockets = new Set<Socket>()
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((from) => {
    taken += 1
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
    get taken() {
      return taken
    },
    leadTo: (port) => {
      to = port
    },
    cut,
    close: () => {
      server.close()
      cut()
    },
  }
}
