/**
 * The octets of a request's body, or `too-large` once it has more than `maxOctets`. A sender that does not say how much it will send is stopped
 * at the limit.
 *
 * Frameworks' own limits clone the request, which fails behind a socket that leaves Node's `Request` in place.
 */
export async function readBody(request: Request, maxOctets: number): Promise<Buffer | 'too-large'> {
  const announced = request.headers.get('content-length')
  if (announced === null) return readChunks(request.body, maxOctets)
  if (Number(announced) > maxOctets) return 'too-large'
  const octets = Buffer.from(await request.arrayBuffer())
  return octets.length > maxOctets ? 'too-large' : octets
}

async function readChunks(body: ReadableStream<Uint8Array> | null, maxOctets: number): Promise<Buffer | 'too-large'> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > maxOctets) return 'too-large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
