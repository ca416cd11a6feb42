import type { Handler } from 'hono'
import { finishLogin } from '../finish-login.ts'
import { endSession, judged } from '../note.ts'
import type { PartnerParts } from '../partner-parts.ts'
import { makeSaml } from '../saml/partner-saml.ts'
import { readFormText, readMessageForm } from '../saml/read-message-form.ts'
import { relayStateOf, signingKey } from '../saml/wrong-writing.ts'
import { sendOut } from '../send-out.ts'
import { digestOf } from '../wrong-message.ts'
import { leaveForIdp } from './leave-for-idp.tsx'
import { currentSession, keepSession } from './session-cookie.ts'

/** `GET /login`: leads to the IdP. */
export function loginRoute(parts: PartnerParts): Handler {
  return async function askIdp(c) {
    const outgoing = await sendOut(parts, 'AuthnRequest', async (change, edit) => {
      const privateKey = await signingKey(parts, change)
      const saml = makeSaml(parts, parts.idp(), { privateKey, edit, digest: digestOf(change) })
      return saml.getAuthorizeUrlAsync(relayStateOf(change), undefined, {})
    })
    return leaveForIdp(c, parts, { ...outgoing, status: 302 })
  }
}

/** `POST /saml/acs`. A login leads to the first page, whatever RelayState came with it. */
export function acsRoute(parts: PartnerParts): Handler {
  return async function consumeResponse(c) {
    const body = await readFormText(c.req.raw)
    const wire = { method: 'POST', url: parts.endpoints.acsUrl, body }
    const session = await judged(
      parts,
      { what: 'Response', binding: 'post', wire },
      {
        judge: async () => finishLogin(parts, readMessageForm(body)),
        tell: ({ user, nameId, sessionIndex }) => ({
          user,
          nameId,
          sessionIndexes: sessionIndex === undefined ? [] : [sessionIndex],
        }),
      },
    )
    const before = await currentSession(c, parts)
    if (before !== undefined) await endSession(parts, before, { endedBy: 'another login' })
    keepSession(c, parts, session)
    return c.redirect(`${parts.endpoints.basePath}/`, 303)
  }
}
