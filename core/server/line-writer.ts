import type { Writable } from 'node:stream'

/** Writes lines to a stream that others read, or do not: no line blocks, throws, or is waited for without an end. */
export interface LineWriter {
  /** Drops the line while the reader is too far behind. */
  write(line: string): void
  /** For what must not be dropped, such as the last sentence of a process. */
  insist(line: string): void
  /** Settles when everything has been written or refused, at the latest after `timeoutMs`. */
  flush(timeoutMs: number): Promise<void>
}

interface LineWriterOptions {
  /** How much may wait for the reader before lines are dropped. */
  readonly maxWaitingOctets: number
  /** Told how many lines have been dropped once there is room again; what it writes stands in their place. */
  readonly onRoomAgain: (dropped: number) => void
}

/** A writer of lines in their order. One that the stream refuses (a full disk, a pipe whose reader has gone) is lost without a word. */
export function createLineWriter(stream: Writable, { maxWaitingOctets, onRoomAgain }: LineWriterOptions): LineWriter {
  let dropped = 0
  let whenIdle: (() => void)[] = []
  stream.on('error', () => undefined)

  function tellDropped(): void {
    const count = dropped
    dropped = 0
    if (count > 0) onRoomAgain(count)
  }
  function settle(): void {
    if (stream.writableLength === 0) tellDropped()
    if (stream.writableLength > 0) return
    const idle = whenIdle
    whenIdle = []
    for (const resolve of idle) resolve()
  }
  function insist(line: string): void {
    stream.write(line, settle)
  }
  return {
    insist,
    write(line) {
      if (stream.writableLength >= maxWaitingOctets) {
        dropped += 1
        return
      }
      tellDropped()
      insist(line)
    },
    flush(timeoutMs) {
      if (stream.writableLength === 0) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, timeoutMs)
        whenIdle.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    },
  }
}
