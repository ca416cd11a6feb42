import { httpCall } from '#server/http-call'
import { makeControl } from './client.ts'
import { ControlError } from './control-error.ts'
import { type Control, withLabs } from './labs-of.ts'
import type { Row } from './operation.ts'

export interface ConnectOptions {
  /** What `--control-token` says there. */
  readonly token?: string | undefined
}

/** A running sloop, by its control API: all of a lab but its start. */
export interface RemoteLab extends Control, AsyncDisposable {
  /** Disconnects; what runs there runs on. */
  close(): Promise<void>
}

/** A call may wait for service providers that are asked by SOAP. */
const timeoutMs = 120_000

/**
 * The operations of a running sloop, at the address of any of its roles. `*.localhost` is the loopback address.
 * @throws TypeError when that is no http or https address; each call throws ControlError as it does in process, or Error when nobody answers
 */
export function connect(url: string, options: ConnectOptions = {}): RemoteLab {
  const { token } = options
  const base = URL.canParse(url) ? new URL(url) : undefined
  if (base === undefined || !['http:', 'https:'].includes(base.protocol)) {
    throw new TypeError(`connect: [${url}] is no address that begins with http:// or https://`)
  }
  const address = base.origin + base.pathname.replace(/\/+$/, '')
  const root = `${address}/_sloop`
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const operations = makeControl(async (row, { key, given }) => {
    const { query, body, type } = written(row, given)
    const path = row.path.replace(/\{\w+\}/, encodeURIComponent(key))
    const call = { method: row.method, url: `${root}${path}${query}`, ...(body !== undefined && { body }) }
    const how = { timeoutMs, maxBytes: 64 * 1024 * 1024, headers: { ...authorization, ...type } }
    const { status, octets } = await httpCall(call, how)
    return answered(status, octets.toString())
  })
  const control = withLabs(operations, (id) => connect(`${address}/labs/${id}`, options))
  const close = async () => undefined
  return { ...control, close, [Symbol.asyncDispose]: close }
}

interface Written {
  readonly query: string
  readonly body?: string
  readonly type?: Record<string, string>
}

/** What is not said is not sent, as in JSON. */
function written({ method }: Row, given: unknown): Written {
  const json = JSON.stringify(given)
  if (method !== 'GET' && method !== 'DELETE') {
    return { query: '', body: json, type: { 'content-type': 'application/json' } }
  }
  const parameters = Object.entries(JSON.parse(json) as object).map(([name, value]) => [name, String(value)])
  const query = new URLSearchParams(Object.fromEntries(parameters)).toString()
  return { query: query === '' ? '' : `?${query}` }
}

function answered(status: number, text: string): unknown {
  if (status === 204) return undefined
  const answer = text.startsWith('{') ? JSON.parse(text) : undefined
  const { error } = answer ?? { error: { type: 'notUnderstood', message: `no sloop answered, but [${status}]` } }
  if (error !== undefined) throw new ControlError(error.type, error.message, { ...error, status })
  return answer
}
