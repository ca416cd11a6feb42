import { type ReadBody, readBody as readOctets } from '#server/read-body'

/** The octets of a body, undefined when it has none; else why they cannot be had. */
export async function readBody(request: Request, limit: number): Promise<ReadBody | undefined> {
  // A Request cannot carry the body of a GET; that one was sent is all that matters.
  if (request.method === 'GET' || request.method === 'HEAD') {
    return Number(request.headers.get('content-length')) > 0 ? Buffer.alloc(0) : undefined
  }
  const octets = await readOctets(request, limit)
  return octets.length === 0 ? undefined : octets
}
