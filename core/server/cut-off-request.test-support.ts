/** A POST whose sender goes away behind the first few octets: what a connection that ends in the middle of a body looks like to a server. */
export function cutOffRequest(url: string, headers: Record<string, string> = {}, code = 'ECONNRESET'): Request {
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(Buffer.from('user=')),
    pull: (controller) => controller.error(Object.assign(new Error('aborted'), { code })),
  })
  return new Request(url, { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
}
