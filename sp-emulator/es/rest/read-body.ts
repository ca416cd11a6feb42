import type { IncomingMessage } from 'node:http'
import { type ReadBody, readBody as readOctets } from '#server/read-body'

interface Limits {
  readonly limit: number
  /** Of the request, as a server is given it. */
  readonly env: unknown
}

/** The octets of a body, undefined when it has none; else why they cannot be had. */
export async function readBody(request: Request, { limit, env }: Limits): Promise<ReadBody | undefined> {
  // A Request cannot carry the body of a GET; that one was sent is all that matters.
  if (request.method === 'GET' || request.method === 'HEAD') return noticeBody(request.headers, { limit, env })
  const octets = await readOctets(request, limit)
  return octets.length === 0 ? undefined : octets
}

async function noticeBody(headers: Headers, { limit, env }: Limits): Promise<ReadBody | undefined> {
  if (Number(headers.get('content-length')) > 0) return Buffer.alloc(0)
  const { incoming } = (env ?? {}) as { readonly incoming?: IncomingMessage }
  if (incoming === undefined || !headers.has('transfer-encoding')) return undefined
  return noticeChunks(incoming, limit)
}

/** Chunks do not announce how many they are, and there may be none, or no end of them. */
async function noticeChunks(incoming: IncomingMessage, limit: number): Promise<ReadBody | undefined> {
  try {
    let length = 0
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      length += (chunk as Buffer).length
      if (length > limit) return 'too-large'
    }
    return length > 0 ? Buffer.alloc(0) : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return 'incomplete'
    throw error
  }
}
