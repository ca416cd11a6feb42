import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import { pathOf } from '#server/path-of'
import type { Fetch } from '#server/serve'
import { whyNotAdmitted } from '../control/admission.ts'
import { createMcpServer, type McpServerOptions } from './mcp-server.ts'

interface Guarded extends McpServerOptions {
  /** What opens the control API behind this opens this too. */
  readonly token?: string | undefined
}

const path = '/mcp'

/**
 * MCP over streamable HTTP, for the loopback address: each request has a server and a transport of its own, so that nothing of one client reaches another.
 * Who is let in is the same as at the control API: no page of another site, by no name that is not of this machine, nobody without the token.
 */
export function serveMcp({ token, ...options }: Guarded): Fetch {
  return async (request) => {
    const refusal = whyNotAdmitted(request, { host: '127.0.0.1', hostnames: new Set(), token })
    if (refusal !== undefined) return refuse(refusal.status, refusal.message)
    if (pathOf(request) !== path) return refuse(404, `MCP is at ${path}`)
    if (request.method !== 'POST') return refuse(405, 'there is no session to listen to or to end, expected POST')
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    await createMcpServer(options).connect(transport)
    return transport.handleRequest(request)
  }
}

/** As the SDK refuses what is no message. */
function refuse(status: number, message: string): Response {
  const headers = { ...(status === 405 && { Allow: 'POST' }), ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }) }
  return Response.json({ jsonrpc: '2.0', error: { code: -32000, message }, id: null }, { status, headers })
}
