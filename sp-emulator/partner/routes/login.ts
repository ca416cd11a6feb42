import type { Handler } from 'hono'
import { finishLogin } from '../finish-login.ts'
import type { PartnerParts } from '../partner-parts.ts'
import { makeSaml } from '../saml/partner-saml.ts'
import { readMessageForm } from '../saml/read-message-form.ts'
import { currentSession, keepSession } from './session-cookie.ts'

/** `GET /login`: leads to the IdP. */
export function loginRoute(parts: PartnerParts): Handler {
  return async function askIdp(c) {
    const saml = makeSaml(parts, parts.idp(), { privateKey: parts.key.privateKeyPem })
    return c.redirect(await saml.getAuthorizeUrlAsync('', undefined, {}), 302)
  }
}

/** `POST /saml/acs`. A login leads to the first page, whatever RelayState came with it. */
export function acsRoute(parts: PartnerParts): Handler {
  return async function consumeResponse(c) {
    const session = await finishLogin(parts, await readMessageForm(c.req.raw))
    const before = currentSession(c, parts)
    if (before !== undefined) parts.sessions.end(before.id)
    keepSession(c, parts, session)
    return c.redirect(`${parts.endpoints.basePath}/`, 303)
  }
}
