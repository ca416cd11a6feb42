import type { IncomingMessage } from 'node:http'
import { alreadySent } from './already-sent.ts'
import type { PartyFaults } from './faults.ts'
import { resetConnection } from './reset-connection.ts'

/** What becomes of a message on its last step, on purpose (`spec/contract.md` §2.5). */
export type Delivery = 'never' | 'twice' | 'status500' | 'reset' | { readonly delayMs: number }

/** What somebody gets in place of a message. */
export interface InPlace {
  readonly wait: PartyFaults['wait']
  /** As a server is given it, with the request as Node received it where there is a socket. */
  readonly env: unknown
  readonly never: () => Response | Promise<Response>
  readonly failure: () => Response | Promise<Response>
}

/** What is answered in place of a message; undefined when it goes out now, which may be later than asked. */
export async function deliverOtherwise(delivery: Delivery, inPlace: InPlace): Promise<Response | undefined> {
  if (delivery === 'never') return inPlace.never()
  if (delivery === 'status500') return inPlace.failure()
  if (delivery === 'reset') return reset(inPlace.env)
  if (delivery !== 'twice') await inPlace.wait(delivery.delayMs)
  return undefined
}

/** Where there is no connection to end the answer says so. */
function reset(env: unknown): Response {
  const { incoming } = (env ?? {}) as { readonly incoming?: IncomingMessage }
  if (incoming === undefined) return new Response('the connection is reset\n', { status: 502 })
  resetConnection(incoming)
  return alreadySent()
}
