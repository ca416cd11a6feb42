import { itemsIn, readEvents } from './read-events.ts'

/** What comes one by one, until the lab ends. Who leaves a `for await`, or calls `return`, ends it. */
export interface Streamed<Item> extends AsyncIterableIterator<Item & { readonly gap?: number }>, AsyncDisposable {
  /** Settles when nothing that happens from then on is missed; in this process nothing is from the call on. */
  readonly opened: Promise<void>
  return(): Promise<IteratorResult<Item & { readonly gap?: number }>>
}

/** Opens the octets of a stream, which ends when it is aborted. */
export type OpenStream = (signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>

/** Opens at once, so that nothing is missed by who asks for the first only later. */
export function streamed<Item>(open: OpenStream): Streamed<Item> {
  const leaving = new AbortController()
  const opening = open(leaving.signal)
  const opened = opening.then(() => undefined)
  // Who reads is told, too.
  opened.catch(() => undefined)
  const items = read(opening) as AsyncGenerator<Item & { readonly gap?: number }>
  const end = async () => {
    leaving.abort()
    return items.return(undefined)
  }
  return {
    opened,
    next: () => items.next(),
    return: end,
    [Symbol.asyncIterator]() {
      return this
    },
    [Symbol.asyncDispose]: async () => void (await end()),
  }
}

async function* read(opening: Promise<AsyncIterable<Uint8Array>>): AsyncGenerator<object> {
  yield* itemsIn(readEvents(await opening))
}
