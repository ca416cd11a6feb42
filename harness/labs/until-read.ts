/** The answer itself, of which `end` is told when it has been given: one that streams when its last octet was read or its reader left. */
export function untilRead(answer: Response, end: () => void): Response {
  const isStream = answer.headers.get('content-type') === 'text/event-stream'
  if (!isStream || answer.body === null) {
    end()
    return answer
  }
  const reader = answer.body.getReader()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (!done) return controller.enqueue(value)
        end()
        controller.close()
      },
      async cancel(why) {
        end()
        await reader.cancel(why)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, answer)
}
