import type { Context, Handler } from 'hono'
import { rawQuery } from '#server/raw-query'
import { checkStillValid } from '../directory/valid-metadata.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { letRelayStatePass } from '../inbox/relay-state.ts'
import { unpackForm, unpackQuery } from '../inbox/unpack.ts'
import type { IdpParts } from '../parts.ts'
import { acceptAuthnRequest } from '../sso/accept-authn-request.ts'
import { getAcsUrl } from '../sso/acs-url.ts'
import type { SsoTask } from '../sso/sso-task.ts'
import { HttpRefusal } from './http-refusal.ts'
import { readForm, readMessageForm } from './read-form.ts'
import { sendTo } from './send.ts'

/** GET /sso: an AuthnRequest by redirect. */
export function ssoByRedirect(parts: IdpParts): Handler {
  return async function ssoByRedirect(c) {
    const text = rawQuery(c.req.raw, c.env)
    return accept(c, parts, unpackQuery(parts, { what: 'AuthnRequest', text, at: parts.config.endpoints.ssoUrl }))
  }
}

/** POST /sso: an AuthnRequest in a form. */
export function ssoByPost(parts: IdpParts): Handler {
  return async function ssoByPost(c) {
    const came = { what: 'AuthnRequest', at: parts.config.endpoints.ssoUrl } as const
    const text = await readMessageForm(c, parts, came)
    return accept(c, parts, unpackForm(parts, { ...came, text }))
  }
}

/** POST /sso/start: a login that starts at our portal (saml-profiles-2.0 §4.1.5). */
export function ssoFromPortal(parts: IdpParts): Handler {
  return async function ssoFromPortal(c) {
    const form = await readForm(c)
    const spEntityId = form.get('sp') ?? ''
    const sp = parts.serviceProviders.find(spEntityId)
    if (sp === undefined) {
      throw new HttpRefusal('UNKNOWN_SERVICE_PROVIDER', 'there is no such service provider', { actual: spEntityId })
    }
    checkStillValid(sp, parts.config.clock.now())
    const relayState = form.get('RelayState')
    await parts.tolerations.record(spEntityId, letRelayStatePass(parts, relayState, { spEntityId, owner: 'the login' }))
    return remember(c, parts, { spEntityId, signed: false, acsUrl: getAcsUrl(sp), relayState, request: undefined })
  }
}

async function accept(c: Context, parts: IdpParts, raw: RawMessage): Promise<Response> {
  const { task, tolerated } = await acceptAuthnRequest(parts, raw)
  await parts.tolerations.record(task.spEntityId, tolerated)
  return remember(c, parts, task)
}

/** A POST from another site comes without our cookie, so who is signed in is looked at in a GET of our own. */
async function remember(c: Context, { config, ssoTasks }: IdpParts, task: Omit<SsoTask, 'id'>): Promise<Response> {
  const { id } = await ssoTasks.add(task)
  return sendTo(c, `${config.endpoints.basePath}/sso/continue?pending=${id}`)
}
