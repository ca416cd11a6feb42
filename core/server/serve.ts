import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { ConfigError } from './config-error.ts'
import { gracefulClose } from './graceful-close.ts'
import { loadSoon } from './load-soon.ts'
import { watchResets } from './reset-connection.ts'

/** A server as a value: what Hono's `app.fetch` is. `env` carries `incoming`, the request as Node received it, and `outgoing`, where its answer goes; neither where there is no socket. */
export type Fetch = (request: Request, env?: object) => Response | Promise<Response>

export interface OpenServer {
  readonly port: number
  /** Stops listening and lets answers under way finish; once none did for `closeGraceMs`, every connection ends. */
  close(): Promise<void>
}

/** An open socket that answers 503 until a server is mounted on it. */
export interface Listener extends OpenServer {
  /** `http://hostname:port`, or with https, for whoever has to publish a URL. */
  origin(hostname: string): string
  mount(fetch: Fetch): void
}

/** By what a socket that speaks TLS is known. */
export type TlsIdentity = Pick<TlsOptions, 'key' | 'cert'>

interface ListenOptions {
  readonly host: string
  readonly port: number
  /** Plain HTTP without. */
  readonly tls?: TlsIdentity | undefined
  readonly closeGraceMs?: number
}

/** A Redirect-bound message travels in the request line, where Node's 16 KiB may be too little. */
const maxHeaderOctets = 64 * 1024
const defaultCloseGraceMs = 2000

/** What a socket answers before it has a server. */
export const starting: Fetch = () =>
  new Response('Starting. Try again in a moment.\n', { status: 503, headers: { 'retry-after': '1' } })

/**
 * Opens a socket; port 0 picks a free one. The port is known before the server exists, so that the server can be built from its own URL.
 *
 * @throws ConfigError with one sentence when the address cannot be had
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  let mounted = starting
  const responder = loadSoon(
    () => import('@hono/node-server'),
    (adapter) => makeResponder((request, env) => mounted(request, env), adapter),
  )
  const { port, close } = await openServer(async (incoming, outgoing) => {
    const respond = await responder()
    respond(incoming, outgoing)
  }, options)
  return {
    port,
    origin: (hostname) => `${options.tls === undefined ? 'http' : 'https'}://${hostname}:${port}`,
    mount: (fetch) => {
      mounted = fetch
    },
    close,
  }
}

/**
 * The same socket without a `Request` between: each request comes as Node received it, for whoever must keep its octets.
 *
 * @throws ConfigError with one sentence when the address cannot be had
 */
export async function openServer(respond: RequestListener, options: ListenOptions): Promise<OpenServer> {
  // Node would take it for every address of this machine.
  if (options.host.trim() === '')
    throw new ConfigError(`host: expected an address to listen on, found [${options.host}]`)
  const { opened, isReset } = watchResets()
  const server = await makeServer(options.tls, (incoming, outgoing) => {
    if (!isReset(incoming)) respond(incoming, outgoing)
  })
  server.on(options.tls === undefined ? 'connection' : 'secureConnection', opened)
  const close = gracefulClose(server, options.closeGraceMs ?? defaultCloseGraceMs)
  const port = await openSocket(server, options)
  let closed: Promise<void> | undefined
  return {
    port,
    close: () => {
      closed ??= close()
      return closed
    },
  }
}

async function makeServer(tls: TlsIdentity | undefined, respond: RequestListener): Promise<Server> {
  const limits = { maxHeaderSize: maxHeaderOctets }
  if (tls === undefined) return createServer(limits, respond)
  const https = await import('node:https')
  return https.createServer({ ...limits, ...tls }, respond)
}

/** What brings requests to a server. The adapter and Node's own `Request`, which it needs, would take a sixth of the time to ready. */
function makeResponder(
  serve: Fetch,
  { getRequestListener, RequestError }: typeof import('@hono/node-server'),
): RequestListener {
  return getRequestListener((request, env) => serve(request, env), {
    overrideGlobalObjects: false,
    // A target or Host that makes no URL is the peer's fault; everything a server should have answered itself is ours.
    errorHandler: (error) =>
      error instanceof RequestError
        ? new Response(`Bad request: ${error.message}\n`, { status: 400 })
        : new Response('Internal error\n', { status: 500 }),
  })
}

function openSocket(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new ConfigError(listenFailure(cause, host, port), { cause })))
    server.listen({ host, port }, () => resolve((server.address() as AddressInfo).port))
  })
}

function listenFailure(error: NodeJS.ErrnoException, host: string, port: number): string {
  const address = `${host}:${port}`
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is taken by another program; stop that one or choose another port (0 picks a free one)`
    case 'EACCES':
      return `not allowed to listen on ${address}; ports below 1024 need privileges`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `cannot listen on ${address}: ${host} is no address of this machine`
    default:
      return `cannot listen on ${address}: ${error.message}`
  }
}
