import type { ClientLibrary } from './client-library.ts'
import { connectInTime, endClient } from './connect-in-time.ts'
import { mostMs } from './redis-connection.ts'
import type { Client } from './renewable-client.ts'

interface SingleOptions {
  readonly url: string
  readonly onLost: () => void
  readonly signal: AbortSignal
}

/**
 * Opens a connection to an engine. One that is lost stays so: whoever is told makes another, which goes where the name leads then.
 * @throws Error when it is not there, says nothing, or refuses us
 */
export async function openSingle(
  { createClient }: ClientLibrary,
  { url, onLost, signal }: SingleOptions,
): Promise<Client> {
  const socket = { connectTimeout: mostMs, reconnectStrategy: false } as const
  const client = createClient({ url, disableOfflineQueue: true, socket })
  client.on('error', onLost)
  const end = () => endClient(client)
  await connectInTime({ connect: () => client.connect(), end }, signal)
  return { destroy: end, send: (_key, words) => client.sendCommand([...words]) }
}
