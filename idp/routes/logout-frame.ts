import type { Handler } from 'hono'
import type { IdpParts } from '../parts.ts'
import { askInFrame } from '../slo/ask-in-frame.ts'
import { noSuchLogout } from './http-refusal.ts'
import { sendDraft } from './send-draft.tsx'
import { sendMove } from './slo.ts'

/** GET /logout/frame: the frame in which one participant of a run is asked, once. Only our own page may frame it. */
export function logoutFrame(parts: IdpParts): Handler {
  return async function logoutFrame(c) {
    const leg = c.req.query('leg') ?? ''
    const isNumber = String(Number(leg)) === leg
    const move = await askInFrame(parts, c.req.query('run') ?? '', isNumber ? Number(leg) : -1)
    if (move === undefined) throw noSuchLogout()
    return move.kind === 'send'
      ? sendDraft(c, parts, move.draft, { isFrame: true, runId: move.runId })
      : sendMove(c, parts, move)
  }
}
