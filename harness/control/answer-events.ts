import type { EventSource } from './operation.ts'

const headers = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  // A proxy in between that gathers octets would hold back what happens now.
  'X-Accel-Buffering': 'no',
}

const opening = new TextEncoder().encode(': what happens from now on\n\n')

/** Server-Sent Events, of which the next is asked for when the one before has left: nothing gathers for a reader who does not read. */
export function answerEvents(source: EventSource): Response {
  let isOpen = false
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const octets = isOpen ? await source.next() : opening
        isOpen = true
        if (octets !== undefined) controller.enqueue(octets)
        else controller.close()
      },
      cancel: source.stop,
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers })
}
