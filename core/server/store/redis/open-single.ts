import type { ClientLibrary } from './client-library.ts'
import { mostMs } from './redis-connection.ts'
import type { Client } from './renewable-client.ts'

interface SingleOptions {
  readonly url: string
  readonly slowestRetryMs: number
  /** It was opened, also again. */
  readonly onOpen: () => void
  /** It is not there, or was lost, and is waited for. */
  readonly onAway: (cause: Error) => void
  /** Whether waiting for one that answers so is in vain. */
  readonly isInVain: (cause: Error) => boolean
  readonly signal: AbortSignal
}

/** Opens a connection to an engine, and waits for one that is not there yet. One that is lost is opened again. @throws Error when that is in vain, or given up */
export async function openSingle(
  { createClient }: ClientLibrary,
  { url, slowestRetryMs, onOpen, onAway, isInVain, signal }: SingleOptions,
): Promise<Client> {
  /** Why the start is in vain. Once it has succeeded nothing is: whoever changed the password changes it again. */
  let refusal: Error | undefined
  let isStarted = false
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: mostMs,
      reconnectStrategy: (retries, cause) => {
        if (!isStarted && isInVain(cause)) refusal = cause
        if (!isStarted && refusal !== undefined) return refusal
        onAway(cause)
        return isStarted ? slowestRetryMs : Math.min(50 * 2 ** retries, slowestRetryMs)
      },
    },
  })
  client.on('error', (error: Error) => {
    if (isInVain(error)) refusal = error
  })
  client.on('ready', onOpen)
  const destroy = () => {
    if (client.isOpen) client.destroy()
  }
  const giveUp = () => {
    refusal = new Error('the start was given up')
    destroy()
  }
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    signal.throwIfAborted()
    await client.connect()
    isStarted = true
    return { destroy, send: (_key, words) => client.sendCommand([...words]) }
  } catch (cause) {
    throw refusal ?? cause
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
