import type { Context, Handler } from 'hono'
import { SamlError } from '#saml/errors'
import { rawQuery } from '#server/raw-query'
import { attempt, refusalIn, type Verdict } from '../inbox/attempt.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { carriesAnswer, unpackForm, unpackQuery } from '../inbox/unpack.ts'
import type { IdpParts } from '../parts.ts'
import type { LogoutMove } from '../slo/logout-move.ts'
import { receiveLogoutRequest } from '../slo/receive-logout-request.ts'
import { receiveLogoutResponse } from '../slo/receive-logout-response.ts'
import { refuseAnswer } from '../slo/refuse-answer.ts'
import { dropCookie, keepCookie, readCookie } from './cookies.ts'
import { currentSession } from './current-session.ts'
import { readMessageForm } from './read-form.ts'
import { findRepeat, repeat } from './repeat.ts'
import { sendTo } from './send.ts'
import { sendDraft } from './send-draft.tsx'
import { sendFrame } from './send-frame.tsx'

/** GET /slo: a LogoutRequest of a service provider, or the LogoutResponse of a participant, by redirect. */
export function sloByRedirect(parts: IdpParts): Handler {
  return async function sloByRedirect(c) {
    return act(c, parts, received(parts, rawQuery(c.req.raw, c.env), unpackQuery))
  }
}

/** POST /slo: the same in a form, which any site may send. It comes without our cookies, and nothing needs them. */
export function sloByPost(parts: IdpParts): Handler {
  return async function sloByPost(c) {
    // What it was to be nobody knows before it was read.
    const text = await readMessageForm(c, parts, { what: 'LogoutRequest', at: parts.config.endpoints.sloUrl })
    return act(c, parts, received(parts, text, unpackForm))
  }
}

interface Received {
  readonly raw: Verdict<RawMessage>
  /** Whether it was meant to answer a request, readable or not. */
  readonly isAnswer: boolean
}

function received(parts: IdpParts, text: string, unpack: typeof unpackQuery): Received {
  const isAnswer = carriesAnswer(text)
  const what = isAnswer ? 'LogoutResponse' : 'LogoutRequest'
  return { raw: attempt(() => unpack(parts, { what, text, at: parts.config.endpoints.sloUrl })), isAnswer }
}

async function act(c: Context, parts: IdpParts, given: Received): Promise<Response> {
  const repeated = await findRepeat(parts, given)
  const receiving = receive(c, parts, given)
  if (repeated === undefined) return sendMove(c, parts, await receiving)
  const move = repeated.repeat.next
  if (move === undefined) return repeat(c, parts, { ...repeated, next: await receiving })
  // What is answered the second time is nobody's answer, believed or not.
  await receiving.catch(refusalIn)
  await parts.repeats.forget(repeated.id)
  return sendMove(c, parts, move)
}

async function receive(c: Context, parts: IdpParts, { raw, isAnswer }: Received): Promise<LogoutMove> {
  const browserRunId = readCookie(c, { endpoints: parts.config.endpoints, kind: 'logoutRun' })
  if (raw instanceof SamlError) {
    if (!isAnswer) throw raw
    return refuseAnswer(parts, { error: raw, browserRunId })
  }
  if (raw.kind === 'SAMLRequest') return receiveLogoutRequest(parts, raw)
  return receiveLogoutResponse(parts, raw, browserRunId)
}

/** Sends the browser where the logout goes next, and leaves it with no cookie of a session that has ended. */
export async function sendMove(c: Context, parts: IdpParts, move: LogoutMove): Promise<Response> {
  const { endpoints } = parts.config
  if (move.kind === 'stay') return sendFrame(c, parts, move)
  const hasStaleCookie =
    readCookie(c, { endpoints, kind: 'session' }) !== undefined && (await currentSession(c, parts)) === undefined
  if (hasStaleCookie) dropCookie(c, { endpoints, kind: 'session' })
  if (move.runId !== undefined) keepCookie(c, { endpoints, kind: 'logoutRun', value: move.runId })
  if (move.kind === 'send') return sendDraft(c, parts, move.draft, { runId: move.runId })
  return sendTo(c, `${endpoints.basePath}/logout?run=${move.runId}`)
}
