import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Gives each connection to the next of these ports. */
export interface Balancer {
  readonly port: number
  readonly ports: number[]
  close(): void
}

export async function startBalancer(): Promise<Balancer> {
  const ports: number[] = []
  const open = new Set<Socket>()
  let turn = 0
  const server = createServer((here) => {
    const there = connect({ host: '127.0.0.1', port: ports[turn++ % ports.length] ?? 0, noDelay: true })
    for (const [socket, other] of [
      [here, there],
      [there, here],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.once('close', () => open.delete(socket))
      socket.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.close()
    for (const socket of open) socket.destroy()
  }
  return { port: (server.address() as AddressInfo).port, ports, close }
}
