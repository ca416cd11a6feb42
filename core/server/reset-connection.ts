import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** Longer than a browser takes to repeat a request. */
const repeatedWithinMs = 2_000
/** Longer than a browser takes from opening a connection for a request to sending it. */
const idleMs = 500

/** Of requests that a browser would repeat: has the repeat reset as well. */
const resettingRepeats = new WeakMap<IncomingMessage, () => void>()

/**
 * Ends the connection of a request in the middle of the answer. Where that connection had carried a request before, or had stood open for a while, a browser
 * takes it for one that was closed as idle and asks once more, unseen by anybody: its repeat is reset, too, so that the browser shows a reset.
 */
export function resetConnection(incoming: IncomingMessage): void {
  resettingRepeats.get(incoming)?.()
  cut(incoming.socket)
}

/** Of one server. */
export interface Resets {
  /** To be told of every connection when it is opened. */
  opened(socket: Socket): void
  /** To be told of every request, in their order: whether it repeats one that was reset, and is reset with that. */
  isReset(incoming: IncomingMessage): boolean
}

/** `now` is in milliseconds. */
export function watchResets(now = () => performance.now()): Resets {
  const openedAt = new WeakMap<Socket, number>()
  const used = new WeakSet<Socket>()
  const resetAt = new Map<string, number>()

  const isUsed = (socket: Socket): boolean => used.has(socket) || now() - (openedAt.get(socket) ?? 0) > idleMs

  function takeRepeat(incoming: IncomingMessage): boolean {
    for (const [name, at] of resetAt) if (now() - at > repeatedWithinMs) resetAt.delete(name)
    const name = nameOf(incoming)
    const at = resetAt.get(name)
    if (at === undefined) return false
    // A browser believes what happens to a connection that it opened for this.
    if (!used.has(incoming.socket) && (openedAt.get(incoming.socket) ?? 0) >= at) resetAt.delete(name)
    return true
  }

  return {
    opened: (socket) => void openedAt.set(socket, now()),
    isReset(incoming) {
      const { socket } = incoming
      const isRepeat = resetAt.size > 0 && takeRepeat(incoming)
      if (isRepeat) cut(socket)
      else if (isUsed(socket) && isBrowser(incoming)) {
        resettingRepeats.set(incoming, () => resetAt.set(nameOf(incoming), now()))
      }
      used.add(socket)
      return isRepeat
    },
  }
}

const isBrowser = ({ headers }: IncomingMessage): boolean => headers['user-agent']?.startsWith('Mozilla/') ?? false

const nameOf = ({ method, url, headers }: IncomingMessage): string =>
  JSON.stringify([method, headers.host, url, headers['content-length'], headers.cookie])

function cut(socket: Socket): void {
  if ('encrypted' in socket) socket.destroy()
  else socket.resetAndDestroy()
}
