import { once, setMaxListeners } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { resetConnection } from '#server/reset-connection'
import { openServer } from '#server/serve'
import type { Front } from '../../harness/index.ts'
import { type Answering, deliver, passOn } from './deliver.ts'
import type { End, Plan } from './plan.ts'
import type { Head } from './split-target.ts'

/** Who says what becomes of each request. */
export interface Decider {
  /** Whether a body must be known to say so; one that need not is passed on as it comes. */
  mayAct(head: Head): boolean
  plan(head: Head, body: Buffer): Plan
}

/** Where a party listens. */
interface Place {
  readonly host: string
  readonly port: number
}

/**
 * Opens a socket in front of a party. What nobody acts on arrives as it was sent: the target octet for octet, header lines in their order and case, the body as it comes; so does the answer.
 *
 * An exchange that fails on the one side fails on the other: a connection that breaks is no answer.
 */
export async function startProxy(place: Place, decider: Decider): Promise<Front> {
  const lettingGo = new AbortController()
  const closed = new AbortController()
  for (const { signal } of [lettingGo, closed]) setMaxListeners(0, signal)
  const exchange = { place, decider, lettingGo: lettingGo.signal, closed: closed.signal }
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => undefined)
    try {
      await carry(request, response, exchange)
    } catch {
      if (response.headersSent) response.destroy()
      else resetConnection(request)
    }
  }
  const server = await openServer((request, response) => void take(request, response), { host: place.host, port: 0 })
  const letGo = () => lettingGo.abort()
  const close = async () => {
    letGo()
    await server.close()
    closed.abort()
  }
  return { port: server.port, letGo, close }
}

interface Exchange {
  readonly place: Place
  readonly decider: Decider
  readonly lettingGo: AbortSignal
  readonly closed: AbortSignal
}

async function carry(request: IncomingMessage, response: ServerResponse, exchange: Exchange): Promise<void> {
  const { method = '', url: target = '', rawHeaders: headers } = request
  const head: Head = { method, target, headers }
  const { decider, place, closed } = exchange
  if (!decider.mayAct(head)) return give(await passOn(head, { place, request, response, closed }), response)
  const body = await buffer(request)
  await carryOut(decider.plan(head, body), { ...exchange, body, response })
}

/** What is held back when the world ends never arrives. @throws Error when a side has left */
async function carryOut(plan: Plan, exchange: Exchange & { body: Buffer; response: ServerResponse }): Promise<void> {
  const { response, lettingGo } = exchange
  const { end } = plan
  await hold(plan.delayMs, lettingGo)
  if (end?.what === 'request') return endWith(end, response, lettingGo)
  let answer = await deliver(plan, exchange)
  if (plan.deliveries === 2) {
    await buffer(answer)
    answer = await deliver(plan, exchange)
  }
  if (end !== undefined) {
    await buffer(answer)
    return endWith(end, response, lettingGo)
  }
  await hold(plan.answerDelayMs, lettingGo)
  await give(answer, response)
}

async function hold(ms: number, lettingGo: AbortSignal): Promise<void> {
  if (ms > 0) await wait(ms, undefined, { signal: lettingGo })
}

async function endWith(end: End, response: ServerResponse, lettingGo: AbortSignal): Promise<void> {
  switch (end.kind) {
    case 'answered':
      return void response.writeHead(end.status, { 'content-type': 'text/plain' }).end(`${end.because}\n`)
    case 'reset':
      return resetConnection(response.req)
    case 'dropped':
      if (!response.destroyed) await once(response, 'close', { signal: lettingGo })
  }
}

function give(answer: Answering, response: ServerResponse): Promise<void> {
  const { statusCode = 0, statusMessage, rawHeaders } = answer
  response.sendDate = false
  response.writeHead(statusCode, statusMessage, rawHeaders)
  return pipeline(answer, response)
}
