import type { Context } from 'hono'
import { SamlError } from '#saml/errors'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { readMessage } from '#saml/schema/message'
import type { Repeat } from '../faults/repeat.ts'
import { attempt, type Verdict } from '../inbox/attempt.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import type { IdpParts } from '../parts.ts'
import type { LogoutMove } from '../slo/logout-move.ts'
import { sendEnvelope } from './send-envelope.tsx'

interface Repeated {
  /** Of the LogoutRequest. */
  readonly id: string
  readonly repeat: Repeat
}

/** The LogoutRequest that this answers, where a browser takes it twice. */
export async function findRepeat(
  { repeats }: IdpParts,
  { raw, isAnswer }: { readonly raw: Verdict<RawMessage>; readonly isAnswer: boolean },
): Promise<Repeated | undefined> {
  if (!isAnswer || raw instanceof SamlError || !repeats.areKnown()) return undefined
  const read = attempt(() => parseLogoutResponse(readMessage(raw.document)))
  const id = read instanceof SamlError ? '' : (read.inResponseTo ?? '')
  const repeat = await repeats.find(id)
  return repeat && { id, repeat }
}

/** Sends the browser there again; behind the second answer the logout goes on where the first has led. */
export async function repeat(
  c: Context,
  parts: IdpParts,
  { id, repeat: found, next }: Repeated & { readonly next: LogoutMove },
): Promise<Response> {
  await parts.repeats.goOn(id, next)
  return sendEnvelope(c, parts, found)
}
