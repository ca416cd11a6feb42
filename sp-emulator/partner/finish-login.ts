import { PartnerError } from './partner-error.ts'
import type { PartnerParts } from './partner-parts.ts'
import { believe } from './saml/believe.ts'
import { makeSaml } from './saml/partner-saml.ts'
import type { MessageForm } from './saml/read-message-form.ts'
import { refuseHeavy } from './saml/refuse-heavy.ts'
import { type AnsweringOnce, answeredOnce } from './saml/sent-requests.ts'
import type { PartnerSession } from './sessions.ts'

/**
 * Begins the session of a login that node-saml has verified. Where the store fails over it, the Response can come again.
 * @throws PartnerError (400) when the Response cannot be believed
 */
export async function finishLogin(parts: PartnerParts, form: MessageForm): Promise<PartnerSession> {
  const answering = answeredOnce(parts.sent)
  const login = await readLogin({ ...parts, answering }, form).catch(async (error: unknown) => {
    if (error instanceof PartnerError) await answering.forget()
    throw error
  })
  const session = await parts.sessions.add(login)
  if (await answering.forget()) return session
  await parts.sessions.end(session.id)
  throw new PartnerError(400, 'The Response is refused: InResponseTo is not valid.')
}

interface Answered extends PartnerParts {
  readonly answering: AnsweringOnce
}

async function readLogin(parts: Answered, { kind, message }: MessageForm): Promise<Omit<PartnerSession, 'id'>> {
  if (kind !== 'SAMLResponse') throw new PartnerError(400, 'The request has no SAMLResponse.')
  refuseHeavy('Response', Buffer.from(message, 'base64').toString())
  const idp = parts.idp()
  const { answering } = parts
  const validate = () => makeSaml(parts, idp, { answering }).validatePostResponseAsync({ SAMLResponse: message })
  const { profile } = await believe('Response', validate)
  if (profile === null) throw new PartnerError(400, 'The Response has no assertion.')
  const { issuer, nameID: nameId, nameIDFormat: nameIdFormat, nameQualifier, spNameQualifier, sessionIndex } = profile
  // node-saml compares the issuer of logout messages only.
  if (issuer !== idp.entityId) throw new PartnerError(400, `The assertion is not from [${idp.entityId}].`)
  if (!nameId) throw new PartnerError(400, 'The assertion names nobody: it has no NameID.')
  return { user: userName(profile) ?? nameId, nameId, nameIdFormat, nameQualifier, spNameQualifier, sessionIndex }
}

const uid = 'urn:oid:0.9.2342.19200300.100.1.1'

function userName(profile: Readonly<Record<string, unknown>>): string | undefined {
  const name = profile[uid] ?? profile['uid']
  return typeof name === 'string' && name !== '' ? name : undefined
}
