import type { Context, Handler } from 'hono'
import { SamlError } from '#saml/errors'
import { attempt, refusalIn, type Verdict } from '../inbox/attempt.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import type { IdpParts } from '../parts.ts'
import type { LogoutMove } from '../slo/logout-move.ts'
import { receiveLogoutRequest } from '../slo/receive-logout-request.ts'
import { receiveLogoutResponse } from '../slo/receive-logout-response.ts'
import { refuseAnswer } from '../slo/refuse-answer.ts'
import { dropCookie, keepCookie, readCookie } from './cookies.ts'
import { currentSession } from './current-session.ts'
import { readForm } from './read-form.ts'
import { readReceivedForm } from './received-form.ts'
import { carriesAnswer, readReceivedQuery } from './received-query.ts'
import { findRepeat, repeat } from './repeat.ts'
import { sendTo } from './send.ts'
import { sendDraft } from './send-draft.tsx'
import { sendFrame } from './send-frame.tsx'

/** GET /slo: a LogoutRequest of a service provider, or the LogoutResponse of a participant, by redirect. */
export function sloByRedirect(parts: IdpParts): Handler {
  const { sloUrl } = parts.config.endpoints
  return async function sloByRedirect(c) {
    const raw = attempt(() => readReceivedQuery(c, sloUrl))
    return act(c, parts, { raw, isAnswer: carriesAnswer(c) })
  }
}

/** POST /slo: the same in a form, which any site may send. It comes without our cookies, and nothing needs them. */
export function sloByPost(parts: IdpParts): Handler {
  const { sloUrl } = parts.config.endpoints
  return async function sloByPost(c) {
    const form = await readForm(c)
    const raw = attempt(() => readReceivedForm(form, sloUrl))
    return act(c, parts, { raw, isAnswer: form.has('SAMLResponse') })
  }
}

interface Received {
  readonly raw: Verdict<RawMessage>
  /** Whether it was meant to answer a request, readable or not. */
  readonly isAnswer: boolean
}

async function act(c: Context, parts: IdpParts, received: Received): Promise<Response> {
  const repeated = findRepeat(parts, received)
  const receiving = receive(c, parts, received)
  if (repeated === undefined) return sendMove(c, parts, await receiving)
  const move = repeated.repeat.next
  if (move === undefined) return repeat(c, parts, { ...repeated, next: await receiving })
  // What is answered the second time is nobody's answer, believed or not.
  await receiving.catch(refusalIn)
  parts.repeats.delete(repeated.id)
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
