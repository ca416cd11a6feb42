import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** A connection on which octets are written as they are, and that is over when the test is. */
export async function connectTo(port: number): Promise<Socket> {
  const socket = createConnection({ host: '127.0.0.1', port })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

/** What comes back, octet for octet, until the other side ends the connection. @throws Error when it resets it */
export async function exchangeOctets(port: number, octets: string): Promise<string> {
  const socket = await connectTo(port)
  socket.setEncoding('latin1')
  socket.write(octets, 'latin1')
  return text(socket)
}
