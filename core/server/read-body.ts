/** The octets of a body, or why they cannot be had: there are too many, or the sender went away before the last one. */
export type ReadBody = Buffer | 'too-large' | 'incomplete'

/**
 * The octets of a request's body, or `too-large` once it has more than `maxOctets`, or `incomplete` when the connection ended in the middle of it. A
 * sender that does not say how much it will send is stopped at the limit.
 *
 * Frameworks' own limits clone the request, which fails behind a socket that leaves Node's `Request` in place.
 */
export async function readBody(request: Request, maxOctets: number): Promise<ReadBody> {
  const announced = request.headers.get('content-length')
  if (Number(announced) > maxOctets) return 'too-large'
  try {
    return await (announced === null ? readChunks(request.body, maxOctets) : readAnnounced(request, maxOctets))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return 'incomplete'
    throw error
  }
}

async function readAnnounced(request: Request, maxOctets: number): Promise<ReadBody> {
  const octets = Buffer.from(await request.arrayBuffer())
  return octets.length > maxOctets ? 'too-large' : octets
}

async function readChunks(body: ReadableStream<Uint8Array> | null, maxOctets: number): Promise<ReadBody> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > maxOctets) return 'too-large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
