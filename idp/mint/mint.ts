import { isSuccess } from '#saml/messages/status'
import { settableClock } from '#server/clock'
import type { Addressee, Draft } from '../outbox/draft.ts'
import type { Envelope } from '../outbox/envelope.ts'
import { noteSent } from '../outbox/note-sent.ts'
import { putInEnvelope } from '../outbox/outbox.ts'
import type { IdpParts } from '../parts.ts'
import { logoutRequestDraft, logoutResponseDraft } from '../slo/logout-drafts.ts'
import { loginDraft, refusalDraft } from '../sso/login-drafts.ts'
import { loginEncryption } from '../sso/login-encryption.ts'
import { awaitAnswer } from './await-answer.ts'
import { checkWanted, momentOf } from './check-wanted.ts'
import { answerAddress, getServiceProvider, loginAddress, requestAddress } from './wanted-address.ts'
import { refuseNotMade, wantedChange } from './wanted-change.ts'
import { findSession, type WantedLogin, wantedLogin } from './wanted-login.ts'
import type { MintedMessage, WantedMessage } from './wanted-message.ts'
import { wantedStatus } from './wanted-status.ts'

/**
 * Writes a message as this IdP would and sends it to nobody (`spec/contract.md` §2.3). No session ends and no participant leaves; the answer to a
 * LogoutRequest is awaited as if it had been sent.
 * @throws MintRefusal when it cannot be written as it is wanted; then nothing has changed.
 */
export async function mint(parts: IdpParts, wanted: WantedMessage): Promise<MintedMessage> {
  checkWanted(wanted)
  const change = await wantedChange(wanted.change)
  const { draft, awaited } = await writeDraft(standingAt(parts, wanted.at), wanted)
  const envelope = await putInEnvelope(parts, draft, change)
  refuseNotMade(envelope)
  noteSent(parts, envelope, 'minted')
  const { id } = envelope
  const logout = awaited && (await awaitAnswer(parts, { id, ...awaited }))
  return { id, kind: draft.kind, ...carried(envelope), document: envelope.document, ...(logout && { logout }) }
}

/** The IdP as it would be at another moment. */
function standingAt(parts: IdpParts, at: string | undefined): IdpParts {
  if (at === undefined) return parts
  return { ...parts, config: { ...parts.config, clock: settableClock(momentOf(at)) } }
}

interface Written {
  readonly draft: Draft
  /** Of what an answer is awaited. */
  readonly awaited?: { readonly to: Addressee; readonly login: WantedLogin }
}

async function writeDraft(parts: IdpParts, wanted: WantedMessage): Promise<Written> {
  switch (wanted.kind) {
    case 'LogoutRequest':
      return writeLogoutRequest(parts, wanted)
    case 'LogoutResponse':
      return { draft: writeLogoutResponse(parts, wanted) }
    case 'Response':
      return { draft: await writeResponse(parts, wanted) }
  }
}

async function writeLogoutRequest(parts: IdpParts, wanted: WantedMessage): Promise<Written> {
  const to = requestAddress(getServiceProvider(parts, wanted.to), wanted)
  const login = await wantedLogin(parts, wanted)
  const user = login.session?.userName
  const relayState = wanted.relayState ?? undefined
  const draft = logoutRequestDraft(parts, { id: parts.config.newId(), to, names: login.names, user, relayState })
  return { draft, awaited: { to, login } }
}

function writeLogoutResponse(parts: IdpParts, wanted: WantedMessage): Draft {
  const to = answerAddress(getServiceProvider(parts, wanted.to), wanted)
  const said = { inResponseTo: wanted.inResponseTo ?? undefined, relayState: wanted.relayState ?? undefined }
  return logoutResponseDraft(parts.config, { to, ...said, status: wantedStatus(wanted.status) })
}

/** With an Assertion only where the status is Success (saml-profiles-2.0 §4.1.4.2). */
async function writeResponse(parts: IdpParts, wanted: WantedMessage): Promise<Draft> {
  const { config, serviceProviders } = parts
  const sp = getServiceProvider(parts, wanted.to)
  const { entityId: spEntityId } = sp.metadata
  const request =
    wanted.inResponseTo == null ? undefined : { id: wanted.inResponseTo, requestedAuthnContext: undefined }
  const asked = { spEntityId, acsUrl: loginAddress(sp, wanted), relayState: wanted.relayState ?? undefined, request }
  const status = wantedStatus(wanted.status)
  if (!isSuccess(status)) {
    await findSession(parts, wanted.session ?? undefined)
    return refusalDraft(config, asked, status)
  }
  const { names, user, session } = await wantedLogin(parts, wanted)
  const now = config.clock.now()
  const settings = serviceProviders.settingsOf(spEntityId)
  return loginDraft(config, asked, {
    ...{ user, names, settings, encryption: loginEncryption(undefined, sp) },
    session: session ?? { authnInstant: now, expiresAt: now + settings.lifetimes.sessionSeconds * 1_000 },
  })
}

/** The answer's half that depends on the binding. */
function carried(envelope: Envelope) {
  switch (envelope.way) {
    case 'redirect': {
      const { url } = envelope
      return { binding: 'redirect', url, queryString: url.slice(url.indexOf('?') + 1) } as const
    }
    case 'post': {
      const { action, fields } = envelope.form
      const named = Object.fromEntries(fields.map(({ name, value }) => [name, value]))
      return { binding: 'post', form: { action, fields: named } } as const
    }
    case 'soap':
      return { binding: 'soap', endpoint: envelope.endpoint ?? null, envelope: envelope.body } as const
  }
}
