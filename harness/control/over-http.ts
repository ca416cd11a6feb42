import { type HttpOptions, httpCall, httpStream } from '#server/http-call'
import type { Carry } from './client.ts'
import { ControlError } from './control-error.ts'
import type { Row } from './operation.ts'

/** A control API that runs elsewhere. */
export interface ControlAddress {
  /** Of a role, or of a lab. */
  readonly at: string
  readonly token?: string | undefined
  readonly tls?: HttpOptions['tls']
}

/** A call may wait for service providers that are asked by SOAP. */
const timeoutMs = 120_000
/** A journal, every message in it decoded, is the longest answer there is. */
const maxBytes = 256 * 1024 * 1024
const longestRefusal = 1024 * 1024
/** What streams says something more often than that. */
const silenceMs = 60_000

/** Carries calls to a control API over HTTP. Each throws ControlError when it is refused there, or Error when nobody answers. */
export function carryOverHttp({ at, token, tls }: ControlAddress): Carry {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const ask = (row: Row, { key, given }: { readonly key: string; readonly given: unknown }) => {
    const { query, body, type } = written(row, given)
    const url = `${at}/_sloop${row.path.replace(pathName, () => encodeURIComponent(key))}${query}`
    const call = { method: row.method, url, ...(body !== undefined && { body }) }
    return { call, options: { headers: { ...authorization, ...type }, ...(tls && { tls }) } }
  }
  return {
    async call(row, called) {
      const { call, options } = ask(row, called)
      const patience = timeoutMs + mayWaitMs(row, called.given)
      const { status, octets } = await httpCall(call, { ...options, maxBytes, timeoutMs: patience })
      if (status === 204) return undefined
      const answer = parsed(octets)
      return answerIn(answer, status) ?? refuse(answer, { status, call: `${call.method} ${call.url}` })
    },
    async stream(row, called, signal) {
      const { call, options } = ask(row, called)
      const { status, octets } = await httpStream(call, { ...options, silenceMs, signal })
      if (status === 200) return octets
      return refuse(parsed(await beginning(octets)), { status, call: `${call.method} ${call.url}` })
    },
  }
}

/** For how long the caller himself lets an operation wait. */
function mayWaitMs({ waits }: Row, given: unknown): number {
  const said = waits === undefined ? undefined : (given as Readonly<Record<string, unknown>>)[waits]
  return typeof said === 'number' && said > 0 ? said : 0
}

const pathName = /\{(\w+)\}/

/** What the path of an operation names: `name` of `/idp/users/{name}`. */
export function nameInPath({ path }: Pick<Row, 'path'>): string | undefined {
  return pathName.exec(path)?.[1]
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

/** All of a refusal; of what is longer than one can be, and so is none, only so much. */
async function beginning(octets: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of octets) {
    chunks.push(chunk)
    size += chunk.length
    if (size > longestRefusal) break
  }
  return Buffer.concat(chunks)
}

function parsed(octets: Buffer): unknown {
  try {
    return JSON.parse(octets.toString())
  } catch {
    return undefined
  }
}

/** What is not ready says so with 503, and is no refusal. */
function answerIn(answer: unknown, status: number): object | undefined {
  const answered = (status >= 200 && status < 300) || status === 503
  return answered && typeof answer === 'object' && answer !== null && !('error' in answer) ? answer : undefined
}

function refuse(answer: unknown, { status, call }: { readonly status: number; readonly call: string }): never {
  const { error } = (answer ?? {}) as { error?: { type?: unknown; message?: unknown } | null }
  const { type, message, ...facts } = error ?? {}
  if (typeof type === 'string' && typeof message === 'string') {
    throw new ControlError(type, message, { ...facts, status })
  }
  throw new ControlError('notUnderstood', `${call}: answered with ${status}, and not as a control API does`, { status })
}
