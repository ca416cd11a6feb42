import { inTime } from './in-time.ts'
import { mostMs } from './redis-connection.ts'

interface Connecting {
  connect(): Promise<unknown>
  destroy(): void
}

/** Connects a client. One that does not come to stand is closed, also what it opens afterwards. @throws Error when nobody answers in time, or it is given up */
export async function connectInTime(client: Connecting, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const end = () => destroy(client)
  signal.addEventListener('abort', end, { once: true })
  const connecting = client.connect()
  try {
    await inTime(mostMs, connecting, unanswered)
    signal.throwIfAborted()
  } catch (cause) {
    end()
    // It goes on where it was, and opens what comes next.
    connecting.then(end, end)
    throw cause
  } finally {
    signal.removeEventListener('abort', end)
  }
}

/** Closes a client, be it open or not, which some releases of the package refuse. */
export function destroy(client: Pick<Connecting, 'destroy'>): void {
  try {
    client.destroy()
  } catch {
    // It is closed.
  }
}

export function unanswered(): never {
  throw new Error(`nobody answered within ${mostMs / 1_000} s`)
}
