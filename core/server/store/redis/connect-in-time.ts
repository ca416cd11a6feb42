import { inTime } from '../../timers.ts'
import { mostMs } from './redis-connection.ts'

interface Connecting {
  readonly connect: () => Promise<unknown>
  readonly end: () => void
}

/** Connects a client, or ends it. @throws Error when nobody answers in time, it is refused, or given up */
export async function connectInTime({ connect, end }: Connecting, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  signal.addEventListener('abort', end, { once: true })
  try {
    await inTime(mostMs, connect(), unanswered)
    signal.throwIfAborted()
  } catch (cause) {
    end()
    throw cause
  } finally {
    signal.removeEventListener('abort', end)
  }
}

interface Endable {
  destroy(): void
  once(event: 'connect', tell: () => void): unknown
}

/** Closes a client, whatever has become of it. */
export function endClient(client: Endable): void {
  const end = () => quietly(() => client.destroy())
  // One that is still connecting would go on, and stay.
  client.once('connect', end)
  end()
}

/** Some releases of the package refuse to close what is closed. */
export function quietly(close: () => void): void {
  try {
    close()
  } catch {
    // It is closed.
  }
}

export function unanswered(): never {
  throw new Error(`nobody answered within ${mostMs / 1_000} s`)
}
