import type { Context, Handler } from 'hono'
import { rawQuery } from '#server/raw-query'
import { answerLogoutRequest } from '../answer-logout-request.ts'
import { finishLogout, type LogoutOutcome } from '../finish-logout.ts'
import { type Arrival, judged, lastPart } from '../note.ts'
import { NoticePage } from '../pages/notice-page.tsx'
import type { PartnerParts } from '../partner-parts.ts'
import type { ReceivedLogout, ReceivedLogoutRequest, ReceivedLogoutResponse } from '../saml/logout-message.ts'
import { readFormText, readMessageForm } from '../saml/read-message-form.ts'
import { receiveByPost, receiveByRedirect } from '../saml/receive-logout.ts'
import { leaveForIdp } from './leave-for-idp.tsx'
import { loggedOutPath } from './logout.tsx'
import { cookieOf, dropStaleCookie } from './session-cookie.ts'

/** `GET /saml/slo` */
export function sloByRedirectRoute(parts: PartnerParts): Handler {
  return async function sloByRedirect(c) {
    // A router takes HEAD for GET, and whoever only looks must not end a session.
    if (c.req.method === 'HEAD') return c.notFound()
    const query = rawQuery(c.req.raw, c.env)
    const wire = { method: 'GET', url: `${parts.endpoints.sloUrl}?${query}` }
    const arrival = { what: kindIn(query), binding: 'redirect', wire } as const
    return act(c, parts, await judgedLogout(parts, arrival, () => receiveByRedirect(parts, query)))
  }
}

/** `POST /saml/slo`. It comes from another site, so often without our cookie. */
export function sloByPostRoute(parts: PartnerParts): Handler {
  return async function sloByPost(c) {
    const body = await readFormText(c.req.raw)
    const arrival = {
      what: kindIn(body),
      binding: 'post',
      wire: { method: 'POST', url: parts.endpoints.sloUrl, body },
    } as const
    return act(c, parts, await judgedLogout(parts, arrival, async () => receiveByPost(parts, readMessageForm(body))))
  }
}

/** What somebody meant to send, readable or not. */
const kindIn = (text: string) => (text.includes('SAMLResponse=') ? 'LogoutResponse' : 'LogoutRequest')

type Judged = ReceivedLogoutRequest | (ReceivedLogoutResponse & { readonly outcome: LogoutOutcome })

function judgedLogout(parts: PartnerParts, arrival: Arrival, receive: () => Promise<ReceivedLogout>): Promise<Judged> {
  return judged(parts, arrival, {
    judge: async () => {
      const received = await receive()
      if (received.kind === 'LogoutRequest') return received
      return { ...received, outcome: await finishLogout(parts, received) }
    },
    tell: (message) => (message.kind === 'LogoutRequest' ? requestTold(parts, message) : answerTold(message)),
  })
}

async function requestTold({ sessions }: PartnerParts, request: ReceivedLogoutRequest) {
  const { kind: what, id, nameId, sessionIndexes } = request
  return { what, id, nameId, sessionIndexes, user: (await sessions.findNamed(request))[0]?.user }
}

function answerTold({ kind: what, id, inResponseTo, status }: ReceivedLogoutResponse) {
  return { what, id, inResponseTo, status: status.map(lastPart) }
}

async function act(c: Context, parts: PartnerParts, received: Judged): Promise<Response> {
  if (received.kind === 'LogoutResponse') return c.redirect(loggedOutPath(parts, received.outcome), 303)
  const answer = await answerLogoutRequest(parts, received, cookieOf(c, parts))
  await dropStaleCookie(c, parts)
  if (answer.kind === 'sent') return leaveForIdp(c, parts, answer.outgoing)
  const { name, endpoints } = parts
  return c.html(<NoticePage name={name} basePath={endpoints.basePath} headline="No answer" text={answer.why} />)
}
