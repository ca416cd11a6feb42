/** The octets of a body, undefined when it has none, `too-large` when it has more than `limit`. */
export async function readBody(request: Request, limit: number): Promise<Buffer | 'too-large' | undefined> {
  const announced = request.headers.get('content-length')
  // A Request cannot carry the body of a GET; that one was sent is all that matters.
  if (request.method === 'GET' || request.method === 'HEAD') return Number(announced) > 0 ? Buffer.alloc(0) : undefined
  if (announced !== null && Number(announced) > limit) return 'too-large'
  const octets = announced === null ? await readUpTo(request.body, limit) : Buffer.from(await request.arrayBuffer())
  if (octets === 'too-large' || octets.length > limit) return 'too-large'
  return octets.length === 0 ? undefined : octets
}

/** A sender that does not say how much it will send is stopped at the limit. */
async function readUpTo(body: ReadableStream<Uint8Array> | null, limit: number): Promise<Buffer | 'too-large'> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > limit) return 'too-large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
