import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** Longer than a browser takes to repeat a request. */
const repeatedWithinMs = 2_000

/** Of requests that a browser would repeat: has the repeat reset as well. */
const resettingRepeats = new WeakMap<IncomingMessage, () => void>()

/**
 * Ends the connection of a request in the middle of the answer. Where that connection had carried a request before, a browser takes it for one that was idle
 * for too long and asks once more, unseen by anybody: its repeat is reset, too, so that the browser shows a reset.
 */
export function resetConnection(incoming: IncomingMessage): void {
  resettingRepeats.get(incoming)?.()
  cut(incoming.socket)
}

/** For all requests of one server, in their order: whether this one repeats one that was reset, and is reset with that. `now` is in milliseconds. */
export function resetsRepeats(now = () => performance.now()): (incoming: IncomingMessage) => boolean {
  const used = new WeakSet<Socket>()
  const untilOf = new Map<string, number>()

  function isRepeat(incoming: IncomingMessage): boolean {
    for (const [name, until] of untilOf) if (until < now()) untilOf.delete(name)
    return untilOf.has(nameOf(incoming))
  }

  return (incoming) => {
    const { socket } = incoming
    const isUsed = used.has(socket)
    used.add(socket)
    if (untilOf.size > 0 && isRepeat(incoming)) {
      // A browser believes what happens to a connection of its own.
      if (!isUsed) untilOf.delete(nameOf(incoming))
      cut(socket)
      return true
    }
    if (isUsed && isBrowser(incoming)) {
      resettingRepeats.set(incoming, () => untilOf.set(nameOf(incoming), now() + repeatedWithinMs))
    }
    return false
  }
}

const isBrowser = ({ headers }: IncomingMessage): boolean => headers['user-agent']?.startsWith('Mozilla/') ?? false

const nameOf = ({ method, url, headers }: IncomingMessage): string =>
  JSON.stringify([method, headers.host, url, headers['content-length'], headers.cookie])

function cut(socket: Socket): void {
  if ('encrypted' in socket) socket.destroy()
  else socket.resetAndDestroy()
}
