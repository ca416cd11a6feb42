import type { Writable } from 'node:stream'
import { createLineWriter, type LineWriter } from './line-writer.ts'

/** Some five hundred lines of a log: more than a reader who looks away for a moment misses. */
const maxWaitingOctets = 128 * 1024

let writer: LineWriter | undefined
let tellDropped: (dropped: number) => void = () => undefined

/**
 * The one way to standard error, be it a file, a pipe that nobody reads, a terminal that stands still or closed: nothing here blocks or throws.
 * Opened with the first line.
 */
export const standardError: LineWriter & { whenRoomAgain(tell: (dropped: number) => void): void } = {
  write: (line) => opened().write(line),
  insist: (line) => opened().insist(line),
  flush: async (timeoutMs) => writer?.flush(timeoutMs),
  /** Says how many lines are missing, in a line of its own. */
  whenRoomAgain(tell) {
    tellDropped = tell
  },
}

function opened(): LineWriter {
  if (writer !== undefined) return writer
  const stream: Writable & { _handle?: { setBlocking?(blocking: boolean): void } } = process.stderr
  // Node writes to pipes without waiting, and waits at a terminal, which Ctrl-S holds up; there is no public way to say otherwise.
  stream._handle?.setBlocking?.(false)
  writer = createLineWriter(stream, { maxWaitingOctets, onRoomAgain: (dropped) => tellDropped(dropped) })
  return writer
}
