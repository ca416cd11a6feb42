import { ConfigError } from '#server/config-error'
import { type HttpCall, httpCall } from '#server/http-call'
import type { Cli } from './cli.ts'
import { ourAuthority } from './our-authority.ts'

/** Where `sloop up` is when nobody says otherwise. */
const usualAddress = 'http://idp.localhost:7070'

/** A server that runs, as the flags of a command name it. */
export interface ControlServer {
  /** The address of a role, or of a lab. */
  readonly at?: string | undefined
  readonly token?: string | undefined
  /** Where the authority of `--tls` is kept, and what else is trusted. */
  readonly cli?: Pick<Cli, 'keysCache' | 'environment'>
}

export interface ControlCall {
  readonly method: HttpCall['method']
  /** Below `/_sloop`. */
  readonly path: string
  readonly body?: unknown
}

const timeoutMs = 30_000
const maxBytes = 64 * 1024 * 1024

/**
 * Calls an operation of the control API and answers its JSON; undefined where it answers nothing.
 * @throws ConfigError with the sentence of the API where it refuses, or one that says why nobody was reached.
 */
export async function callControl(
  { at = usualAddress, token, cli = {} }: ControlServer,
  { method, path, body }: ControlCall,
): Promise<unknown> {
  const url = `${at}/_sloop${path}`
  const content = body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    ...(content === undefined ? {} : { 'content-type': 'application/json' }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
  const tls = ourAuthority(cli)
  const call = { method, url, ...(content !== undefined && { body: content }) }
  const { status, octets } = await httpCall(call, { headers, timeoutMs, maxBytes, ...(tls && { tls }) }).catch(
    notReached,
  )
  if (status === 204) return undefined
  const answer = parsed(octets)
  if (status >= 200 && status < 300 && answer !== undefined) return answer
  throw new ConfigError(
    sentenceIn(answer) ?? `${method} ${url}: answered with ${status}, and not as a control API does`,
  )
}

function notReached(cause: Error): never {
  const says = `${cause.message}. Is sloop running there? It is started by [sloop up], and --at says where it is`
  throw new ConfigError(says, { cause })
}

function parsed(octets: Buffer): unknown {
  try {
    return JSON.parse(octets.toString())
  } catch {
    return undefined
  }
}

/** `noSuchSession: session: there is no session [s]`. */
function sentenceIn(answer: unknown): string | undefined {
  const { error } = (answer ?? {}) as { error?: { type?: unknown; message?: unknown } | null }
  const { type, message } = error ?? {}
  return typeof message === 'string' ? `${typeof type === 'string' ? `${type}: ` : ''}${message}` : undefined
}
